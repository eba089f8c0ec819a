import type { ProbeResult } from '../../core/probes/probe';
import { verificationReport } from '../../core/report/jsonReport';
import { EXIT, type ExitCode } from '../exitCode';
import type { TargetOptions } from '../options';
import { printable, type Color, type Output } from '../output';
import { openSession } from '../session';

/** `ringfence verify`: measures name resolution and answers from every position that can be measured. */
export async function verify(options: TargetOptions, output: Output, signal: AbortSignal): Promise<ExitCode> {
  const { session, close } = await openSession(options, output, signal);
  try {
    await session.refresh(signal);
    const results = await session.verify(signal);
    if (options.format === 'json')
      output.result(JSON.stringify(verificationReport(results, output.localize), undefined, 2));
    else printResults(results, output);
    if (results.some(({ verdict }) => verdict === 'fail')) return EXIT.findings;
    return results.length === 0 || results.some(({ verdict }) => verdict === 'unknown') ? EXIT.unknown : EXIT.ok;
  } finally {
    await close();
  }
}

const MARKS: Readonly<Record<ProbeResult['verdict'], { readonly mark: string; readonly color: Color }>> = {
  pass: { mark: '✓', color: 'green' },
  fail: { mark: '✗', color: 'red' },
  unknown: { mark: '?', color: 'yellow' },
};

const POSITIONS: Readonly<Record<ProbeResult['position']['kind'], string>> = {
  here: 'from this machine',
  internet: 'from the internet',
  virtualNetwork: 'from the virtual network',
  webApp: 'from the web app',
};

function printResults(results: readonly ProbeResult[], output: Output): void {
  for (const result of results) {
    const { mark, color } = MARKS[result.verdict];
    const where = POSITIONS[result.position.kind];
    output.result(`${output.paint(color, mark)} ${output.localize(result.title)} · ${printable(result.host)} ${where}`);
    output.result(`    expected ${printable(output.localize(result.expected))}`);
    output.result(`    found ${printable(output.localize(result.actual))}`);
    if (result.advice) output.result(`    ${output.localize(result.advice)}`);
  }
  if (results.length === 0)
    output.result('There is nothing to measure: the setup has no account with a name of its own.');
}
