import { dayOf } from '../days';
import { explainUnreadable, SnapshotContext } from '../evaluate/context';
import { AzureError, type AzurePort, type SuppliedCertificate } from '../ports';
import { asObjects, asString } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { resourceName } from '../resources/resourceId';
import type { Snapshot, WireResource } from '../resources/snapshot';
import type { Setup } from '../setup/setup';
import { certificateId, GATEWAY_CERTIFICATE_STEPS, namesFor } from '../steps/gatewayCertificate';
import { gatewayHostName, whereCertificateIsElsewhere } from '../steps/gatewayFacts';
import { attempt } from '../steps/step';
import { text, type Text } from '../text';
import { collect } from './collect';

/** What is public about a certificate of a vault. */
export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  /** Host names, in lower case; some begin with `*.`. */
  readonly names: readonly string[];
  /** The last day, as 2026-11-22; undefined where the vault does not say. */
  readonly expires: string | undefined;
}

/** Where the gateway looks for its certificate. */
export interface CertificatePlace {
  readonly id: string;
  readonly vault: string;
  readonly name: string;
  /** What callers of the gateway call it. */
  readonly host: string;
  /** What the vault has under this name: an import puts a new version in front of it. */
  readonly present: CertificateFacts | undefined;
}

export type CertificatePlaceOrReason =
  | { readonly ok: true; readonly place: CertificatePlace }
  | {
      readonly ok: false;
      readonly reason: Text;
      /** Something could not be read, so that it may be possible after all. */
      readonly isUnknown: boolean;
    };

const OFFICER = text(
  'Give yourself the role “Key Vault Certificates Officer” on the vault, wait ten minutes, and try again.',
);

/** The way of a certificate that the user has into the setup's key vault. It keeps nothing of the file. */
export class CertificateImport {
  constructor(
    private readonly setup: Setup,
    private readonly azure: AzurePort,
  ) {}

  /** Where the certificate goes, as it is now; or why it cannot. */
  async place(signal: AbortSignal): Promise<CertificatePlaceOrReason> {
    const { applicationGateway, keyVault } = this.setup.roles;
    if (!this.setup.scenarios.includes('api-gateway') || applicationGateway === undefined)
      return refused(text('This setup has no application gateway.'));
    if (keyVault === undefined) return refused(text('This setup has no key vault.'));
    const vault = await this.azure.read(keyVault.id, signal);
    if (vault.state === 'absent')
      return refused(text('{0} does not exist yet. Let Ringfence make it first.', resourceName(keyVault.id)));
    if (vault.state === 'unreadable') return unknown(explainUnreadable(keyVault.id, vault));
    const steps = GATEWAY_CERTIFICATE_STEPS.filter(({ id }) => id === 'appgw-certificate');
    return placeIn(this.setup, await collect(this.setup, this.azure, { signal, steps }), keyVault.id);
  }

  /** Imports it, once. @returns what the vault has now. @throws AzureError. */
  async import(place: CertificatePlace, supplied: SuppliedCertificate, signal: AbortSignal): Promise<CertificateFacts> {
    await this.azure.importCertificate(place.id, supplied, signal);
    const entry = await this.azure.read(place.id, signal);
    if (entry.state === 'present') return factsOf(entry.resource);
    const detail = entry.state === 'unreadable' ? entry.detail : 'The vault does not show the new certificate yet.';
    throw new AzureError('CertificateNotSeen', detail, undefined, undefined);
  }
}

function placeIn(setup: Setup, snapshot: Snapshot, vault: string): CertificatePlaceOrReason {
  const context = new SnapshotContext(setup, snapshot);
  const answer = attempt((): CertificatePlaceOrReason => {
    const elsewhere = whereCertificateIsElsewhere(context);
    if (elsewhere !== undefined) return refused(elsewhere);
    const id = certificateId(context, vault);
    const entry = snapshot.get(id);
    if (entry?.state === 'unreadable' && entry.reason === 'forbidden')
      return unknown(adviceForImport(new AzureError('Forbidden', entry.detail, 403, undefined)) ?? OFFICER);
    const present = context.read(id);
    const host = gatewayHostName(context, context.role('applicationGateway').id);
    const place = { id, vault: resourceName(vault), name: resourceName(id), host };
    return { ok: true, place: { ...place, present: present && factsOf(present) } };
  });
  return answer.known ? answer.value : unknown(answer.reason);
}

const refused = (reason: Text): CertificatePlaceOrReason => ({ ok: false, reason, isUnknown: false });
const unknown = (reason: Text): CertificatePlaceOrReason => ({ ok: false, reason, isUnknown: true });

function factsOf(certificate: WireResource): CertificateFacts {
  const end = readPath(certificate, 'attributes.exp');
  return {
    subject: asString(certificate['subject']) ?? '',
    issuer: asString(certificate['issuer']) ?? '',
    names: asObjects(certificate['names']).flatMap(({ value }) => asString(value) ?? []),
    expires: typeof end === 'number' ? dayOf(end * 1000) : undefined,
  };
}

/** Whether callers who use a host name take the certificate for one of its own. */
export function isFor(host: string, { names }: CertificateFacts): boolean {
  return namesFor(host).some((name) => names.includes(name));
}

/** What to do about an import that Azure refused; undefined where there is nothing better to say than the error itself. */
export function adviceForImport({ code, status, message }: AzureError): Text | undefined {
  if (code === 'CertificateNotSeen') return text('The import itself succeeded. Check the setup again in a minute.');
  if (status === undefined)
    return text('It is not known whether the certificate was imported. Look at the vault before you try again.');
  if (status === 403 && /firewall|public network access|private link|client address/i.test(message))
    return text('The vault lets this machine in neither by its firewall nor by a private endpoint.');
  if (status === 401 || status === 403) return OFFICER;
  if (status === 409 && /deleted but recoverable/i.test(message))
    return text('A deleted certificate of this name is still kept. Recover or purge it in the vault, and try again.');
  if (status === 400)
    return text('Either the password is wrong, or the file is no PFX file with a certificate and its private key.');
  return undefined;
}
