import { afterEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import { childId } from '../../src/core/resources/resourceId';
import { API_MANAGEMENT_STEPS } from '../../src/core/steps/apiManagement';
import { API_MANAGEMENT_DNS_STEPS } from '../../src/core/steps/apiManagementDns';
import { API_MANAGEMENT_HARDENING_STEPS } from '../../src/core/steps/apiManagementHardening';
import { API_MANAGEMENT_OPENAI_STEPS } from '../../src/core/steps/apiManagementOpenAi';
import { EDGE_SUBNET_STEPS } from '../../src/core/steps/edgeSubnets';
import { SECURITY_GROUP_STEPS } from '../../src/core/steps/securityGroups';
import { put, subnetId } from '../../src/sandbox/worlds/builders';
import { allow, apiManagement, securityGroup, securityGroupId, serviceId } from '../../src/sandbox/worlds/edgeBuilders';
import { EXPOSED, NETWORK, NETWORK_GROUP, NETWORK_LOCATION } from '../../src/sandbox/worlds/exposed';
import type { WorldSeed } from '../../src/sandbox/worlds/seed';
import { ByHand } from './support/byHand';
import { differences } from './support/differences';
import { applySteps, statuses, undoLast } from './support/journey';
import { openSandboxSession, signal, type SandboxSession } from './support/sandboxSession';

const FAMILIES = [
  ...SECURITY_GROUP_STEPS,
  ...EDGE_SUBNET_STEPS,
  ...API_MANAGEMENT_STEPS,
  ...API_MANAGEMENT_DNS_STEPS,
  ...API_MANAGEMENT_HARDENING_STEPS,
  ...API_MANAGEMENT_OPENAI_STEPS,
];
const IDS = [...FAMILIES.map(({ id }) => id), 'rbac-apim-aoai-user'];

const opened: SandboxSession[] = [];

afterEach(async () => {
  for (const session of opened.splice(0)) await session.close();
});

async function open(world: Parameters<typeof openSandboxSession>[0]['world']): Promise<SandboxSession> {
  const opening = await openSandboxSession({ world, scenario: 'api-gateway' });
  opened.push(opening);
  return opening;
}

const planOf = ({ session }: SandboxSession) => session.planFor(IDS);

function expectAllDone(opening: SandboxSession): void {
  const found = statuses(opening.session);
  expect(IDS.filter((id) => found[id] !== 'compliant')).toEqual([]);
  expect(planOf(opening).changes).toEqual([]);
}

/** Azure keeps what was deleted for a while, and providers stay registered. */
const KEPT =
  /^Microsoft\.(ApiManagement\/locations\/.+\/deletedservices|CognitiveServices\/locations\/.+\/deletedAccounts)\//;
const REGISTERED = /registrationState/;

describe.each(['exposed', 'empty'] as const)('API Management on “%s”', (world) => {
  it('is put in front of Azure OpenAI, holds, and goes again', async () => {
    const opening = await open(world);
    const before = await opening.state();
    await applySteps(opening.session, IDS);
    expectAllDone(opening);
    await undoLast(opening.session);
    const left = differences(before, await opening.state());
    expect(left.filter((line) => !KEPT.test(line) && !REGISTERED.test(line))).toEqual([]);
  });
});

const SERVICE = serviceId(NETWORK_GROUP, 'contoso-apim');
const API = childId(SERVICE, 'apis', 'chat');
const GROUP = securityGroupId(NETWORK_GROUP, 'nsg-contoso-apim');
const SUBNET = subnetId(NETWORK, 'snet-contoso-apim');
const TLS10 = 'Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Protocols.Tls10';

/** It looks up a key among the named values, and limits how often callers may ask. */
const WITH_KEY = `<policies>
  <inbound>
    <base />
    <!-- the team's own limit -->
    <rate-limit calls="20" renewal-period="60" />
    <set-header name="api-key" exists-action="override"><value>{{openai-key}}</value></set-header>
  </inbound>
  <backend><base /></backend>
  <outbound><base /></outbound>
  <on-error><base /></on-error>
</policies>`;

/** Somebody's API Management, on the internet and with a key, and a subnet that denies before it allows. */
function adopted(policy: string, rules: Readonly<Record<string, JsonObject>> = {}): WorldSeed {
  return {
    ...EXPOSED,
    name: 'adopted',
    steps: [
      ...EXPOSED.steps,
      securityGroup(GROUP, NETWORK_LOCATION, {
        DenyStorage: allow('out', '*', 'Storage', '*', { access: 'Deny', priority: 200 }),
        AllowStorage: allow('out', 'VirtualNetwork', 'Storage', '443', { priority: 300 }),
        AllowManagement: allow('in', 'ApiManagement', 'VirtualNetwork', '3443'),
        ...rules,
      }),
      put(SUBNET, { properties: { addressPrefix: '10.3.9.0/27', networkSecurityGroup: { id: GROUP } } }),
      apiManagement(SERVICE, NETWORK_LOCATION, { properties: { customProperties: { [TLS10]: 'True' } } }),
      put(API, {
        properties: {
          path: 'chat',
          displayName: 'Chat',
          protocols: ['http', 'https'],
          serviceUrl: 'https://contoso-openai.openai.azure.com/openai',
          subscriptionRequired: false,
        },
      }),
      put(`${API}/policies/policy`, { properties: { format: 'rawxml', value: policy } }),
      put(childId(SERVICE, 'subscriptions', 'everything'), { properties: { scope: '/apis', displayName: 'All' } }),
    ],
  };
}

describe('an API Management that is there already', () => {
  it('is moved and hardened, its API keeps what else its policy says, and all of it comes back', async () => {
    const opening = await open(adopted(WITH_KEY));
    const { session, connection, sandbox } = opening;
    await new ByHand(sandbox, connection).put(childId(SERVICE, 'tenant', 'access'), { properties: { enabled: true } });
    const before = await opening.state();
    expect(session.state.setup.roles.apiManagement).toEqual({ id: SERVICE });
    expect(session.state.setup.roles.apiManagementSubnet).toEqual({ id: SUBNET });
    await applySteps(opening.session, IDS);
    expectAllDone(opening);
    const policy = await connection.azure.read(`${API}/policies/policy`, signal);
    expect(policy).toMatchObject({
      resource: { properties: { value: expect.stringContaining('<rate-limit calls="20" renewal-period="60" />') } },
    });
    expect(JSON.stringify(policy)).not.toContain('openai-key');
    await undoLast(session);
    const left = differences(before, await opening.state());
    expect(left.filter((line) => !KEPT.test(line) && !REGISTERED.test(line))).toMatchInlineSnapshot(`
      [
        "Microsoft.ApiManagement/service/contoso-apim › properties.customProperties.Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Ciphers.TLS_RSA_WITH_AES_128_GCM_SHA256: absent → "True"",
        "Microsoft.ApiManagement/service/contoso-apim › properties.customProperties.Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Ciphers.TLS_RSA_WITH_AES_256_CBC_SHA256: absent → "True"",
        "Microsoft.ApiManagement/service/contoso-apim › properties.customProperties.Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Ciphers.TLS_RSA_WITH_AES_128_CBC_SHA256: absent → "True"",
        "Microsoft.ApiManagement/service/contoso-apim › properties.customProperties.Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Ciphers.TLS_RSA_WITH_AES_256_CBC_SHA: absent → "True"",
        "Microsoft.ApiManagement/service/contoso-apim › properties.customProperties.Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Ciphers.TLS_RSA_WITH_AES_128_CBC_SHA: absent → "True"",
        "Microsoft.ApiManagement/service/contoso-apim › properties.customProperties.Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Ciphers.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA: absent → "True"",
        "Microsoft.ApiManagement/service/contoso-apim › properties.customProperties.Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Ciphers.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA: absent → "True"",
        "Microsoft.ApiManagement/service/contoso-apim › properties.customProperties.Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Ciphers.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA: absent → "True"",
        "Microsoft.ApiManagement/service/contoso-apim › properties.customProperties.Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Ciphers.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA: absent → "True"",
        "Microsoft.ApiManagement/service/contoso-apim › identity: null → {"type":"None"}",
      ]
    `);
  });

  it('gets its rule in front of the one that hides it', async () => {
    const opening = await open(adopted(WITH_KEY));
    await opening.session.refresh(signal);
    const finding = opening.session.state.findings.find(({ step }) => step === 'nsg-apim');
    expect(finding?.notes?.map(({ args }) => args)).toContainEqual(['DenyStorage', expect.anything(), 'AllowStorage']);
    const changes = planOf(opening).changes.filter(({ step }) => step === 'nsg-apim');
    expect(changes.map(({ resource }) => resource.slice(GROUP.length))).toContain(
      '/securityRules/AllowStorageOutbound',
    );
  });

  it('with a secret in a policy is left to people, and the secret goes nowhere', async () => {
    const opening = await open(adopted(WITH_KEY.replace('{{openai-key}}', 'sk-0123456789')));
    await opening.session.refresh(signal);
    expect(statuses(opening.session)['apim-openai-policy']).toBe('nonCompliant');
    const plan = planOf(opening);
    expect(plan.blocked.map(({ step }) => step)).toContain('apim-openai-policy');
    const { findings } = opening.session.state;
    expect(JSON.stringify({ plan, findings })).not.toContain('sk-0123456789');
  });

  it('of which a rule lets the internet in is found out, and the rule stays', async () => {
    const opening = await open(adopted(WITH_KEY, { AllowAll: allow('in', '*', '*', '443') }));
    await opening.session.refresh(signal);
    const finding = opening.session.state.findings.find(({ step }) => step === 'nsg-apim');
    expect(finding?.evidence.filter(({ satisfied }) => !satisfied).map(({ resource }) => resource)).toContain(
      `${GROUP}/securityRules/AllowAll`,
    );
    expect(
      planOf(opening)
        .changes.filter(({ action }) => action !== 'create')
        .map(({ resource }) => resource),
    ).not.toContain(`${GROUP}/securityRules/AllowAll`);
  });
});
