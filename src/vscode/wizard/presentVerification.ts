import type { ProbePosition, ProbeResult, ProbeVerdict } from '../../core/probes/probe';
import { resourceName } from '../../core/resources/resourceId';
import { text, type Text } from '../../core/text';
import type { ProofGroup, StepState, VerificationView } from '../../protocol/wizardState';
import type { Localize } from '../localize';
import { neediest } from './stepGroups';

const VERDICTS: Readonly<Record<ProbeVerdict, Text>> = {
  pass: text('As expected'),
  fail: text('Not as expected'),
  unknown: text('Cannot tell'),
};

/** What was measured, from where, and what to do where it is not as it should be. */
export function presentVerification(results: readonly ProbeResult[], t: Localize): VerificationView {
  const passed = results.filter(({ verdict }) => verdict === 'pass').length;
  return {
    heading: t(text('What the measurements say')),
    sentence: t(
      results.length === 0
        ? text('Nothing could be measured: the account has no name of its own yet.')
        : text('{0} of {1} measurements are as expected.', passed, results.length),
    ),
    rows: results.map(({ position, host, title, expected, actual, verdict, advice }) => ({
      position: t(positionName(position)),
      host,
      title: t(title),
      expected: t(expected),
      actual: t(actual),
      verdict,
      verdictLabel: t(VERDICTS[verdict]),
      advice: advice === undefined ? '' : t(advice),
    })),
  };
}

const STATES: Readonly<Record<ProbeVerdict, StepState>> = { pass: 'done', fail: 'failed', unknown: 'unknown' };

/** The last group of the checklist: what was measured and proven, position by position. */
export function presentProof(results: readonly ProbeResult[] | undefined, t: Localize): ProofGroup {
  const label = t(text('Proof'));
  if (results === undefined) {
    return { label, count: '', spoken: t(text('{0}: not verified yet', label)), state: 'todo', rows: [] };
  }
  const states = results.map(({ verdict }) => STATES[verdict]);
  const positions = [...new Set(results.map(({ position }) => t(positionName(position))))];
  const passed = states.filter((state) => state === 'done').length;
  return {
    label,
    count: t(text('{0} of {1}', passed, states.length)),
    spoken: t(text('{0}: {1} of {2} measurements are as expected', label, passed, states.length)),
    state: neediest(states),
    rows: positions.map((position) => {
      const own = results.filter((result) => t(positionName(result.position)) === position);
      const good = own.filter(({ verdict }) => verdict === 'pass').length;
      return {
        position,
        state: neediest(own.map(({ verdict }) => STATES[verdict])),
        note: t(text('{0} of {1}', good, own.length)),
        spoken: t(text('{0}: {1} of {2} measurements are as expected', position, good, own.length)),
      };
    }),
  };
}

function positionName(position: ProbePosition): Text {
  switch (position.kind) {
    case 'here':
      return text('From this machine');
    case 'internet':
      return text('From the internet');
    case 'virtualNetwork':
      return text('Inside {0}', resourceName(position.virtualNetwork));
    case 'webApp':
      return text('From the web app {0}', resourceName(position.site));
  }
}
