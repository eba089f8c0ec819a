import * as vscode from 'vscode';
import { CLOUDS, type CloudId } from '../../core/clouds';
import type { SignInSource } from './editorCredential';
import { scopesFor } from './tokens';

/** VS Code's provider for the cloud; sovereign clouds have one of their own, configured by its own setting. */
function providerFor(cloud: CloudId): string {
  return cloud === 'public' ? 'microsoft' : 'microsoft-sovereign-cloud';
}

/** The Microsoft sign-in of VS Code for a cloud. */
export function editorSignIn(cloud: CloudId): SignInSource {
  const provider = providerFor(cloud);
  return {
    silent: async (scopes) => (await vscode.authentication.getSession(provider, scopes, { silent: true }))?.accessToken,
    consent: async (scopes) =>
      (await vscode.authentication.getSession(provider, scopes, { createIfNone: true })).accessToken,
    stepUp: async (wwwAuthenticate, fallbackScopes) =>
      (await vscode.authentication.getSession(provider, { wwwAuthenticate, fallbackScopes }, { createIfNone: true }))
        .accessToken,
  };
}

/**
 * Signs in, after the user has asked for it.
 * @returns the account's name.
 * @throws where the user cancels or the provider fails.
 */
export async function signInToEditor(cloud: CloudId, tenant: string | undefined): Promise<string> {
  const scopes = scopesFor(CLOUDS[cloud].managementScope, tenant);
  const session = await vscode.authentication.getSession(providerFor(cloud), scopes, { createIfNone: true });
  return session.account.label;
}

/** Whether a change of sessions concerns the sign-in of some Azure cloud. */
export function isAzureSignIn(providerId: string): boolean {
  return providerId === 'microsoft' || providerId === 'microsoft-sovereign-cloud';
}
