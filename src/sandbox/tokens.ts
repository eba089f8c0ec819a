import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { PRINCIPAL_ID, PRINCIPAL_NAME, TENANT_ID } from './azure';

/** How long a token says that it lasts. Nobody checks: a sandbox is gone before. */
const LIFETIME_SECONDS = 30 * 24 * 60 * 60;

/**
 * The access tokens of one sandbox: the operator's, and those of managed identities. They have the shape of those of
 * Microsoft Entra ID, so that clients can read whose they are, and are worth nothing anywhere else.
 */
export class Tokens {
  /**
   * @param operator The operator's token, which is the secret of this sandbox.
   * @param issuedAt Milliseconds since the epoch.
   */
  constructor(
    readonly operator: string,
    private readonly issuedAt: number,
  ) {}

  /** The token of a managed identity. */
  ofIdentity(principalId: string, displayName: string): string {
    const claims = { oid: principalId, sub: principalId, app_displayname: displayName, idtyp: 'app' };
    return signed(claims, this.operator, this.issuedAt);
  }

  /** Object id of the principal whose token this is; undefined for tokens that this sandbox did not give out. */
  holderOf(token: string): string | undefined {
    if (isSame(token, this.operator)) return PRINCIPAL_ID;
    const [header = '', payload = '', signature = ''] = token.split('.');
    if (!isSame(signature, signatureOf(`${header}.${payload}`, this.operator))) return undefined;
    const { oid } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { readonly oid: string };
    return oid;
  }
}

/** A token for the operator that nobody can guess. */
export function newOperatorToken(issuedAt: number): string {
  const claims = {
    oid: PRINCIPAL_ID,
    sub: PRINCIPAL_ID,
    name: 'Contoso Developer',
    preferred_username: PRINCIPAL_NAME,
    upn: PRINCIPAL_NAME,
    idtyp: 'user',
  };
  return signed(claims, randomBytes(32).toString('base64url'), issuedAt);
}

export function isSame(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function signed(claims: Readonly<Record<string, string>>, secret: string, issuedAt: number): string {
  const seconds = Math.trunc(issuedAt / 1000);
  const payload = {
    aud: 'https://management.sandbox.ringfence.invalid',
    iss: `https://sts.windows.net/${TENANT_ID}/`,
    iat: seconds,
    nbf: seconds,
    exp: seconds + LIFETIME_SECONDS,
    tid: TENANT_ID,
    ...claims,
    ver: '1.0',
  };
  const text = [{ typ: 'JWT', alg: 'HS256', kid: 'sandbox' }, payload].map(encoded).join('.');
  return `${text}.${signatureOf(text, secret)}`;
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function signatureOf(text: string, secret: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url');
}
