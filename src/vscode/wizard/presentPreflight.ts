import {
  blockingFindings,
  type PreflightFinding,
  type PreflightReport,
  type PreflightVerdict,
} from '../../core/preflight/report';
import type { Change } from '../../core/plan/change';
import { text, type Text } from '../../core/text';
import type { PreflightFindingView, PreflightView } from '../../protocol/wizardState';
import { aboutDuration, type Localize } from '../localize';
import { nameForPeople } from '../nameForPeople';
import type { PreflightState, PreflightStates } from '../setups/preflights';
import { findIssued, type IssuedPlans } from './plans';

const VERDICTS: Readonly<Record<PreflightVerdict, Text>> = {
  blocks: text('In the way'),
  warns: text('Worth a look'),
  unknown: text('Cannot tell'),
};

const ORDER: readonly PreflightVerdict[] = ['blocks', 'warns', 'unknown'];

/** What is known to be in the way of each plan that somebody has looked at. */
export function presentPreflights(
  states: PreflightStates,
  plans: IssuedPlans,
  t: Localize,
): Readonly<Record<string, PreflightView>> {
  return Object.fromEntries(
    [...states].map(([planId, state]) => [
      planId,
      presentPreflight(state, findIssued(plans, planId)?.plan.changes ?? [], t),
    ]),
  );
}

function presentPreflight(state: PreflightState, changes: readonly Change[], t: Localize): PreflightView {
  if (state.kind !== 'known') {
    const sentence =
      state.kind === 'looking'
        ? text('Looking whether anything is in the way…')
        : text('What is in the way could not be looked up: {0}', state.reason);
    const looking = state.kind === 'looking';
    return { looking, sentence: t(sentence), tone: looking ? 'plain' : 'warning', summary: '', findings: [] };
  }
  const { report } = state;
  return {
    looking: false,
    ...verdictOf(report, t),
    summary: t(summaryOf(report)),
    findings: inOrder(report).map((finding) => presentFinding(finding, changes, t)),
  };
}

function verdictOf(report: PreflightReport, t: Localize): Pick<PreflightView, 'sentence' | 'tone'> {
  const blocking = blockingFindings(report).length;
  if (blocking > 0)
    return { sentence: t(text('Azure would refuse this plan. Things in the way: {0}', blocking)), tone: 'bad' };
  const others = report.findings.length;
  return others > 0
    ? { sentence: t(text('Nothing is known to be in the way. Things worth a look: {0}', others)), tone: 'warning' }
    : { sentence: t(text('Nothing is in the way.')), tone: 'good' };
}

/** What would be refused first, as the report has it; a modal question and the page list it alike. */
export function inOrder({ findings }: PreflightReport): readonly PreflightFinding[] {
  return ORDER.flatMap((verdict) => findings.filter((finding) => finding.verdict === verdict));
}

/** What is written besides the changes is said as well. */
function summaryOf(report: PreflightReport): Text {
  const told = timeAndCost(report);
  return report.marks === undefined
    ? told
    : text('{0} While it runs, a tag of {1} tells other machines of it.', told, nameForPeople(report.marks));
}

function timeAndCost({ seconds, costs }: PreflightReport): Text {
  const [first, ...others] = costs.map(({ note }) => note);
  if (first === undefined) return text('It takes {0} and adds nothing to the bill.', aboutDuration(seconds));
  const all = others.reduce((before, next) => text('{0} {1}', before, next), first);
  return text('It takes {0}. It costs money from then on: {1}', aboutDuration(seconds), all);
}

function presentFinding(finding: PreflightFinding, changes: readonly Change[], t: Localize): PreflightFindingView {
  const { verdict, title, detail = '', remedy } = finding;
  const concerned = changes.filter(({ id }) => finding.changes.includes(id));
  const names = [...new Set(concerned.map((change) => `${t(change.title)} (${nameForPeople(change.resource)})`))];
  return {
    verdict,
    label: t(VERDICTS[verdict]),
    title: t(title),
    detail,
    remedy: t(remedy),
    concerns: names.length === 0 ? '' : t(text('Concerns: {0}', names.join(', '))),
  };
}
