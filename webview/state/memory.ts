import type { PageMemory } from '../../src/protocol/messages';
import type { PageState } from './pageState';
import { viewName, viewOfName } from './view';

/** What the page asks VS Code to keep over a reload. */
export function memoryOf(page: PageState, setupUri: string): PageMemory {
  return {
    setupUri,
    view: page.view === null ? '' : viewName(page.view),
    folds: page.folds,
    onlyToDo: page.onlyToDo,
    logOpen: page.logOpen,
  };
}

/** A page as it was remembered. What another setup or another version left behind is not used. */
export function restore(fresh: PageState, remembered: unknown, setupUri: string): PageState {
  if (!isMemory(remembered) || remembered.setupUri !== setupUri) return fresh;
  return {
    ...fresh,
    view: viewOfName(remembered.view),
    folds: remembered.folds,
    onlyToDo: remembered.onlyToDo,
    logOpen: remembered.logOpen,
  };
}

function isMemory(value: unknown): value is PageMemory {
  if (typeof value !== 'object' || value === null) return false;
  const { setupUri, view, folds, onlyToDo, logOpen } = value as Partial<Record<keyof PageMemory, unknown>>;
  return (
    typeof setupUri === 'string' &&
    typeof view === 'string' &&
    typeof logOpen === 'boolean' &&
    typeof onlyToDo === 'boolean' &&
    typeof folds === 'object' &&
    folds !== null &&
    Object.values(folds).every((folded) => typeof folded === 'boolean')
  );
}
