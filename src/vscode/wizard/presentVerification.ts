import type { ProbePosition, ProbeResult, ProbeVerdict } from '../../core/probes/probe';
import { resourceName } from '../../core/resources/resourceId';
import { text, type Text } from '../../core/text';
import type { VerificationView } from '../../protocol/wizardState';
import type { Localize } from '../localize';

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
