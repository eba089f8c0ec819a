import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { AzureError } from '../../core/ports';
import {
  adviceForImport,
  isFor,
  type CertificateFacts,
  type CertificateImport,
  type CertificatePlace,
} from '../../core/session/certificateImport';
import { EXIT, UnknownError, UsageError, type ExitCode } from '../exitCode';
import type { TargetOptions } from '../options';
import { printable, type Output } from '../output';
import { openSession } from '../session';
import { agreed } from '../terminal';

export interface ImportCertificateOptions extends TargetOptions {
  readonly yes?: boolean;
}

/** Where the password comes from; options of a process can be seen by others on the machine. */
const PASSWORD = 'RINGFENCE_PFX_PASSWORD';

/**
 * `ringfence import-certificate`: puts a PFX file into the setup's key vault, where the gateway finds it. Neither the
 * file nor its password is printed or kept.
 */
export async function importCertificate(
  file: string,
  options: ImportCertificateOptions,
  output: Output,
  signal: AbortSignal,
): Promise<ExitCode> {
  const content = await contentOf(file);
  const { session, close } = await openSession(options, output, signal);
  try {
    const importing = session.certificateImport();
    const found = await importing.place(signal);
    if (!found.ok) {
      const reason = output.localize(found.reason);
      throw found.isUnknown ? new UnknownError(reason) : new UsageError(reason);
    }
    const { place } = found;
    if (!(await mayReplace(place, options, output))) return EXIT.ok;
    const facts = await imported(importing, place, { content, password: await passwordFor(signal) }, output, signal);
    report(place, facts, options, output);
    return EXIT.ok;
  } finally {
    await close();
  }
}

async function contentOf(file: string): Promise<string> {
  try {
    return (await readFile(file)).toString('base64');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function mayReplace(
  { name, vault, present }: CertificatePlace,
  options: ImportCertificateOptions,
  output: Output,
): Promise<boolean> {
  if (present === undefined) return true;
  output.words(`${vault} has the certificate ${name} already: ${described(present)}.`);
  return agreed(options, output, `Put a new version of ${name} in front of it?`);
}

async function imported(
  importing: CertificateImport,
  place: CertificatePlace,
  supplied: Parameters<CertificateImport['import']>[1],
  output: Output,
  signal: AbortSignal,
): Promise<CertificateFacts> {
  try {
    return await importing.import(place, supplied, signal);
  } catch (error) {
    if (!AzureError.is(error)) throw error;
    const advice = adviceForImport(error);
    const message = [error.message, ...(advice === undefined ? [] : [output.localize(advice)])].join('\n');
    throw error.status === 400 ? new UsageError(message) : new UnknownError(message);
  }
}

function report(place: CertificatePlace, facts: CertificateFacts, options: TargetOptions, output: Output): void {
  const { vault, name, host } = place;
  const fits = isFor(host, facts);
  if (options.format === 'json') {
    const { expires = null, ...others } = facts;
    const certificate = { schema: 'ringfence.certificate/1', vault, name, ...others, expires, host, fits };
    output.result(JSON.stringify(certificate, undefined, 2));
  } else {
    output.result(`${printable(vault)} has the certificate ${printable(name)} now: ${printable(described(facts))}.`);
  }
  if (!fits) output.words(`It is not for ${host}, by which callers know the gateway.`);
}

function described({ subject, names, issuer, expires }: CertificateFacts): string {
  return `${subject}, for ${names.join(', ')}, issued by ${issuer}, until ${expires ?? 'an unknown day'}`;
}

/** @throws UsageError where nobody has given it and nobody can be asked. */
async function passwordFor(signal: AbortSignal): Promise<string> {
  const given = process.env[PASSWORD];
  if (given !== undefined) return given;
  if (!process.stdin.isTTY)
    throw new UsageError(`Put the password of the file into ${PASSWORD}; leave it empty where the file has none.`);
  process.stderr.write('Password of the file (it is not shown): ');
  // What is typed would be echoed to the output of the terminal interface.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  // In this mode the terminal does not interrupt by itself.
  terminal.once('SIGINT', () => process.emit('SIGINT'));
  try {
    return await terminal.question('', { signal });
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
