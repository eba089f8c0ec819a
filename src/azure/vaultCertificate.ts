import { X509Certificate } from 'node:crypto';
import { asArray, asString, type JsonObject } from '../core/resources/json';
import { readPath } from '../core/resources/propertyPath';

/** What is public about a certificate of a vault, with the names that it is for and whether its time is over. */
export function certificateIn(bundle: JsonObject): JsonObject {
  const { attributes, policy, cer } = bundle;
  const end = readPath(attributes, 'exp');
  const proved = publicHalf(cer);
  return {
    ...(attributes !== undefined && { attributes }),
    ...(policy !== undefined && { policy }),
    ...(cer !== undefined && { cer }),
    ...(proved !== undefined && { subject: inOneLine(proved.subject), issuer: inOneLine(proved.issuer) }),
    names: (proved === undefined ? namesOfPolicy(policy) : namesOf(proved)).map((value) => ({
      value: value.toLowerCase(),
    })),
    expired: typeof end === 'number' && end * 1000 < Date.now(),
  };
}

/** Undefined while the vault is still making it. */
function publicHalf(cer: unknown): X509Certificate | undefined {
  if (typeof cer !== 'string') return undefined;
  try {
    return new X509Certificate(Buffer.from(cer, 'base64'));
  } catch {
    return undefined;
  }
}

function namesOf({ subject, subjectAltName = '' }: X509Certificate): readonly string[] {
  return orCommonName(
    [...subjectAltName.matchAll(/DNS:([^,\s"]+)/g)].map(([, name]) => name ?? ''),
    subject,
  );
}

function namesOfPolicy(policy: JsonObject['policy']): readonly string[] {
  const properties = readPath(policy, 'x509_props');
  const names = asArray(readPath(properties, 'sans.dns_names')).flatMap((name) => asString(name) ?? []);
  return orCommonName(names, asString(readPath(properties, 'subject')) ?? '');
}

/** Where there are other names, callers do not look at the common one. */
function orCommonName(names: readonly string[], subject: string): readonly string[] {
  return names.length > 0 ? names : [/(?:^|[,\n]\s*)CN=([^,\n]+)/i.exec(subject)?.[1] ?? ''];
}

/** A distinguished name as people write it: the common name first. */
const inOneLine = (name: string): string => name.split('\n').reverse().join(', ');
