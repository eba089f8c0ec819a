import { describe, expect, test } from 'vitest';
import { hostExpectations, privateHosts } from '../../../src/core/probes/targets';
import { Snapshot } from '../../../src/core/resources/snapshot';
import { ID } from '../support/ids';
import { snapshotOf, type Reading } from '../support/reading';
import { account, hardenedAccount } from '../support/resources';
import { setup } from '../support/setups';
import type { World } from '../support/world';
import { exposedWorld, hardenedWorld } from '../support/worlds';

function expectationsOf(world: World, reading: Reading = {}) {
  return hostExpectations(reading.setup ?? setup(), snapshotOf(world, reading));
}

describe('the names that are measured', () => {
  test('are the account’s own, each with the endpoint’s address', () => {
    expect(expectationsOf(hardenedWorld())).toEqual([
      { service: 'openAi', host: 'contoso-openai.openai.azure.com', addresses: ['10.0.1.4'] },
    ]);
    expect(expectationsOf(hardenedWorld('AIServices'))).toEqual([
      { service: 'openAi', host: 'contoso-openai.cognitiveservices.azure.com', addresses: ['10.0.1.4'] },
      { service: 'openAi', host: 'contoso-openai.openai.azure.com', addresses: ['10.0.1.5'] },
      { service: 'openAi', host: 'contoso-openai.services.ai.azure.com', addresses: ['10.0.1.6'] },
    ]);
  });

  test('have no address while there is no endpoint', () => {
    expect(expectationsOf(exposedWorld())).toEqual([
      { service: 'openAi', host: 'contoso-openai.openai.azure.com', addresses: [] },
    ]);
  });

  test('never are names that serve everybody, or that somebody else serves', () => {
    const endpoints = {
      a: 'https://eastus.stt.speech.microsoft.com',
      b: 'https://evil.example/',
      c: 'http://contoso-openai.openai.azure.com/',
      d: 'nonsense',
      e: null,
    };
    const world = hardenedWorld(
      'OpenAI',
      hardenedAccount({ properties: { endpoints, endpoint: 'https://eastus.api.cognitive.microsoft.com/' } }),
    );
    expect(expectationsOf(world)).toEqual([]);
  });

  test('there are none for an account without a subdomain, or that could not be read', () => {
    expect(expectationsOf(exposedWorld(account({ properties: { customSubDomainName: null } })))).toEqual([]);
    expect(expectationsOf(hardenedWorld(), { denied: [ID.account] })).toEqual([]);
    expect(hostExpectations(setup(), Snapshot.empty)).toEqual([]);
  });
});

describe('the names and addresses for the hosts file', () => {
  test('are those of the endpoint’s interface', () => {
    expect(privateHosts(setup(), snapshotOf(hardenedWorld()))).toEqual([
      { host: 'contoso-openai.openai.azure.com', address: '10.0.1.4' },
    ]);
  });

  test('there are none where there is no endpoint, no account, or nothing to be read', () => {
    expect(privateHosts(setup(), snapshotOf(exposedWorld()))).toEqual([]);
    expect(privateHosts(setup({ roles: {} }), snapshotOf(hardenedWorld()))).toEqual([]);
    expect(privateHosts(setup(), Snapshot.empty)).toEqual([]);
  });
});
