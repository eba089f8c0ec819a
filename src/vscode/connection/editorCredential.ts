import type { TokenCredential } from '@azure/core-auth';
import { challengeFor, expiryOf, scopesFor } from './tokens';

/** VS Code's own Microsoft sign-in, as far as a credential needs it. */
export interface SignInSource {
  /** A token for the scopes if the user is signed in; never asks anybody. */
  silent(scopes: readonly string[]): Promise<string | undefined>;
  /** A token for one more service; may ask the user to consent to it. */
  consent(scopes: readonly string[]): Promise<string | undefined>;
  /** A token that meets the challenge; may ask the user. */
  stepUp(challenge: string, scopes: readonly string[]): Promise<string | undefined>;
}

/** The user is not signed in, and nobody may be asked just now. */
export class SignInRequired extends Error {
  override readonly name = 'SignInRequired';
}

export interface EditorCredentialOptions {
  readonly source: SignInSource;
  readonly tenant: string | undefined;
  /** The scope that the user signs in for. Without it nothing works; tokens for other services come on top. */
  readonly signInScope: string;
  /** True while something is going on that the user has started: only then may a dialog come up. */
  readonly mayAsk: () => boolean;
  /** Called when a token was refused for want of a sign-in. */
  readonly onSignInRequired: () => void;
  /** What the error says. */
  readonly message: string;
}

/** Tokens from VS Code's sign-in. Answers the challenges by which Azure asks for a stronger sign-in, once each. */
export function createEditorCredential(options: EditorCredentialOptions): TokenCredential {
  const { source, tenant, signInScope, mayAsk, onSignInRequired, message } = options;
  return {
    getToken: async (asked, tokenOptions) => {
      const scopes = scopesFor(asked, tokenOptions?.tenantId ?? tenant);
      const token =
        (await tokenFor(source, scopes, tokenOptions?.claims, mayAsk())) ??
        (!scopes.includes(signInScope) && mayAsk() ? await source.consent(scopes) : undefined);
      if (token === undefined) {
        if (scopes.includes(signInScope)) onSignInRequired();
        throw new SignInRequired(message);
      }
      return { token, expiresOnTimestamp: expiryOf(token) };
    },
  };
}

function tokenFor(
  source: SignInSource,
  scopes: readonly string[],
  claims: string | undefined,
  mayAsk: boolean,
): Promise<string | undefined> {
  if (claims === undefined) return source.silent(scopes);
  return mayAsk ? source.stepUp(challengeFor(claims), scopes) : Promise.resolve(undefined);
}
