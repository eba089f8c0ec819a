import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import { childId, resourceIdIn } from '../../src/core/resources/resourceId';
import { PRINCIPAL_ID, SUBSCRIPTION_ID } from '../../src/sandbox/azure';
import { roleNamed } from '../../src/sandbox/providers/authorization/builtInRoles';
import {
  groupId,
  keyVault,
  networkId,
  put,
  REGISTERED,
  resourceGroup,
  virtualNetwork,
} from '../../src/sandbox/worlds/builders';
import {
  applicationGatewayBody,
  applicationGatewayId,
  applicationGatewayRules,
  securityGroup,
  securityGroupId,
} from '../../src/sandbox/worlds/edgeBuilders';
import { EXPOSED, VAULT } from '../../src/sandbox/worlds/exposed';
import { roleAssignment } from '../../src/sandbox/worlds/roles';
import type { SeedStep, WorldSeed } from '../../src/sandbox/worlds/seed';
import { publicIpAddress, publicIpId } from '../../src/sandbox/worlds/vpnBuilders';
import { at, withSandbox, type SandboxClient } from './client';
import { inDataPlanes, type Ask, type DataAnswer } from './dataPlane';
import { PFX_PASSWORD, PFX_SECRETS, PFX_WITHOUT_KEY, SUPPLIED_PFX } from './suppliedCertificate';

const SUBSCRIPTION = `/subscriptions/${SUBSCRIPTION_ID}`;
const HOST = 'contoso-kv.vault.azure.net';
const NAME = 'api.contoso.com';
const POLICY: JsonObject = {
  issuer: { name: 'Self' },
  secret_props: { contentType: 'application/x-pkcs12' },
  x509_props: { subject: `CN=${NAME}`, sans: { dns_names: [NAME] }, validity_months: 12 },
};
const OFFICER = roleAssignment(VAULT, 'Key Vault Certificates Officer', PRINCIPAL_ID, 'User');

const exposedWith = (...steps: readonly SeedStep[]): WorldSeed => ({ ...EXPOSED, steps: [...EXPOSED.steps, ...steps] });
const to = (ask: Ask) => (method: string, path: string, body?: JsonObject) =>
  ask('internet', { host: HOST, method, path: `${path}?api-version=7.4`, ...(body && { body }) });
const asOfficer = (use: (call: ReturnType<typeof to>, client: SandboxClient) => Promise<void>) =>
  inDataPlanes(exposedWith(OFFICER), (ask, client) => use(to(ask), client));
const innerCode = ({ status, body }: DataAnswer) => [status, at(body, 'error', 'innererror', 'code')];

async function make(call: ReturnType<typeof to>): Promise<readonly string[]> {
  const begun = await call('POST', '/certificates/gateway/create', { policy: POLICY });
  expect(begun.status).toBe(202);
  const states = [String(at(begun.body, 'status'))];
  while (states.at(-1) === 'inProgress') {
    states.push(String(at((await call('GET', '/certificates/gateway/pending')).body, 'status')));
  }
  return states;
}

describe('a certificate of a vault', () => {
  it('takes some seconds to make, and is a real one for its names, signed by itself', () =>
    asOfficer(async (call) => {
      expect(await make(call)).toEqual(['inProgress', 'inProgress', 'completed']);
      const { body } = await call('GET', '/certificates/gateway');
      expect(at(body, 'attributes', 'enabled')).toBe(true);
      const made = new X509Certificate(Buffer.from(String(at(body, 'cer')), 'base64'));
      expect([made.checkHost(NAME), made.subject, made.verify(made.publicKey)]).toEqual([NAME, `CN=${NAME}`, true]);
      expect(Math.trunc(Date.parse(made.validTo) / 1000)).toBe(at(body, 'attributes', 'exp'));
      const listed = await call('GET', '/certificates');
      expect(at(listed.body, 'value', 0, 'id')).toBe(`https://${HOST}/certificates/gateway`);
    }));

  it('is a secret too, and its private key is nowhere', () =>
    asOfficer(async (call, client) => {
      await make(call);
      const { body } = await client.get('/.sandbox/state');
      const secret = at(body, childId(VAULT, 'secrets', 'gateway'), 'properties') as JsonObject;
      expect(Object.keys(secret)).toEqual(['attributes', 'contentType', 'secretUri', 'secretUriWithVersion']);
      expect(JSON.stringify(body).includes('PRIVATE KEY')).toBe(false);
    }));

  it('keeps its name when it is deleted, until it is brought back', () =>
    asOfficer(async (call) => {
      await make(call);
      expect((await call('DELETE', '/certificates/gateway')).status).toBe(200);
      const gone = await call('GET', '/certificates/gateway');
      expect([gone.status, at(gone.body, 'error', 'code')]).toEqual([404, 'CertificateNotFound']);
      const again = await call('POST', '/certificates/gateway/create', { policy: POLICY });
      expect(innerCode(again)).toEqual([409, 'ObjectIsDeletedButRecoverable']);
      expect((await call('POST', '/deletedcertificates/gateway/recover')).status).toBe(200);
      expect((await call('GET', '/certificates/gateway')).status).toBe(200);
    }));

  it('is for whoever has a role or an access policy for it; an Owner has neither', async () => {
    await inDataPlanes('exposed', async (ask) => {
      expect(innerCode(await to(ask)('GET', '/certificates/gateway'))).toEqual([403, 'ForbiddenByRbac']);
    });
    const accessPolicies = [{ objectId: PRINCIPAL_ID, permissions: { certificates: ['get'] } }];
    const byPolicy = keyVault(VAULT, 'eastus', { enableRbacAuthorization: false, accessPolicies });
    await inDataPlanes(exposedWith(byPolicy), async (ask) => {
      expect((await to(ask)('GET', '/certificates/gateway')).status).toBe(404);
      const made = await to(ask)('POST', '/certificates/gateway/create', { policy: POLICY });
      expect(innerCode(made)).toEqual([403, 'AccessDenied']);
    });
  });
});

describe('a certificate that is imported', () => {
  const supplied: JsonObject = { value: SUPPLIED_PFX, pwd: PFX_PASSWORD };
  const code = ({ status, body }: DataAnswer) => [status, at(body, 'error', 'code')];

  it('is there at once as the file has it, and the vault neither made it nor renews it', () =>
    asOfficer(async (call) => {
      const { status, body } = await call('POST', '/certificates/gateway/import', supplied);
      expect(status).toBe(200);
      expect((await call('GET', '/certificates/gateway')).body).toEqual(body);
      const imported = new X509Certificate(Buffer.from(String(at(body, 'cer')), 'base64'));
      expect([imported.checkHost(NAME), imported.issuer]).toEqual([NAME, 'O=Contoso\nCN=Contoso Authority']);
      expect(at(body, 'policy')).toMatchObject({
        issuer: { name: 'Unknown' },
        key_props: { exportable: true, kty: 'EC' },
        x509_props: { subject: `CN=${NAME}, O=Contoso`, sans: { dns_names: [NAME, '*.Contoso.net'] } },
        lifetime_actions: [{ action: { action_type: 'EmailContacts' } }],
      });
      expect(at(body, 'attributes', 'exp')).toBe(Math.trunc(Date.parse(imported.validTo) / 1000));
      expect(code(await call('GET', '/certificates/gateway/pending'))).toEqual([404, 'PendingCertificateNotFound']);
    }));

  it('is a new version of one that is there', () =>
    asOfficer(async (call, client) => {
      await make(call);
      const made = (await call('GET', '/certificates/gateway')).body;
      const imported = (await call('POST', '/certificates/gateway/import', supplied)).body;
      expect([at(imported, 'id'), at(imported, 'x5t')]).not.toEqual([at(made, 'id'), at(made, 'x5t')]);
      const { body } = await client.get('/.sandbox/state');
      const secret = at(body, childId(VAULT, 'secrets', 'gateway'), 'properties', 'secretUriWithVersion');
      expect(secret).toBe(at(imported, 'sid'));
    }));

  it.each<[string, JsonObject, string]>([
    ['with a wrong password', { ...supplied, pwd: 'wrong horse' }, 'BadParameter'],
    ['without its password', { value: SUPPLIED_PFX }, 'BadParameter'],
    ['without a private key', { value: PFX_WITHOUT_KEY, pwd: PFX_PASSWORD }, 'BadParameter'],
    ['that is something else', { value: 'AAAA', pwd: '' }, 'BadParameter'],
    ['as PEM', { ...supplied, policy: { secret_props: { contentType: 'application/x-pem-file' } } }, 'NotSimulated'],
  ])('%s is refused, and nothing is there', (_, body, expected) =>
    asOfficer(async (call) => {
      expect(code(await call('POST', '/certificates/gateway/import', body))).toEqual([400, expected]);
      expect((await call('GET', '/certificates/gateway')).status).toBe(404);
    }),
  );

  it('finds its name taken by a deleted one, and needs a right of its own', async () => {
    await asOfficer(async (call) => {
      await make(call);
      await call('DELETE', '/certificates/gateway');
      const again = await call('POST', '/certificates/gateway/import', supplied);
      expect(innerCode(again)).toEqual([409, 'ObjectIsDeletedButRecoverable']);
    });
    const accessPolicies = [{ objectId: PRINCIPAL_ID, permissions: { certificates: ['get', 'create'] } }];
    const byPolicy = keyVault(VAULT, 'eastus', { enableRbacAuthorization: false, accessPolicies });
    await inDataPlanes(exposedWith(byPolicy), async (ask) => {
      expect(innerCode(await to(ask)('POST', '/certificates/gateway/import', supplied))).toEqual([403, 'AccessDenied']);
    });
  });

  it('leaves nothing of the file and its password behind', () =>
    asOfficer(async (call, client) => {
      const answer = await call('POST', '/certificates/gateway/import', supplied);
      const state = JSON.stringify((await client.get('/.sandbox/state')).body);
      for (const secret of PFX_SECRETS) expect(`${answer.text}${state}`).not.toContain(secret);
      expect(state).not.toContain('PRIVATE KEY');
    }));
});

const identity = resourceIdIn(groupId('rg'), 'Microsoft.ManagedIdentity/userAssignedIdentities', 'id-gw');
const version = 'api-version=2024-11-30';

describe('a user-assigned identity', () => {
  it('has a principal at once, keeps it, and is known to resources that have it', () =>
    withSandbox(
      { world: { name: 'test', registered: IDENTITIES, steps: [resourceGroup('rg', 'eastus')] } },
      async (client) => {
        const made = await client.put(`${identity}?${version}`, { location: 'East US' });
        expect(made.status).toBe(201);
        const principal = at(made.body, 'properties', 'principalId');
        const again = await client.put(`${identity}?${version}`, { location: 'eastus', tags: { a: 'b' } });
        expect([again.status, at(again.body, 'properties', 'principalId')]).toEqual([200, principal]);
        expect((await client.delete(`${identity}?${version}`)).status).toBe(200);
        expect((await client.get(`${identity}?${version}`)).status).toBe(404);
      },
    ));
});

const IDENTITIES = [...REGISTERED, 'Microsoft.ManagedIdentity'] as const;

describe('an application gateway with a certificate of a vault', () => {
  const gateway = applicationGatewayId('rg', 'gw');
  const group = securityGroupId('rg', 'nsg');
  const subnet = childId(networkId('rg', 'vnet'), 'subnets', 'gateways');
  const places: readonly SeedStep[] = [
    resourceGroup('rg', 'eastus'),
    securityGroup(group, 'eastus', applicationGatewayRules),
    virtualNetwork(networkId('rg', 'vnet'), 'eastus', '10.0.0.0/16', {}),
    put(subnet, { properties: { addressPrefix: '10.0.0.0/24', networkSecurityGroup: { id: group } } }),
    publicIpAddress(publicIpId('rg', 'pip'), 'eastus'),
    put(identity, { location: 'eastus' }),
    put(childId(VAULT, 'secrets', 'gateway'), { properties: { value: 'x', contentType: 'application/x-pkcs12' } }),
  ];
  const withCertificate = (): JsonObject => {
    const body = applicationGatewayBody(gateway, 'eastus', {
      subnet,
      publicIp: publicIpId('rg', 'pip'),
      backend: 'shop.internal',
    });
    const sslCertificates = [{ name: 'listener', properties: { keyVaultSecretId: `https://${HOST}/secrets/gateway` } }];
    return {
      ...body,
      identity: { type: 'UserAssigned', userAssignedIdentities: { [identity]: {} } },
      properties: { ...(body['properties'] as JsonObject), sslCertificates },
    };
  };

  it('comes to nothing until its identity may read secrets of the vault, and then does', () =>
    withSandbox({ world: { ...exposedWith(...places), registered: IDENTITIES } }, async (client) => {
      const url = `${gateway}?api-version=2025-01-01`;
      const failed = await client.follow(await client.put(url, withCertificate()));
      expect(failed.at(-1)).toBe('200 Failed');
      expect(at((await client.get(url)).body, 'properties', 'provisioningState')).toBe('Failed');
      const principal = String(at((await client.get(`${identity}?${version}`)).body, 'properties', 'principalId'));
      const role = `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${roleNamed('Key Vault Secrets User')}`;
      const assignment = `${VAULT}/providers/Microsoft.Authorization/roleAssignments/11111111-2222-4333-8444-555555555555`;
      const given = await client.put(`${assignment}?api-version=2022-04-01`, {
        properties: { roleDefinitionId: role, principalId: principal, principalType: 'ServicePrincipal' },
      });
      expect(given.status).toBe(201);
      let last = '';
      // A role takes a while to be in force.
      for (let tries = 0; tries < 30 && !last.endsWith('Succeeded'); tries += 1) {
        last = (await client.follow(await client.put(url, withCertificate()))).at(-1) ?? '';
      }
      expect(last).toBe('200 Succeeded');
      expect(at((await client.get(url)).body, 'properties', 'operationalState')).toBe('Running');
    }));
});
