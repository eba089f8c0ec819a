import { describe, expect, test } from 'vitest';
import type { HttpsMeasurement, ProbePosition } from '../../../src/core/probes/probe';
import {
  inferenceRequest,
  ingestionRequest,
  isUnderWay,
  judgeProof,
  proofParts,
  wantsRole,
  type ProofParts,
} from '../../../src/core/probes/proofs';
import type { ProofId } from '../../../src/core/setup/setup';
import { container, deployment } from '../support/dataResources';
import { dataWorld, dataWorldWithout } from '../support/dataWorlds';
import { answerWell, ingestionRuns } from '../support/fakeProbes';
import { DATA, ID } from '../support/ids';
import { english, snapshotOf, type Reading } from '../support/reading';
import { dataSetup, setup } from '../support/setups';
import type { World } from '../support/world';

const DOCUMENTS = `${DATA.storage}/blobServices/default/containers/documents`;

function partsOf(world: World, reading: Reading = {}): ProofParts | string {
  const wanted = reading.setup ?? dataSetup();
  const parts = proofParts(wanted, snapshotOf(world, { ...reading, setup: wanted }));
  return 'message' in parts ? english(parts) : parts;
}

describe('what the calls are made of', () => {
  test('is read from the resources themselves', () => {
    expect(partsOf(dataWorld())).toEqual({
      openAiHost: 'contoso-openai.openai.azure.com',
      searchEndpoint: 'https://contoso-search.search.windows.net',
      storageEndpoint: 'https://contosodata.blob.core.windows.net/',
      storageAccount: DATA.storage,
      container: 'documents',
      chatDeployment: 'gpt-4o',
      embeddingDeployment: 'text-embedding-3-small',
    });
  });

  test('are the deployments’ own names, and a container of the account’s own', () => {
    const world = dataWorldWithout(DOCUMENTS, `${ID.account}/deployments/gpt-4o`)
      .put(container('$web'))
      .put(container('reports'))
      .put(deployment('our model', 'gpt-4.1'));
    const parts = partsOf(world);
    expect(parts).toMatchObject({ container: 'reports', chatDeployment: 'our model' });
    if (typeof parts !== 'string') expect(inferenceRequest(parts).path).toContain('/deployments/our%20model/');
  });

  test.each<[string, () => World, Reading, string]>([
    [
      'a role of the setup',
      dataWorld,
      { setup: setup({ scenarios: ['on-your-data'] }) },
      'A resource is missing in the setup.',
    ],
    ['a service', () => dataWorldWithout(DATA.search), {}, 'A resource does not exist yet.'],
    [
      'a model',
      () => dataWorldWithout(`${ID.account}/deployments/gpt-4o`),
      {},
      'No model is deployed that answers, or none that embeds.',
    ],
    ['a container', () => dataWorldWithout(DOCUMENTS), {}, 'The storage account has no container for documents.'],
  ])('where %s is missing, nothing is called, and that is said', (_, world, reading, words) => {
    expect(partsOf(world(), reading)).toBe(words);
  });

  test('what may not be read is not called missing', () => {
    expect(partsOf(dataWorld(), { denied: [`${ID.account}/deployments`] })).toContain('could not be read');
    const containers = `${DATA.storage}/blobServices/default/containers`;
    expect(partsOf(dataWorld(), { denied: [containers] })).toContain('could not be read');
  });

  test('has no key in it: every connection is by identity', () => {
    const parts = partsOf(dataWorld());
    if (typeof parts === 'string') throw new Error(parts);
    const bodies = JSON.stringify([ingestionRequest(parts).body, inferenceRequest(parts).body]);
    expect(bodies).not.toMatch(/api.?key|connectionString|accountKey/i);
    expect(bodies.match(/EndpointWithManagedIdentity/g)).toHaveLength(2);
    expect(bodies).toContain('system_assigned_managed_identity');
  });

  test('asks with the filter of documents, where there is one', () => {
    const parts = partsOf(dataWorld());
    if (typeof parts === 'string') throw new Error(parts);
    const about = { index: 'reports', filter: "group_ids/any(g:search.in(g, 'a'))" };
    expect(JSON.stringify(inferenceRequest(parts, about).body)).toContain(about.filter);
  });
});

type Answer = Partial<HttpsMeasurement>;
const INSIDE: ProbePosition = { kind: 'virtualNetwork', virtualNetwork: ID.network };
const INTERNET: ProbePosition = { kind: 'internet' };
const NETWORK_REFUSAL = { status: 403, message: 'Public access is disabled. Please configure private endpoint.' };

function judged(
  proof: ProofId,
  https: Answer | undefined,
  position = INSIDE,
  access: 'disabled' | 'selectedNetworks' = 'disabled',
) {
  const host = 'contoso-openai.openai.azure.com';
  const measurement = {
    host,
    position,
    canonicalNames: [],
    addresses: [],
    ...(https && { https: { address: '10.0.1.4', ...https } }),
  };
  const { verdict, advice, actual } = judgeProof(proof, measurement, position, 'you', access);
  return { verdict, advice: english(advice), actual: english(actual) };
}

const request = (path: string) => answerWell({ service: 'openAi', host: '', method: 'GET', path });

describe('inside, a call', () => {
  test('succeeds where the service did what was asked', () => {
    expect(judged('ingestion', request('/runs?'))).toMatchObject({ verdict: 'pass', actual: 'job succeeded' });
    expect(judged('inference', request('/chat/completions'))).toMatchObject({
      verdict: 'pass',
      actual: 'answered, with 1 citations',
    });
  });

  test('that was answered without the documents proves nothing', () => {
    const plain = { status: 200, body: { choices: [{ message: { content: 'hello' } }] } };
    expect(judged('inference', plain).verdict).toBe('fail');
  });

  test('an empty list of citations is an answer from the index all the same', () => {
    const empty = { status: 200, body: { choices: [{ message: { context: { citations: [] } } }] } };
    expect(judged('inference', empty).verdict).toBe('pass');
  });

  test('that is refused for want of a role says so', () => {
    const result = judged('inference', { status: 401, message: 'PermissionDenied' });
    expect(result.verdict).toBe('fail');
    expect(result.advice).toContain('role');
  });

  test('that another service refused shows the words of that one', () => {
    const message = 'An error occurred when calling Azure Cognitive Search: status code 403';
    const result = judged('inference', { status: 400, message });
    expect(result.verdict).toBe('fail');
    expect(result.actual).toContain(message);
    expect(result.advice).toContain('the service that refused');
  });

  test('that arrived nowhere fails', () => {
    expect(judged('inference', undefined).verdict).toBe('fail');
    expect(judged('ingestion', { error: 'ETIMEDOUT' }).verdict).toBe('fail');
  });

  test.each<[string, ProofId, Answer]>([
    ['by its status', 'ingestion', { status: 410 }],
    ['by its words', 'inference', { status: 400, message: 'The feature is no longer supported.' }],
    ['by its code', 'inference', { status: 404, code: 'ModelDeprecated', message: 'Gone' }],
    ['by the end of a job', 'ingestion', ingestionRuns('failed', 'This API version has been retired.')],
  ])('to what Azure has retired is unknown, never failed, and says so: %s', (_, proof, answer) => {
    const result = judged(proof, answer);
    expect(result.verdict).toBe('unknown');
    expect(result.advice).toContain('retired the feature');
    expect(result.advice).toContain('stay right for what replaces it');
  });
});

describe('an ingestion job', () => {
  test.each(['running', 'notRunning', 'queued', ''])('that is “%s” is under way, and that is unknown', (status) => {
    expect(isUnderWay(ingestionRuns(status).body)).toBe(true);
    expect(judged('ingestion', ingestionRuns(status))).toMatchObject({ verdict: 'unknown' });
  });

  test.each(['failed', 'canceled'])('that has %s fails, with its reason', (status) => {
    const result = judged('ingestion', ingestionRuns(status, 'Search responded with status 403'));
    expect(result).toMatchObject({ verdict: 'fail', actual: `job ${status}: Search responded with status 403` });
  });

  test('is judged by its newest run', () => {
    const runs = [
      { status: 'failed', startTime: '2026-01-01T00:00:00Z' },
      { status: 'succeeded', startTime: '2026-01-02T00:00:00Z' },
    ];
    for (const value of [runs, [...runs].reverse()])
      expect(judged('ingestion', { status: 200, body: { value } }).verdict).toBe('pass');
  });
});

describe('from the internet, a call', () => {
  test.each<[string, Answer, string]>([
    ['is to be refused by the network', NETWORK_REFUSAL, 'pass'],
    ['that is answered finds the account open', { status: 200 }, 'fail'],
    ['that the service refuses for its content was let in', { status: 400, message: 'bad index' }, 'fail'],
    ['without a role is refused before the network is judged', { status: 401 }, 'unknown'],
    ['that arrived nowhere was not refused', { error: 'ETIMEDOUT' }, 'unknown'],
  ])('%s', (_, answer, verdict) => {
    expect(judged('inference', answer, INTERNET).verdict).toBe(verdict);
  });

  test('may be answered where addresses are listed: this one may be', () => {
    expect(judged('inference', { status: 200 }, INTERNET, 'selectedNetworks').verdict).toBe('unknown');
    expect(judged('inference', NETWORK_REFUSAL, INTERNET, 'selectedNetworks').verdict).toBe('pass');
  });
});

test.each<[string, Answer, boolean]>([
  ['a caller without a role', { status: 401 }, true],
  ['a service without a role on another', { status: 400, message: 'Search responded with status 403' }, true],
  ['a job for which Storage refused', ingestionRuns('failed', 'AuthorizationPermissionMismatch'), true],
  ['a network that refused', NETWORK_REFUSAL, false],
  ['a job that succeeded', ingestionRuns('succeeded'), false],
])('time may help %s', (_, https, helps) => {
  const measurement = {
    host: '',
    position: INSIDE,
    canonicalNames: [],
    addresses: [],
    https: { address: '', ...https },
  };
  expect(wantsRole(measurement)).toBe(helps);
});
