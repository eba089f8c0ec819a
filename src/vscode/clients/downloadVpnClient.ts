import * as vscode from 'vscode';
import { resourceName } from '../../core/resources/resourceId';
import { text } from '../../core/text';
import type { Localize } from '../localize';
import type { ActiveSetup } from '../setups/activeSetup';

/**
 * Has Azure make the package for VPN clients and saves it where the user says, with what to do next.
 * The address of the package opens it for whoever has it: it is used once and goes nowhere else.
 * @throws AzureError, or Error with a sentence.
 */
export async function downloadVpnClient(active: ActiveSetup, t: Localize): Promise<void> {
  const gateway = active.state.session.setup.roles.vpnGateway;
  if (gateway === undefined) throw new Error(t(text('This setup has no VPN gateway.')));
  const content = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: t(text('Azure is making the package for VPN clients…')),
      cancellable: true,
    },
    (_, token) => fetchPackage(active, token, t),
  );
  if (content === undefined) return;
  const uri = await chooseFile(`${resourceName(gateway.id)}-vpn-client.zip`, t);
  if (uri === undefined) return;
  await vscode.workspace.fs.writeFile(uri, content);
  await tellNextSteps(uri, t);
}

/** @returns undefined where the user has cancelled it. */
async function fetchPackage(
  active: ActiveSetup,
  token: vscode.CancellationToken,
  t: Localize,
): Promise<Uint8Array | undefined> {
  const cancel = new AbortController();
  const listening = token.onCancellationRequested(() => cancel.abort());
  try {
    const address = await active.tools.vpnClientPackage({ signal: cancel.signal });
    const response = await fetch(address, { signal: cancel.signal });
    if (!response.ok) throw new Error(t(text('The package could not be fetched: HTTP {0}.', response.status)));
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    if (cancel.signal.aborted) return undefined;
    throw error;
  } finally {
    listening.dispose();
  }
}

async function chooseFile(name: string, t: Localize): Promise<vscode.Uri | undefined> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return vscode.window.showSaveDialog({
    title: t(text('Save the VPN client package as')),
    filters: { ZIP: ['zip'] },
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder.uri, name) } : {}),
  });
}

/** Source: on-your-data.fr, “Configurer la passerelle et le client”. */
async function tellNextSteps(uri: vscode.Uri, t: Localize): Promise<void> {
  const hosts = t(text('Add to Hosts File…'));
  const message = text(
    'Saved to {0}. Unzip it, import AzureVPN/azurevpnconfig.xml into the Azure VPN Client, and connect. Then add the block to the hosts file, so that names lead into the network.',
    vscode.workspace.asRelativePath(uri),
  );
  const answer = await vscode.window.showInformationMessage(t(message), hosts);
  if (answer === hosts) await vscode.commands.executeCommand('ringfence.addToHostsFile');
}
