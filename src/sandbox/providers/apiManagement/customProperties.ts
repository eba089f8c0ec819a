import { asString, type JsonObject } from '../../../core/resources/json';
import { invalidParameters } from './errors';

const GATEWAY = 'Microsoft.WindowsAzure.ApiManagement.Gateway.';

/** What a service created since 2018 has by default, and always shows. Recorded. */
const DEFAULTS = [
  'Security.Protocols.Tls10',
  'Security.Protocols.Tls11',
  'Security.Protocols.Ssl30',
  'Security.Ciphers.TripleDes168',
  'Security.Backend.Protocols.Tls10',
  'Security.Backend.Protocols.Tls11',
  'Security.Backend.Protocols.Ssl30',
  'Protocols.Server.Http2',
];

/** Documented: on by default, and shown only where they were set. */
const CIPHERS = [
  'TLS_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_RSA_WITH_AES_256_CBC_SHA256',
  'TLS_RSA_WITH_AES_128_CBC_SHA256',
  'TLS_RSA_WITH_AES_256_CBC_SHA',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
  'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
  'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
].map((cipher) => `Security.Ciphers.${cipher}`);

/**
 * The custom properties after a write that sends some. Documented: every property that is not sent goes back to its
 * default. @throws Refusal where a name or a value is not known.
 */
export function customPropertiesAfter(sent: JsonObject): JsonObject {
  const known = new Map([...DEFAULTS, ...CIPHERS].map((name) => [`${GATEWAY}${name}`.toLowerCase(), name]));
  const entries = Object.entries(sent).map(([name, value]): [string, string] => {
    const found = known.get(name.toLowerCase());
    const text = (asString(value) ?? '').toLowerCase();
    if (found === undefined || !['true', 'false'].includes(text)) {
      throw invalidParameters(`The custom property '${name}' with the value '${String(value)}' is not supported.`);
    }
    return [`${GATEWAY}${found}`, text === 'true' ? 'True' : 'False'];
  });
  return { ...defaultCustomProperties(), ...Object.fromEntries(entries) };
}

export function defaultCustomProperties(): JsonObject {
  return Object.fromEntries(DEFAULTS.map((name) => [`${GATEWAY}${name}`, 'False']));
}
