import type { BlockContent, List, PhrasingContent, RootContent, Table } from 'mdast';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { toMarkdown } from 'mdast-util-to-markdown';
import type { ChangeUndo, Risk, RiskKind } from '../../src/core/plan/change';
import { ROLE_TITLES } from '../../src/core/setup/roles';
import { SCENARIOS } from '../../src/core/setup/scenarios';
import { findStep, STEPS } from '../../src/core/steps/registry';
import type { Source } from '../../src/core/steps/source';
import type { Step } from '../../src/core/steps/step';
import { renderText } from '../../src/core/text';
import { factsOf } from './stepFacts';

const POLICIES =
  'https://portal.azure.com/#view/Microsoft_Azure_Policy/PolicyDetailBlade/definitionId/%2Fproviders%2FMicrosoft.Authorization%2FpolicyDefinitions%2F';

const RISKS: Readonly<Record<RiskKind, string>> = {
  none: 'none',
  lockout: 'can lock callers out',
  irreversible: 'cannot be taken back',
  cost: 'costs money',
};

/** `docs/steps.md`: every step as it is declared. Escaping is the library's, because titles and notes are free text. */
export function stepsDocument(): string {
  const children: RootContent[] = [
    heading(1, 'Steps'),
    paragraph(
      words(
        'Every step that Ringfence checks and can apply, in the order of the checklist. This page is generated from ',
      ),
      words('the declarations in '),
      code('src/core/steps'),
      words(' by '),
      code('npm run generate'),
      words('.'),
    ),
    overview(),
    ...STEPS.flatMap(sectionOf),
  ];
  return toMarkdown(
    { type: 'root', children },
    { extensions: [gfmTableToMarkdown({ tablePipeAlign: false })], bullet: '-', rule: '-', emphasis: '_' },
  );
}

function overview(): Table {
  const header = ['Step', 'Id', 'About', 'Severity', 'Risk', 'Typically'].map((title) => [words(title)]);
  const rows = STEPS.map((step) => [
    [linkTo(step)],
    [code(step.id)],
    [words(aboutOf(step))],
    [words(step.severity)],
    [words(RISKS[step.risk.kind])],
    [words(`${step.typicalSeconds} s`)],
  ]);
  return {
    type: 'table',
    children: [header, ...rows].map((cells) => ({
      type: 'tableRow',
      children: cells.map((children) => ({ type: 'tableCell', children })),
    })),
  };
}

function sectionOf(step: Step): readonly RootContent[] {
  const { permissions, undoCreate, undoUpdate } = factsOf(step);
  const documents = step.sources.filter((source) => !('policy' in source));
  const undo = [undoCreate, undoUpdate].flatMap((item) => (item ? undoOf(item) : [])).join(' ');
  return [
    heading(2, renderText(step.title)),
    paragraph(words(renderText(step.why))),
    list([
      fact('Id', code(step.id)),
      fact('About', words(aboutOf(step))),
      fact('Scenarios', words(scenariosOf(step))),
      fact('Needs first', ...joined(stepsBy(step.after).map(linkTo))),
      ...(step.preferAfter
        ? [fact('Where planned together, comes after', ...joined(stepsBy(step.preferAfter).map(linkTo)))]
        : []),
      fact('Severity', words(step.severity)),
      fact('Risk', words(riskOf(step.risk))),
      ...(step.guards?.includes('privatePathAnswers')
        ? [fact('Only when', words('the private path was measured to work, or you accept losing access.'))]
        : []),
      fact('Permissions', ...joined(permissions.map(code))),
      fact('Undo', words(undo)),
      fact('Typical duration', words(`${step.typicalSeconds} seconds`)),
      ...policiesOf(step).map((policy) =>
        fact('Azure Policy that checks the same', link(POLICIES + policy, code(policy))),
      ),
    ]),
    ...(documents.length > 0
      ? [paragraph(words('Sources:')), list(documents.map((source) => [paragraph(...sourceOf(source))]))]
      : []),
  ];
}

function aboutOf({ on }: Step): string {
  return on === 'subscription' ? 'Subscription' : renderText(ROLE_TITLES[on]);
}

function scenariosOf({ scenarios }: Step): string {
  return SCENARIOS.filter(({ id }) => scenarios.includes(id))
    .map(({ title }) => renderText(title))
    .join(', ');
}

function riskOf({ kind, note }: Risk): string {
  return note === undefined ? RISKS[kind] : `${RISKS[kind]}. ${renderText(note)}`;
}

function undoOf(undo: ChangeUndo): string {
  switch (undo.kind) {
    case 'delete': {
      const note = undo.note === undefined ? '' : ` ${renderText(undo.note)}`;
      return `Deletes what it created, if nobody has put anything into it since.${note}`;
    }
    case 'restore':
      return 'Writes back the former values of what it changed.';
    case 'none':
      return renderText(undo.reason);
  }
}

function policiesOf({ sources }: Step): readonly string[] {
  return sources.flatMap((source) => ('policy' in source ? source.policy : []));
}

function sourceOf(source: Source): readonly PhrasingContent[] {
  if ('seed' in source) return [code(source.seed), words(`: ${source.section}`)];
  return 'url' in source ? [link(source.url, words(source.reference))] : [code(source.policy)];
}

function stepsBy(ids: readonly string[]): readonly Step[] {
  return ids.flatMap((id) => findStep(id) ?? []);
}

/** GitHub's anchor of a heading. */
function linkTo(step: Step): PhrasingContent {
  const title = renderText(step.title);
  const anchor = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');
  return link(`#${anchor}`, words(title));
}

function joined(items: readonly PhrasingContent[]): readonly PhrasingContent[] {
  if (items.length === 0) return [words('nothing')];
  return items.flatMap((item, index) => (index === 0 ? [item] : [words(', '), item]));
}

function fact(name: string, ...value: readonly PhrasingContent[]): readonly BlockContent[] {
  return [paragraph({ type: 'strong', children: [words(name)] }, words(': '), ...value)];
}

function heading(depth: 1 | 2, title: string): RootContent {
  return { type: 'heading', depth, children: [words(title)] };
}

function paragraph(...children: readonly PhrasingContent[]): BlockContent {
  return { type: 'paragraph', children: [...children] };
}

function list(items: readonly (readonly BlockContent[])[]): List {
  return {
    type: 'list',
    spread: false,
    children: items.map((children) => ({ type: 'listItem', spread: false, children: [...children] })),
  };
}

function words(value: string): PhrasingContent {
  return { type: 'text', value };
}

function code(value: string): PhrasingContent {
  return { type: 'inlineCode', value };
}

function link(url: string, child: PhrasingContent): PhrasingContent {
  // A link holds anything but another link, and nothing else is made here.
  return { type: 'link', url, children: [child as Exclude<PhrasingContent, { type: 'link' | 'linkReference' }>] };
}
