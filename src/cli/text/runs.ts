import type { ChangeRecord } from '../../core/apply/journal';
import { isMade } from '../../core/apply/runState';
import { OUTCOME_WORDS } from '../../core/apply/runWords';
import { standingChanges, standingOf } from '../../core/apply/standing';
import { countChanges, isUncertain, waysOnFrom, type PastRun, type PastRuns } from '../report/runsReport';
import { resourceName } from '../../core/resources/resourceId';
import { printable, type Output } from '../output';
import { pointInTime } from '../time';

/** Past runs, the newest first, each with what can be done with it; then journals that tell of none. */
export function printRuns({ runs, unreadable }: PastRuns, output: Output): void {
  for (const past of runs) {
    output.result(`${output.paint('bold', past.run.header.runId)} · ${describeRun(past, output)}`);
    const ways = waysOnFrom(past, runs);
    if (past.unclear > 0) output.result(`    lines of its journal that cannot be understood: ${past.unclear}`);
    if (ways.length > 0) output.result(`    can be followed by: ${ways.join(', ')}`);
  }
  for (const { file, reason } of unreadable) {
    output.result(`${output.paint('yellow', '?')} ${printable(file)}`);
    output.result(`    ${printable(output.localize(reason))}`);
  }
  if (runs.length + unreadable.length === 0) output.result('There are no runs.');
}

/** What a run has done so far: before what is left of it is shown. */
export function printProgressSoFar(past: PastRun, output: Output): void {
  const { changes, header } = past.run;
  output.result(`${output.paint('bold', header.runId)} · ${describeRun(past, output)}`);
  printChanges('Done:', '✓', changes.filter(isMade), output);
  printChanges('Not known, and read again before anything is written:', '?', changes.filter(isUncertain), output);
  output.result('What is left:');
}

/** That a run is given up, and what stays of it. */
export function printAbandoned({ run }: PastRun, past: readonly PastRun[], output: Output): void {
  output.result(`Run ${run.header.runId} is abandoned.`);
  const standing = standingChanges(
    run,
    past.map((each) => each.run),
  );
  const isUndo = run.header.kind === 'undo';
  printChanges(
    isUndo ? 'What it has taken back:' : 'What it has made, and stays:',
    '✓',
    standing.filter(isMade),
    output,
  );
  printChanges('Not known, because it was interrupted there:', '?', standing.filter(isUncertain), output);
}

function describeRun(past: PastRun, output: Output): string {
  const { header, changes } = past.run;
  const { done, uncertain } = countChanges(past.run);
  const what = header.kind === 'undo' ? `took back ${header.of ?? ''}` : 'applied';
  const ended = output.localize(OUTCOME_WORDS[standingOf(past.run)]);
  const open = uncertain > 0 ? `, ${uncertain} not known` : '';
  const words = `${what} · ${header.setupName} · ${pointInTime(header.startedAt)}`;
  return printable(`${words} · ${ended}: ${done} of ${changes.length} changes are made${open}`);
}

function printChanges(heading: string, mark: string, changes: readonly ChangeRecord[], output: Output): void {
  if (changes.length > 0) output.result(heading);
  for (const { change } of changes) {
    output.result(`  ${mark} ${printable(`${output.localize(change.title)} · ${resourceName(change.resource)}`)}`);
  }
}
