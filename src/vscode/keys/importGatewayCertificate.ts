import * as vscode from 'vscode';
import { AzureError, type SuppliedCertificate } from '../../core/ports';
import {
  adviceForImport,
  isFor,
  type CertificateFacts,
  type CertificateImport,
  type CertificatePlace,
} from '../../core/session/certificateImport';
import { text, type Text } from '../../core/text';
import type { Localize } from '../localize';
import type { ActiveSetup } from '../setups/activeSetup';

/**
 * Puts a PFX file that the user chooses into the setup's key vault, where the gateway finds it. The file and its
 * password are in memory for that time, and go nowhere else.
 * @throws Error with a sentence.
 */
export async function importGatewayCertificate(active: ActiveSetup, t: Localize): Promise<void> {
  const importing = active.tools.certificateImport();
  const found = await importing.place(NEVER);
  if (!found.ok) return void vscode.window.showWarningMessage(t(found.reason));
  const { place } = found;
  if (!(await mayReplace(place, t))) return;
  const supplied = await ask(t);
  if (supplied === undefined) return;
  const facts = await imported(importing, place, supplied, t);
  void vscode.window.showInformationMessage(t(outcome(place, facts)));
  await active.refresh();
}

/** An import that is under way is waited for: to give up would not stop it. */
const NEVER = new AbortController().signal;

async function mayReplace({ name, vault, present }: CertificatePlace, t: Localize): Promise<boolean> {
  if (present === undefined) return true;
  const replace = t(text('Import a New Version'));
  const question = text('{0} has the certificate {1} already. Put a new version in front of it?', vault, name);
  const detail = t(described(present));
  return (await vscode.window.showWarningMessage(t(question), { modal: true, detail }, replace)) === replace;
}

async function ask(t: Localize): Promise<SuppliedCertificate | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: t(text('Choose the certificate of the gateway')),
      openLabel: t(text('Import')),
      filters: { PFX: ['pfx', 'p12'] },
    })) ?? [];
  if (file === undefined) return undefined;
  const password = await vscode.window.showInputBox({
    title: t(text('Password of the file')),
    prompt: t(
      text('It goes to the key vault with the file, and nowhere else. Leave it empty where the file has none.'),
    ),
    password: true,
    ignoreFocusOut: true,
  });
  if (password === undefined) return undefined;
  return { content: Buffer.from(await vscode.workspace.fs.readFile(file)).toString('base64'), password };
}

async function imported(
  importing: CertificateImport,
  place: CertificatePlace,
  supplied: SuppliedCertificate,
  t: Localize,
): Promise<CertificateFacts> {
  const title = t(text('Importing the certificate into {0}…', place.vault));
  const location = vscode.ProgressLocation.Notification;
  try {
    return await vscode.window.withProgress({ location, title }, () => importing.import(place, supplied, NEVER));
  } catch (error) {
    const advice = AzureError.is(error) ? adviceForImport(error) : undefined;
    if (!AzureError.is(error) || advice === undefined) throw error;
    throw new Error([error.message, t(advice)].filter((sentence) => sentence !== '').join(' '), { cause: error });
  }
}

function outcome({ vault, host }: CertificatePlace, facts: CertificateFacts): Text {
  const content = described(facts);
  return isFor(host, facts)
    ? text('{0} has the certificate now: {1}', vault, content)
    : text('{0} has the certificate now, but it is not for {1}, the name of the gateway: {2}', vault, host, content);
}

function described({ subject, names, issuer, expires = '' }: CertificateFacts): Text {
  return text('{0}, for {1}, issued by {2}, until {3}.', subject, names.join(', '), issuer, expires);
}
