import {
  account,
  accountId,
  deployment,
  endpointId,
  networkId,
  privateEndpoint,
  resourceGroup,
  subnetId,
  virtualNetwork,
} from '../../../../src/sandbox/worlds/builders';
import type { SeedStep } from '../../../../src/sandbox/worlds/seed';
import type { Arrangement } from '../arrangement';

const id = accountId('contoso-rg', 'contoso-openai');
const group = resourceGroup('contoso-rg', 'westus2');
const subdomain = { customSubDomainName: 'contoso-openai' };
const systemAssigned = { type: 'SystemAssigned' };

const existing = (settings: Parameters<typeof account>[1] = {}): readonly SeedStep[] => [group, account(id, settings)];
const regional = existing({ location: 'westus3', identity: systemAssigned });
const named = existing({ properties: subdomain, identity: systemAssigned });
const foundry = existing({ kind: 'AIServices', location: 'westus3', properties: subdomain, identity: systemAssigned });

const network = networkId('contoso-rg', 'contoso-vnet');
const subnet = subnetId(network, 'contoso-subnet');

const CONNECTION = 'contoso-pe.00000000-0000-0000-0000-000000000001';

/** An account with one approved private endpoint. Azure made up the name of the connection. */
const connected: Arrangement = {
  seed: [
    ...existing({ properties: subdomain }),
    virtualNetwork(network, 'westus2', '10.0.0.0/16', { 'contoso-subnet': '10.0.0.0/24' }),
    privateEndpoint(endpointId('contoso-rg', 'contoso-pe'), 'westus2', subnet, id),
  ],
  madeUpName: {
    recorded: CONNECTION,
    listUrl: `${id}/privateEndpointConnections?api-version=2022-03-01`,
    path: ['value', 0, 'id'],
  },
};
const answerTo = (status: string) => ({
  properties: { privateLinkServiceConnectionState: { status, description: null } },
});

const softDeleted: Arrangement = {
  seed: existing({ properties: { ...subdomain, networkAcls: networkAclsOf(subnet) } }),
  before: ['cognitiveservices.account.delete'],
};

/** Azure OpenAI accounts, what is inside them, and what remains of them. */
export const accountArrangements: Readonly<Record<string, Arrangement>> = {
  'cognitiveservices.account.put.create': {},
  'cognitiveservices.account.get': { seed: regional },
  'cognitiveservices.account.put.update.sync': { seed: regional },
  'cognitiveservices.account.put.update.async': { seed: foundry },
  'cognitiveservices.operationResults.updating': {
    seed: foundry,
    before: ['cognitiveservices.account.put.update.async', { waitSeconds: 10 }],
    follow: 'azure-asyncoperation',
  },
  'cognitiveservices.operationResults.succeeded': {
    before: ['cognitiveservices.account.put.create', { waitSeconds: 10 }],
    follow: 'azure-asyncoperation',
  },
  'cognitiveservices.operationResults.creating': {
    before: [
      {
        method: 'PUT',
        url: `${id}?api-version=2025-06-01`,
        body: { kind: 'TextAnalytics', location: 'SOUTHCENTRALUS', sku: { name: 'S' }, properties: {} },
      },
      { waitSeconds: 10 },
    ],
    follow: 'azure-asyncoperation',
  },
  'cognitiveservices.account.patch': { seed: named },
  'cognitiveservices.account.listKeys': { seed: named },
  'cognitiveservices.account.regenerateKey': { seed: named },
  'cognitiveservices.account.delete': { seed: named },
  'cognitiveservices.account.get.404': {},
  'cognitiveservices.deployment.put.create': { seed: named },
  'cognitiveservices.deployment.get.404': { seed: named },
  'cognitiveservices.deployment.delete': { seed: [...named, deployment(id, 'gpt-4o', '2024-11-20')] },
  'cognitiveservices.privateLinkResources.list': { seed: existing({ kind: 'FormRecognizer', properties: subdomain }) },
  'cognitiveservices.privateEndpointConnections.get': connected,
  'cognitiveservices.privateEndpointConnections.put.approve': { ...connected, body: answerTo('Approved') },
  'cognitiveservices.privateEndpointConnections.put.reject': { ...connected, body: answerTo('Rejected') },
  'cognitiveservices.privateEndpointConnections.list': {
    ...connected,
    before: [
      {
        method: 'PUT',
        url: `${id}/privateEndpointConnections/${CONNECTION}?api-version=2022-03-01`,
        body: answerTo('Rejected'),
      },
    ],
  },
  'cognitiveservices.privateEndpointConnections.delete': connected,
  'cognitiveservices.privateEndpointConnections.embedded': {
    ...connected,
    part: ['properties', 'privateEndpointConnections'],
  },
  'cognitiveservices.deletedAccounts.get': softDeleted,
  'cognitiveservices.deletedAccounts.purge': softDeleted,
  'cognitiveservices.account.put.restore': {
    seed: existing({ identity: systemAssigned }),
    before: ['cognitiveservices.account.delete'],
  },
  'cognitiveservices.account.put.softDeletedConflict': {
    ...softDeleted,
    body: { kind: 'OpenAI', location: 'eastus', sku: { name: 'S0' }, properties: {} },
  },
  'cognitiveservices.account.put.subdomainConflict': {
    seed: [group, account(accountId('contoso-rg', 'another'), { properties: subdomain })],
    body: { kind: 'OpenAI', location: 'eastus', sku: { name: 'S0' }, properties: subdomain },
  },
  'cognitiveservices.checkDomainAvailability': { instead: { contoso: 'contoso-' } },
};

function networkAclsOf(subnetReference: string) {
  return { defaultAction: 'Deny', virtualNetworkRules: [{ id: subnetReference }], ipRules: [] };
}
