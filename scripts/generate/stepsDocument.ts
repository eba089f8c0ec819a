import type { BlockContent, PhrasingContent, RootContent, Table } from 'mdast';
import type { ChangeUndo, Risk, RiskKind } from '../../src/core/plan/change';
import { ROLE_TITLES } from '../../src/core/setup/roles';
import { SCENARIOS } from '../../src/core/setup/scenarios';
import { findStep, STEPS } from '../../src/core/steps/registry';
import type { Source } from '../../src/core/steps/source';
import type { Step } from '../../src/core/steps/step';
import { renderText } from '../../src/core/text';
import { anchorOf, code, heading, joined, link, list, markdown, paragraph, strong, table, words } from './markdown';
import { factsOf, type DesiredFact } from './stepFacts';

const POLICIES =
  'https://portal.azure.com/#view/Microsoft_Azure_Policy/PolicyDetailBlade/definitionId/%2Fproviders%2FMicrosoft.Authorization%2FpolicyDefinitions%2F';

const RISKS: Readonly<Record<RiskKind, string>> = {
  none: 'none',
  lockout: 'can lock callers out',
  irreversible: 'cannot be taken back',
  cost: 'costs money',
};

/** `docs/steps.md`: every step as it is declared. */
export function stepsDocument(): string {
  return markdown([
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
  ]);
}

function overview(): Table {
  const rows = STEPS.map((step) => [
    [linkToStep(step)],
    [code(step.id)],
    [words(aboutOf(step))],
    [words(step.severity)],
    [words(RISKS[step.risk.kind])],
    [words(`${step.typicalSeconds} s`)],
  ]);
  return table(['Step', 'Id', 'About', 'Severity', 'Risk', 'Typically'], rows);
}

function sectionOf(step: Step): readonly RootContent[] {
  const { desired, permissions, undoCreate, undoUpdate } = factsOf(step);
  const documents = step.sources.filter((source) => !('policy' in source));
  const undo = [undoCreate, undoUpdate].flatMap((item) => (item ? undoOf(item) : [])).join(' ');
  return [
    heading(2, renderText(step.title)),
    paragraph(words(renderText(step.why))),
    list([
      fact('Id', code(step.id)),
      fact('About', words(aboutOf(step))),
      fact('Scenarios', words(scenariosOf(step))),
      fact('Needs first', ...linksTo(step.after)),
      ...(step.preferAfter ? [fact('Where planned together, comes after', ...linksTo(step.preferAfter))] : []),
      ...(step.last ? [fact('Order', words('after every other step of a plan, so that undoing begins with it'))] : []),
      fact('Desired state', ...desiredWords(desired)),
      fact('Severity', words(step.severity)),
      fact('Risk', words(riskOf(step.risk))),
      ...(step.guards?.includes('privatePathAnswers')
        ? [fact('Only when', words('the private path was measured to work, or you accept losing access.'))]
        : []),
      fact('Permissions', ...separated(permissions.map(code))),
      fact('Undo', words(undo === '' ? 'Nothing to take back: it is only looked at.' : undo)),
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

/** More of one kind would hide the others. */
const MOST_DESIRED = 12;
const LONGEST_EXPECTED = 160;

function desiredWords(desired: readonly DesiredFact[]): readonly PhrasingContent[] {
  const shown = desired.slice(0, MOST_DESIRED).map(({ type, property, expected }) => {
    const named = expected.replace(/\/subscriptions\/[^\s,)']*\/([^/\s,)']+)/g, '$1');
    const value = named.length > LONGEST_EXPECTED ? `${named.slice(0, LONGEST_EXPECTED)}…` : named;
    return property === undefined
      ? [words(`${type} ${value}`)]
      : [words(`${type} `), code(property), words(`: ${value}`)];
  });
  const more = desired.length - shown.length;
  return joined(more > 0 ? [...shown, [words(`and ${more} more like these`)]] : shown, '; ', 'what a person looks at');
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

export function sourceOf(source: Source): readonly PhrasingContent[] {
  if ('seed' in source) return [code(source.seed), words(`: ${source.section}`)];
  return 'url' in source ? [link(source.url, words(source.reference))] : [code(source.policy)];
}

function linksTo(ids: readonly string[]): readonly PhrasingContent[] {
  return separated(ids.flatMap((id) => findStep(id) ?? []).map((step) => linkToStep(step)));
}

/** @param page Where the steps are described, as seen from the page with the link. */
export function linkToStep(step: Step, page = ''): PhrasingContent {
  const title = renderText(step.title);
  return link(`${page}#${anchorOf(title)}`, words(title));
}

function separated(items: readonly PhrasingContent[]): readonly PhrasingContent[] {
  return joined(
    items.map((item) => [item]),
    ', ',
    'nothing',
  );
}

function fact(name: string, ...value: readonly PhrasingContent[]): readonly BlockContent[] {
  return [paragraph(strong(name), words(': '), ...value)];
}
