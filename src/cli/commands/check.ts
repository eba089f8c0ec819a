import { readFile } from 'node:fs/promises';
import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { judgeResources, readExport } from '../../core/evaluate/judgeResources';
import { summarize, type Finding } from '../../core/evaluate/finding';
import { findingsReport } from '../../core/report/jsonReport';
import { EXIT, UsageError, type ExitCode } from '../exitCode';
import type { TargetOptions } from '../options';
import type { Output } from '../output';
import { openSession } from '../session';
import { printFindings } from '../text/findings';

export interface CheckOptions extends TargetOptions {
  /** A file of exported resources to judge offline. */
  readonly resources?: string;
}

/** `ringfence check`: judges, and changes nothing. */
export async function check(options: CheckOptions, output: Output, signal: AbortSignal): Promise<ExitCode> {
  const findings =
    options.resources === undefined ? await live(options, output, signal) : await offline(options.resources, output);
  if (options.format === 'json') output.result(JSON.stringify(findingsReport(findings, output.localize), undefined, 2));
  else printFindings(findings, output);
  const summary = summarize(findings);
  if (summary.nonCompliant + summary.manual > 0) return EXIT.findings;
  return summary.unknown > 0 ? EXIT.unknown : EXIT.ok;
}

async function live(options: TargetOptions, output: Output, signal: AbortSignal): Promise<readonly Finding[]> {
  const { session, close } = await openSession(options, output, signal);
  try {
    await session.refresh(signal);
    return session.state.findings;
  } finally {
    await close();
  }
}

async function offline(path: string, output: Output): Promise<readonly Finding[]> {
  const content = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  const errors: ParseError[] = [];
  const json: unknown = parse(content.replace(/^\uFEFF/, ''), errors, { disallowComments: true });
  const [error] = errors;
  if (error) {
    const before = content.slice(0, error.offset).split('\n');
    const place = `${path}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
    throw new UsageError(`${place}: this is not JSON: ${printParseErrorCode(error.error)}`);
  }
  const read = readExport(json);
  if (read === undefined) throw new UsageError(`${path} must hold an array of Azure resources.`);
  if (read.leftOut > 0) {
    output.words(`Entries of ${path} that have no id, nor type and name, and were left out: ${read.leftOut}`);
  }
  return judgeResources(read.resources);
}
