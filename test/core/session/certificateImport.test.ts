import { describe, expect, test } from 'vitest';
import { AzureError } from '../../../src/core/ports';
import { adviceForImport, CertificateImport, isFor } from '../../../src/core/session/certificateImport';
import { FakeAzure } from '../support/fakeAzure';
import { certificate, FRONT, frontSetup, frontWorld, frontWorldWithout } from '../support/gatewayWorlds';
import { VAULT } from '../support/keyVaults';
import { english } from '../support/reading';
import type { World } from '../support/world';

const signal = new AbortController().signal;
const supplied = { content: 'MIIJ', password: 'secret' };
const bought = certificate({
  subject: 'CN=api.contoso.com',
  issuer: 'CN=Contoso Authority',
  attributes: { enabled: true, exp: 1795305600 },
});
const FACTS = {
  subject: 'CN=api.contoso.com',
  issuer: 'CN=Contoso Authority',
  names: [FRONT.host],
  expires: '2026-11-22',
};

function importing(world: World, setup = frontSetup(), denied: readonly string[] = []) {
  const azure = new FakeAzure(world);
  for (const id of denied) azure.denied.add(id.toLowerCase());
  return { azure, certificates: new CertificateImport(setup, azure) };
}

async function reasonOf(...given: Parameters<typeof importing>): Promise<string> {
  const found = await importing(...given).certificates.place(signal);
  return found.ok ? '' : english(found.reason);
}

describe('where a certificate goes', () => {
  test('is where the gateway looks for it, with what is there', async () => {
    const found = await importing(frontWorld(bought)).certificates.place(signal);
    const name = 'ringfence-gateway';
    expect(found).toMatchObject({ ok: true, place: { id: FRONT.certificate, name, host: FRONT.host, present: FACTS } });
  });

  test('has the name that the setup chooses, for a gateway that is not there yet', async () => {
    const world = frontWorldWithout(FRONT.gateway, FRONT.certificate);
    const { certificates } = importing(world, frontSetup({ gatewayCertificate: 'bought' }));
    const found = await certificates.place(signal);
    expect(found).toMatchObject({ ok: true, place: { id: `${VAULT}/certificates/bought`, present: undefined } });
  });

  test.each<[string, Parameters<typeof importing>, RegExp]>([
    [
      'without the scenario',
      [frontWorld(), { ...frontSetup(), scenarios: ['private-access'] }],
      /no application gateway/,
    ],
    ['without a gateway', [frontWorld(), frontSetup({}, { applicationGateway: undefined })], /no application gateway/],
    ['without a vault in the setup', [frontWorld(), frontSetup({}, { keyVault: undefined })], /no key vault/],
    ['before the vault is made', [frontWorldWithout(VAULT)], /does not exist yet/],
    ['in a vault that may not be read', [frontWorld(), frontSetup(), [VAULT]], /may not read/],
    ['without a role on it', [frontWorld(), frontSetup(), [FRONT.certificate]], /Key Vault Certificates Officer/],
    ['for a gateway that may not be read', [frontWorld(), frontSetup(), [FRONT.gateway]], /may not read/],
  ])('cannot be told %s', async (_, given, reason) => {
    expect(await reasonOf(...given)).toMatch(reason);
  });
});

describe('an import', () => {
  test('is asked for once, and tells what the vault has then', async () => {
    const world = frontWorldWithout(FRONT.certificate);
    const { azure, certificates } = importing(world);
    azure.onImport = () => world.put(bought);
    const found = await certificates.place(signal);
    if (!found.ok) throw new Error(english(found.reason));
    expect(await certificates.import(found.place, supplied, signal)).toEqual(FACTS);
    expect(azure.imported).toEqual([{ id: FRONT.certificate, supplied }]);
  });

  test.each<[string, number | undefined, string, RegExp | undefined]>([
    ['BadParameter', 400, 'content can not be read', /password is wrong/],
    ['Forbidden', 403, 'Caller is not authorized to perform action on resource.', /Certificates Officer/],
    ['Forbidden', 403, 'Client address is not authorized and caller is not a trusted service.', /firewall/],
    ['Forbidden', 403, 'Public network access is disabled', /private endpoint/],
    ['Conflict', 409, 'is currently in a deleted but recoverable state', /Recover or purge/],
    ['Unreachable', undefined, 'ETIMEDOUT', /not known whether/],
    ['CertificateNotSeen', undefined, '', /itself succeeded/],
    ['InternalError', 500, '', undefined],
  ])('that ends with %s %s, “%s”, says what to do', (code, status, message, advice) => {
    const given = adviceForImport(new AzureError(code, message, status, undefined));
    if (advice === undefined) expect(given).toBeUndefined();
    else expect(english(given)).toMatch(advice);
  });

  test('that the vault does not show afterwards is said so, and not made again', async () => {
    const { azure, certificates } = importing(frontWorldWithout(FRONT.certificate));
    const found = await certificates.place(signal);
    if (!found.ok) throw new Error(english(found.reason));
    await expect(certificates.import(found.place, supplied, signal)).rejects.toMatchObject({
      code: 'CertificateNotSeen',
    });
    expect(azure.imported).toHaveLength(1);
  });
});

test.each<[string, readonly string[], boolean]>([
  ['its name', ['api.contoso.com'], true],
  ['all names beside it', ['*.contoso.com'], true],
  ['names below it', ['*.api.contoso.com'], false],
  ['another name', ['shop.contoso.com'], false],
])('a certificate for %s is for the gateway: %s', (_, names, fits) => {
  expect(isFor('api.contoso.com', { ...FACTS, names })).toBe(fits);
});
