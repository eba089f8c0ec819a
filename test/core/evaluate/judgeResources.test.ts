import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/core/evaluate/finding';
import { judgeResources } from '../../../src/core/evaluate/judgeResources';
import { gateway, searchService, storageAccount, webApp } from '../support/dataResources';
import { inGroup, ID } from '../support/ids';
import { english } from '../support/reading';
import { account, hardenedAccount, resourceGroup, subnet, virtualNetwork } from '../support/resources';

function byStep(findings: readonly Finding[]): Readonly<Record<string, string>> {
  return Object.fromEntries(findings.map(({ step, status }) => [step, status]));
}

const approvedConnection = {
  id: `${ID.account}/privateEndpointConnections/pe.1`,
  properties: { privateLinkServiceConnectionState: { status: 'Approved' } },
};

describe('an account by itself', () => {
  test('is judged in everything that its own properties decide', () => {
    const hardened = hardenedAccount({ properties: { privateEndpointConnections: [approvedConnection] } });
    expect(byStep(judgeResources([hardened]))).toEqual({
      'aoai-account': 'compliant',
      'aoai-custom-subdomain': 'compliant',
      'aoai-managed-identity': 'compliant',
      'aoai-model-deployments': 'unknown',
      'aoai-trusted-services': 'nonCompliant',
      'rbac-search-aoai-contributor': 'unknown',
      'rbac-search-aoai-user': 'unknown',
      'rbac-webapp-aoai-user': 'notApplicable',
      'rbac-dev-aoai': 'notApplicable',
      'rbac-dev-aoai-keys': 'notApplicable',
      'rbac-dev-rbac-admin': 'notApplicable',
      'aoai-private-dns-zone': 'unknown',
      'aoai-private-dns-link': 'unknown',
      'aoai-private-endpoint': 'compliant',
      'aoai-private-dns-records': 'unknown',
      'aoai-network-default-deny': 'compliant',
      'aoai-ip-allowlist': 'notApplicable',
      'aoai-public-access-disabled': 'compliant',
      'aoai-disable-local-auth': 'compliant',
      'aoai-cmk': 'notApplicable',
      'aoai-key-rotation': 'notApplicable',
      'rbac-apim-aoai-user': 'unknown',
      'aoai-diagnostics': 'notApplicable',
    });
  });

  test('is exposed where it is silent', () => {
    const silent = account({ properties: { publicNetworkAccess: null, customSubDomainName: null } });
    expect(byStep(judgeResources([silent]))).toMatchObject({
      'aoai-public-access-disabled': 'nonCompliant',
      'aoai-network-default-deny': 'nonCompliant',
      'aoai-disable-local-auth': 'nonCompliant',
      'aoai-managed-identity': 'nonCompliant',
      'aoai-custom-subdomain': 'nonCompliant',
      'aoai-private-endpoint': 'nonCompliant',
    });
  });

  test('what depends on something that is not in the file is unknown, and says on what', () => {
    const finding = judgeResources([account()]).find(({ step }) => step === 'aoai-private-dns-zone');
    expect(finding?.status).toBe('unknown');
    expect(english(finding?.reason)).toBe('It depends on privateLinkResources, which is not in the file.');
  });

  test.each(['OpenAI', 'AIServices', 'openai', 'AISERVICES'])('is judged when it is of kind %s', (kind) => {
    expect(judgeResources([account({ kind })])).not.toEqual([]);
  });

  test.each(['SpeechServices', 'ComputerVision', 'FormRecognizer', '', null])(
    'is never judged when it is of kind %s',
    (kind) => {
      expect(judgeResources([account({ kind })])).toEqual([]);
    },
  );
});

describe('the services of On Your Data by themselves', () => {
  test('a search service that says nothing has keys only, trusts nobody and is open', () => {
    const silent = searchService({
      identity: null,
      properties: { publicNetworkAccess: null, disableLocalAuth: null, networkRuleSet: null },
    });
    expect(byStep(judgeResources([silent]))).toMatchObject({
      'search-service': 'compliant',
      'search-tier-supports-private-link': 'compliant',
      'search-managed-identity': 'nonCompliant',
      'search-rbac-auth': 'nonCompliant',
      'search-trusted-services': 'nonCompliant',
      'search-public-access-disabled': 'nonCompliant',
      'search-disable-local-auth': 'nonCompliant',
      'search-private-endpoint': 'nonCompliant',
      'rbac-aoai-search-index-reader': 'unknown',
    });
  });

  test('a storage account that says nothing is open, with keys and old TLS; only HTTPS and trust are as they should be', () => {
    const silent = { ...storageAccount(), properties: {} };
    expect(byStep(judgeResources([silent]))).toMatchObject({
      'storage-account': 'compliant',
      'storage-secure-baseline': 'nonCompliant',
      'storage-trusted-services': 'compliant',
      'storage-network-default-deny': 'nonCompliant',
      'storage-public-access-disabled': 'nonCompliant',
      'storage-disable-shared-key': 'nonCompliant',
      'storage-private-endpoint-file': 'notApplicable',
    });
    const evidence = judgeResources([silent])
      .filter(({ step }) => ['storage-secure-baseline', 'storage-trusted-services'].includes(step))
      .flatMap((finding) => finding.evidence)
      .filter(({ satisfied }) => satisfied)
      .map(({ property }) => property);
    expect(evidence).toEqual(['properties.supportsHttpsTrafficOnly', 'properties.networkAcls.bypass']);
  });

  test('a web app and a gateway are judged by what they say, and what they do not say is unknown', () => {
    expect(byStep(judgeResources([webApp()]))).toMatchObject({
      webapp: 'compliant',
      'webapp-managed-identity': 'compliant',
      'webapp-route-all': 'compliant',
      'webapp-vnet-integration': 'unknown',
      'webapp-plan-supports-vnet': 'unknown',
    });
    expect(byStep(judgeResources([gateway()]))).toEqual({
      'vpn-public-ip': 'unknown',
      'vpn-gateway': 'compliant',
      'vpn-p2s-entra': 'unknown',
    });
  });

  test('a function app is no web app, and an ExpressRoute gateway no VPN', () => {
    const others = [webApp({ kind: 'functionapp' }), gateway({ properties: { gatewayType: 'ExpressRoute' } })];
    expect(judgeResources(others)).toEqual([]);
  });
});

describe('a file of resources', () => {
  test('findings name the resource that they are about', () => {
    const other = inGroup('rg-hub', 'Microsoft.CognitiveServices/accounts', 'other');
    const findings = judgeResources([account(), hardenedAccount({ id: other })]);
    expect(new Set(findings.map(({ resource }) => resource))).toEqual(new Set([ID.account, other]));
  });

  test('a resource that is in it twice is judged once', () => {
    const twice = judgeResources([account(), account({ id: ID.account.toUpperCase() })]);
    expect(twice).toHaveLength(judgeResources([account()]).length);
  });

  test('subnets are judged inside their network or beside it, where endpoints live in them', () => {
    const inside = subnet({ properties: { privateEndpoints: [{ id: ID.endpoint }] } });
    const nested = virtualNetwork({ properties: { subnets: [inside] } });
    const expected = {
      vnet: 'compliant',
      'subnet-private-endpoints': 'compliant',
      'nsg-private-endpoints': 'unknown',
      'nsg-private-endpoints-association': 'unknown',
    };
    expect(byStep(judgeResources([nested]))).toEqual(expected);
    expect(byStep(judgeResources([virtualNetwork(), inside]))).toEqual(expected);
    expect(byStep(judgeResources([virtualNetwork({ properties: { subnets: [subnet()] } })]))).toEqual({
      vnet: 'compliant',
    });
  });

  test('a resource group is judged, and what no step speaks of is not', () => {
    const machine = { id: inGroup('rg-contoso', 'Microsoft.Compute/virtualMachines', 'vm') };
    expect(byStep(judgeResources([resourceGroup(), machine]))).toEqual({
      'resource-group': 'compliant',
      'rbac-dev-webapp': 'notApplicable',
    });
  });

  test('an empty one has no findings', () => {
    expect(judgeResources([])).toEqual([]);
  });
});
