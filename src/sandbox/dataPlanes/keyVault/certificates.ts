import { createHash } from 'node:crypto';
import { asArray, asString, type JsonObject } from '../../../core/resources/json';
import { conversation, type Wait } from '../../arm/messages';
import type { StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { DURATIONS, PATIENCE } from '../../durations';
import { VAULT_TYPE, vaultHost } from '../../providers/keyVault/vaultState';
import type { VaultCertificate } from '../contents';
import { jsonBody, type DataPlaneCall, type ServiceAnswer } from '../dataPlane';
import { selfSigned } from './selfSigned';
import { certificateNotFound, deletedButRecoverable, pendingNotFound, vaultRefusal } from './vaultRefusals';

/** Certificates of a vault: their public half and their policy. No private key is kept or shown. */

const DAY = 24 * 60 * 60;

export function listCertificates({ azure, resource }: DataPlaneCall): ServiceAnswer {
  const value = azure.contents.certificates.of(resource.id).map((certificate) => ({
    id: idOf(resource, certificate.name),
    x5t: thumbprintOf(certificate),
    attributes: attributesOf(azure, certificate),
    subject: '',
  }));
  return { status: 200, body: { value, nextLink: null } };
}

export function getCertificate(call: DataPlaneCall, name: string): ServiceAnswer {
  const { azure, resource } = call;
  return { status: 200, body: bundle(azure, resource, requireCertificate(call, name)) };
}

/** POST …/create: the vault makes a key and signs its certificate with it. Only self-signed ones are simulated. */
export function createCertificate(call: DataPlaneCall, name: string): ServiceAnswer {
  const { azure, resource, request } = call;
  if (azure.contents.deletedCertificates.get(resource.id, name)) throw deletedButRecoverable(name);
  const policy = objectOf(jsonBody(request)?.['policy']);
  const issuer = asString(objectOf(policy['issuer'])['name']);
  if (issuer !== 'Self') {
    throw vaultRefusal(400, 'NotSimulated', 'The sandbox makes certificates of the issuer Self only.');
  }
  const properties = objectOf(policy['x509_props']);
  const subject = asString(properties['subject']);
  if (subject === undefined) throw vaultRefusal(400, 'BadParameter', 'Property subject is required.');
  const names = asArray(objectOf(properties['sans'])['dns_names']).map(String);
  const months = Number(properties['validity_months'] ?? 12);
  const now = azure.clock.now();
  const end = new Date(now).setUTCMonth(new Date(now).getUTCMonth() + months);
  const certificate: VaultCertificate = {
    name,
    policy,
    certificate: selfSigned(subject.replace(/^CN=/i, ''), names, now, end).toString('base64'),
    version: azure.guids.next(`certificate ${resource.id} ${name}`).replaceAll('-', ''),
    from: Math.trunc(now / 1000),
    until: Math.trunc(end / 1000),
    madeAt: now + DURATIONS.vaultCertificate * 1000,
  };
  putCertificate(call, certificate);
  return { status: 202, body: pending(azure, resource, certificate), wait: untilNextLook(call, name) };
}

/** Puts a version of a certificate in front of any other; the secret of its name follows. */
export function putCertificate({ azure, resource }: DataPlaneCall, certificate: VaultCertificate): void {
  azure.contents.certificates.put(resource.id, certificate.name, certificate);
  azure.store.put(secretOf(resource, certificate));
}

/** GET …/pending: how the newest creation goes. */
export function getPending(call: DataPlaneCall, name: string): ServiceAnswer {
  const { azure, resource } = call;
  const certificate = requireCertificate(call, name);
  if (isImported(certificate)) throw pendingNotFound(name);
  return { status: 200, body: pending(azure, resource, certificate), wait: untilNextLook(call, name) };
}

/** Soft delete: the name is taken until the certificate is recovered or purged. */
export function deleteCertificate(call: DataPlaneCall, name: string): ServiceAnswer {
  const { azure, resource } = call;
  const certificate = requireCertificate(call, name);
  azure.contents.certificates.remove(resource.id, name);
  azure.contents.deletedCertificates.put(resource.id, name, certificate);
  azure.store.remove(secretOf(resource, certificate).id);
  const now = Math.trunc(azure.clock.now() / 1000);
  const gone = {
    recoveryId: `https://${vaultHost(resource.name)}/deletedcertificates/${name}`,
    deletedDate: now,
    scheduledPurgeDate: now + 90 * DAY,
  };
  return { status: 200, body: { ...gone, ...bundle(azure, resource, certificate) } };
}

export function recoverCertificate(call: DataPlaneCall, name: string): ServiceAnswer {
  const { azure, resource } = call;
  const certificate = azure.contents.deletedCertificates.get(resource.id, name);
  if (certificate === undefined) throw certificateNotFound(name);
  azure.contents.deletedCertificates.remove(resource.id, name);
  putCertificate(call, certificate);
  return { status: 200, body: bundle(azure, resource, certificate) };
}

function requireCertificate({ azure, resource }: DataPlaneCall, name: string): VaultCertificate {
  const certificate = azure.contents.certificates.get(resource.id, name);
  if (certificate === undefined) throw certificateNotFound(name);
  return certificate;
}

function untilNextLook({ request }: DataPlaneCall, name: string): Wait {
  const path = `//${request.host}/certificates/${name}/pending`;
  return { seconds: PATIENCE.vaultCertificate, told: false, thenAsks: [conversation('GET', path)] };
}

function idOf(vault: StoredResource, name: string, kind = 'certificates'): string {
  return `https://${vaultHost(vault.name)}/${kind}/${name}`;
}

function isMade(azure: Azure, { madeAt }: VaultCertificate): boolean {
  return azure.clock.now() >= madeAt;
}

/** As Key Vault writes it. */
function thumbprintOf({ certificate }: VaultCertificate): string {
  return createHash('sha1').update(Buffer.from(certificate, 'base64')).digest('base64url');
}

/** Documented: whoever signed it is unknown to the vault. */
const isImported = ({ policy }: VaultCertificate): boolean => objectOf(policy['issuer'])['name'] === 'Unknown';

function attributesOf(azure: Azure, certificate: VaultCertificate): JsonObject {
  const { from, until } = certificate;
  return {
    enabled: isMade(azure, certificate),
    nbf: from,
    exp: until,
    created: from,
    updated: from,
    recoveryLevel: 'Recoverable',
    recoverableDays: 90,
  };
}

/** Published shape. */
export function bundle(azure: Azure, vault: StoredResource, certificate: VaultCertificate): JsonObject {
  const { name, version, policy, from } = certificate;
  const id = idOf(vault, name);
  return {
    id: `${id}/${version}`,
    kid: `${idOf(vault, name, 'keys')}/${version}`,
    sid: `${idOf(vault, name, 'secrets')}/${version}`,
    x5t: thumbprintOf(certificate),
    ...(isMade(azure, certificate) && { cer: certificate.certificate }),
    attributes: attributesOf(azure, certificate),
    policy: { id: `${id}/policy`, ...policy, attributes: { enabled: true, created: from, updated: from } },
    ...(!isImported(certificate) && { pending: { id: `${id}/pending` } }),
  };
}

/** Published shape. */
function pending(azure: Azure, vault: StoredResource, certificate: VaultCertificate): JsonObject {
  const id = idOf(vault, certificate.name);
  return {
    id: `${id}/pending`,
    issuer: { name: 'Self' },
    cancellation_requested: false,
    ...(isMade(azure, certificate)
      ? { status: 'completed', target: id }
      : {
          status: 'inProgress',
          status_details:
            'Pending certificate created. Certificate request is in progress. This may take some time based on the issuer provider. Please check again later.',
        }),
    request_id: certificate.version,
  };
}

/** What services with an identity read: the certificate with its key, which the sandbox does not have. */
function secretOf(vault: StoredResource, { name, version, policy, from, until }: VaultCertificate): StoredResource {
  const uri = idOf(vault, name, 'secrets');
  return {
    id: `${vault.id}/secrets/${name}`,
    name,
    type: `${VAULT_TYPE}/secrets`,
    body: {
      version,
      location: vault.body['location'],
      tags: {},
      properties: {
        attributes: { enabled: true, nbf: from, exp: until, created: from, updated: from },
        contentType: objectOf(policy['secret_props'])['contentType'] ?? 'application/x-pkcs12',
        secretUri: uri,
        secretUriWithVersion: `${uri}/${version}`,
      },
    },
    state: 'Succeeded',
    etag: '',
  };
}
