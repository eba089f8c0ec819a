import { setTimeout as delay } from 'node:timers/promises';
import type { ResourceWrite } from '../core/plan/change';
import { AzureError, type SuppliedCertificate, type WriteOptions } from '../core/ports';
import type { ProbeRequest } from '../core/probes/probe';
import { asString, isJsonObject, type Json } from '../core/resources/json';
import { readPath } from '../core/resources/propertyPath';
import { parentResourceId, parseResourceId, resourceTypeOf } from '../core/resources/resourceId';
import { TYPES } from '../core/resources/resourceTypes';
import type { SnapshotEntry } from '../core/resources/snapshot';
import { unsupported } from './adapters/adapter';
import { withoutSecrets } from './azureErrors';
import type { ClientSettings } from './clientSettings';
import { ask, failure, refusal, unreadable, type CallService, type DataPlane } from './dataPlane';
import { certificateIn } from './vaultCertificate';

const API_VERSION = '7.4';

/** Looks at a certificate that the vault is making or bringing back; self-signed ones take some seconds. */
const POLLS = 60;

/**
 * Certificates of Azure Key Vault, which Azure Resource Manager does not know: read and made at the vault itself. What is
 * secret about them never leaves it.
 * Source: https://learn.microsoft.com/rest/api/keyvault/certificates, api-version 7.4
 */
export class KeyVaultDataPlane implements DataPlane {
  constructor(
    private readonly settings: Pick<ClientSettings, 'cloud' | 'pollIntervalMs'>,
    private readonly call: CallService,
    /** Reads the vault: nobody answers for one that is not there. */
    private readonly readVault: (id: string, signal: AbortSignal) => Promise<SnapshotEntry>,
  ) {}

  has(id: string): boolean {
    return resourceTypeOf(id) === TYPES.keyVaultCertificate;
  }

  async read(id: string, signal: AbortSignal): Promise<SnapshotEntry> {
    const vault = await this.readVault(parentResourceId(id) ?? '', signal);
    if (vault.state !== 'present') return vault;
    const answer = await this.call(this.request(id, 'GET', 'certificates'), signal);
    if (answer?.status === 404) return { state: 'absent' };
    const refused = refusal(answer);
    if (refused !== undefined) return refused;
    return isJsonObject(answer?.body)
      ? { state: 'present', resource: { ...certificateIn(answer.body), id } }
      : unreadable('failed', 'The vault answered without a certificate.');
  }

  async write(write: ResourceWrite, options: WriteOptions): Promise<void> {
    switch (write.action) {
      case 'create':
        return this.create(write, options);
      case 'delete':
        await ask(this.call, this.request(write.resource, 'DELETE', 'certificates'), options.signal, [404]);
        return;
      default:
        throw unsupported(write);
    }
  }

  /** Policy is left out: Key Vault takes it from the file then, and does not renew what it did not make. */
  async importCertificate(id: string, { content, password }: SuppliedCertificate, signal: AbortSignal): Promise<void> {
    const request = this.request(id, 'POST', 'certificates', '/import');
    const body = { value: content, pwd: password };
    await withoutSecrets(signal, () => ask(this.call, { ...request, body }, signal), [content, password]);
  }

  /** Has the vault make it, or bring it back where it was deleted: its name is taken until it is purged. */
  private async create({ resource, body = {} }: ResourceWrite, options: WriteOptions): Promise<void> {
    const { signal } = options;
    const creation = { ...this.request(resource, 'POST', 'certificates', '/create'), body };
    const made = await ask(this.call, creation, signal, [409]);
    if (made.status === 409) {
      if (!/deleted but recoverable/i.test(made.message ?? '')) throw failure(made);
      await ask(this.call, this.request(resource, 'POST', 'deletedcertificates', '/recover'), signal);
      return this.waitUntil(options, async () => (await this.read(resource, signal)).state === 'present');
    }
    return this.waitUntil(options, async () => {
      const pending = await ask(this.call, this.request(resource, 'GET', 'certificates', '/pending'), signal);
      return isMade(pending.body, options);
    });
  }

  private async waitUntil({ signal }: WriteOptions, isDone: () => Promise<boolean>): Promise<void> {
    for (let polls = 0; polls < POLLS; polls += 1) {
      if (await isDone()) return;
      await delay(this.settings.pollIntervalMs, undefined, { signal });
    }
    throw new AzureError('CertificateTimeout', 'The vault is still making the certificate.', undefined, undefined);
  }

  private request(
    id: string,
    method: ProbeRequest['method'],
    kind: 'certificates' | 'deletedcertificates',
    operation = '',
  ): ProbeRequest {
    const [vault = '', name = ''] = parseResourceId(id)?.names ?? [];
    return {
      service: 'keyVault',
      host: `${vault.toLowerCase()}.${this.settings.cloud.keyVaultSuffix}`,
      method,
      path: `/${kind}/${encodeURIComponent(name)}${operation}?api-version=${API_VERSION}`,
    };
  }
}

/** @throws AzureError where the vault gave up. */
function isMade(pending: Json | undefined, { onStatus }: WriteOptions): boolean {
  const status = asString(readPath(pending, 'status')) ?? '';
  onStatus?.(status);
  if (status === 'inProgress') return false;
  if (status === 'completed') return true;
  const message = asString(readPath(pending, 'error.message')) ?? asString(readPath(pending, 'status_details'));
  throw new AzureError(asString(readPath(pending, 'error.code')) ?? status, message ?? '', undefined, undefined);
}
