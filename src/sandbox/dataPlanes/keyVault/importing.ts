import { X509Certificate, type KeyObject } from 'node:crypto';
import { Duplex } from 'node:stream';
import { createSecureContext, TLSSocket } from 'node:tls';
import { asString, type JsonObject } from '../../../core/resources/json';
import { objectOf } from '../../bodies';
import type { VaultCertificate } from '../contents';
import { jsonBody, type DataPlaneCall, type ServiceAnswer } from '../dataPlane';
import { bundle, putCertificate } from './certificates';
import { deletedButRecoverable, unreadablePfx, vaultRefusal } from './vaultRefusals';

const PKCS12 = 'application/x-pkcs12';

/** POST …/import: the certificate of a PFX file. Its private key is looked for, and forgotten. */
export function importCertificate(call: DataPlaneCall, name: string): ServiceAnswer {
  const { azure, resource, request } = call;
  if (azure.contents.deletedCertificates.get(resource.id, name)) throw deletedButRecoverable(name);
  const { value, pwd, policy } = jsonBody(request) ?? {};
  if ((objectOf(objectOf(policy)['secret_props'])['contentType'] ?? PKCS12) !== PKCS12)
    throw vaultRefusal(400, 'NotSimulated', 'The sandbox imports PFX files only.');
  const supplied = certificateIn(Buffer.from(asString(value) ?? '', 'base64'), asString(pwd) ?? '');
  const certificate: VaultCertificate = {
    name,
    policy: { ...policyOf(supplied), ...objectOf(policy) },
    certificate: supplied.raw.toString('base64'),
    version: azure.guids.next(`certificate ${resource.id} ${name}`).replaceAll('-', ''),
    from: secondsOf(supplied.validFrom),
    until: secondsOf(supplied.validTo),
    madeAt: azure.clock.now(),
  };
  putCertificate(call, certificate);
  return { status: 200, body: bundle(azure, resource, certificate) };
}

/** Has TLS open the file, as a server would that uses it: it takes a certificate with its private key and nothing less. */
function certificateIn(pfx: Buffer, passphrase: string): X509Certificate {
  const nobody = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
  try {
    const secureContext = createSecureContext({ pfx, passphrase });
    const socket = new TLSSocket(nobody, { secureContext, isServer: true });
    const own = socket.getCertificate();
    socket.destroy();
    if (own !== null && 'raw' in own && Buffer.isBuffer(own.raw)) return new X509Certificate(own.raw);
  } catch (error) {
    if (error instanceof Error && /unsupported/i.test(error.message))
      throw vaultRefusal(400, 'NotSimulated', 'The sandbox does not read PFX files that are encrypted in the old way.');
  }
  throw unreadablePfx();
}

/** Documented: what the vault cannot know is unknown, and instead of renewing it says when the time is over. */
function policyOf({ publicKey, subject, subjectAltName = '', validFrom, validTo }: X509Certificate): JsonObject {
  const names = [...subjectAltName.matchAll(/DNS:([^,\s"]+)/g)].map(([, name]) => name ?? '');
  return {
    key_props: { exportable: true, ...kindOf(publicKey), reuse_key: false },
    secret_props: { contentType: PKCS12 },
    x509_props: {
      subject: subject.split('\n').reverse().join(', '),
      ...(names.length > 0 && { sans: { dns_names: names } }),
      validity_months: Math.max(1, Math.round((secondsOf(validTo) - secondsOf(validFrom)) / SECONDS_A_MONTH)),
    },
    lifetime_actions: [{ trigger: { lifetime_percentage: 80 }, action: { action_type: 'EmailContacts' } }],
    issuer: { name: 'Unknown' },
  };
}

const SECONDS_A_MONTH = 30 * 24 * 60 * 60;

function kindOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): JsonObject {
  if (asymmetricKeyType === 'ec') return { kty: 'EC' };
  return { kty: 'RSA', key_size: asymmetricKeyDetails?.modulusLength ?? 2048 };
}

const secondsOf = (time: string): number => Math.trunc(Date.parse(time) / 1000);
