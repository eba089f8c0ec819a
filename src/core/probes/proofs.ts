import { asArray, asObjects, asString, type Json, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { childId } from '../resources/resourceId';
import type { Snapshot } from '../resources/snapshot';
import type { ProofId, Setup } from '../setup/setup';
import { deploymentsIn } from '../steps/onYourData';
import { containersId, containersIn } from '../steps/storage';
import { text, type Text } from '../text';
import { ANSWERED_IF_LISTED, describeAnswer, REFUSED_UNLESS_LISTED, refusesNetwork } from './judge';
import type { HostMeasurement, Judgement, ProbePosition, ProbeRequest, ProbeResult } from './probe';
import { mainHost } from './targets';

/** What the calls that prove the result are made of. */
export interface ProofParts {
  readonly openAiHost: string;
  readonly searchEndpoint: string;
  readonly storageEndpoint: string;
  readonly storageAccount: string;
  readonly container: string;
  readonly chatDeployment: string;
  readonly embeddingDeployment: string;
}

/** The index that ingestion makes. An ingestion job is called like its index. */
export const PROOF_INDEX = 'ringfence-proof';

const INGESTION_VERSION = '2025-03-01-preview';
const INFERENCE_VERSION = '2024-05-01-preview';

/** The parts as the snapshot has them, or what is missing. */
export function proofParts(setup: Setup, snapshot: Snapshot): ProofParts | Text {
  const { openAi, search, storage } = setup.roles;
  if (!openAi || !search || !storage) return text('A resource is missing in the setup.');
  const openAiHost = mainHost(setup, snapshot, 'openAi');
  const searchHost = mainHost(setup, snapshot, 'search');
  const storageHost = mainHost(setup, snapshot, 'storage');
  if (!openAiHost || !searchHost || !storageHost) return text('A resource does not exist yet.');
  const deployments = itemsOf(snapshot, childId(openAi.id, 'deployments'));
  if (deployments === undefined) return text('Which models are deployed could not be read.');
  const { chat, embedding } = deploymentsIn(deployments);
  if (chat === undefined || embedding === undefined)
    return text('No model is deployed that answers, or none that embeds.');
  const containers = itemsOf(snapshot, containersId(storage.id));
  if (containers === undefined) return text('Which containers the storage account has could not be read.');
  const [container] = containersIn(containers);
  if (container === undefined) return text('The storage account has no container for documents.');
  return {
    openAiHost,
    searchEndpoint: `https://${searchHost}`,
    storageEndpoint: `https://${storageHost}/`,
    storageAccount: storage.id,
    container,
    chatDeployment: chat,
    embeddingDeployment: embedding,
  };
}

/** The items of a list; undefined where it was not read, or could not be. */
function itemsOf(snapshot: Snapshot, id: string): readonly JsonObject[] | undefined {
  const entry = snapshot.get(id);
  if (entry === undefined || entry.state === 'unreadable') return undefined;
  return entry.state === 'present' ? asObjects(entry.resource['value']) : [];
}

/**
 * Starts an ingestion job: documents of the container become an index, by the services' own identities.
 * Source: https://learn.microsoft.com/rest/api/azureopenai/ingestion-jobs/create
 */
export function ingestionRequest(parts: ProofParts): ProbeRequest {
  return {
    service: 'openAi',
    host: parts.openAiHost,
    method: 'PUT',
    path: `/openai/ingestion/jobs/${PROOF_INDEX}?api-version=${INGESTION_VERSION}`,
    body: {
      kind: 'SystemCompute',
      searchServiceConnection: { kind: 'EndpointWithManagedIdentity', endpoint: parts.searchEndpoint },
      datasource: {
        kind: 'Storage',
        connection: {
          kind: 'EndpointWithManagedIdentity',
          endpoint: parts.storageEndpoint,
          resourceId: parts.storageAccount,
        },
        containerName: parts.container,
        chunking: { maxChunkSizeInTokens: 1024 },
        embeddings: [{ connection: { kind: 'RelativeConnection' }, deploymentName: parts.embeddingDeployment }],
      },
      completionAction: 'cleanUpTempAssets',
    },
  };
}

/** Asks how the runs of the job go; the newest tells what became of it. */
export function ingestionRunsRequest({ openAiHost }: ProofParts): ProbeRequest {
  return {
    service: 'openAi',
    host: openAiHost,
    method: 'GET',
    path: `/openai/ingestion/jobs/${PROOF_INDEX}/runs?api-version=${INGESTION_VERSION}`,
  };
}

/** Whether the job has come to no end yet, by its own word. */
export function isUnderWay(runs: Json | undefined): boolean {
  return !/succe|complet|fail|cancel/i.test(statusOf(runs));
}

function statusOf(runs: Json | undefined): string {
  return asString(newestRun(runs)?.['status']) ?? '';
}

function newestRun(runs: Json | undefined): JsonObject | undefined {
  return [...asObjects(readPath(runs, 'value'))].sort((left, right) =>
    String(right['startTime'] ?? '').localeCompare(String(left['startTime'] ?? '')),
  )[0];
}

/** Asks about the documents. Source: https://learn.microsoft.com/azure/ai-services/openai/references/on-your-data */
export function inferenceRequest(
  parts: ProofParts,
  about: { readonly index: string; readonly filter?: string | undefined } = { index: PROOF_INDEX },
): ProbeRequest {
  return {
    service: 'openAi',
    host: parts.openAiHost,
    method: 'POST',
    path: `/openai/deployments/${encodeURIComponent(parts.chatDeployment)}/chat/completions?api-version=${INFERENCE_VERSION}`,
    body: {
      messages: [{ role: 'user', content: 'What are these documents about?' }],
      max_tokens: 50,
      data_sources: [
        {
          type: 'azure_search',
          parameters: {
            endpoint: parts.searchEndpoint,
            index_name: about.index,
            authentication: { type: 'system_assigned_managed_identity' },
            ...(about.filter !== undefined && { filter: about.filter }),
          },
        },
      ],
    },
  };
}

const TITLES: Readonly<Record<ProofId, Text>> = {
  ingestion: text('Documents are ingested'),
  inference: text('A question about the documents is answered'),
};

/** Judges a call that proves the result: the internet is refused, everybody inside succeeds. */
export function judgeProof(
  proof: ProofId,
  measurement: HostMeasurement,
  position: ProbePosition,
  as: ProbeRequest['as'],
  publicAccess: Setup['options']['publicAccess'],
): ProbeResult {
  const fromInternet = position.kind === 'internet';
  const isOpenToSome = fromInternet && publicAccess === 'selectedNetworks';
  return {
    id: `${proof}/${position.kind}`,
    title: TITLES[proof],
    host: measurement.host,
    position,
    expected: isOpenToSome
      ? REFUSED_UNLESS_LISTED
      : fromInternet
        ? text('refused')
        : as === 'webApp'
          ? text('success, with the app’s own identity')
          : text('success'),
    actual: describeCall(proof, measurement),
    ...(fromInternet ? judgeOutside(measurement, isOpenToSome) : judgeInside(proof, measurement)),
  };
}

/** A call that could not be made. */
export function unprovable(proof: ProofId, position: ProbePosition, reason: Text): ProbeResult {
  return {
    id: `${proof}/${position.kind}`,
    title: TITLES[proof],
    host: '',
    position,
    expected: text('success'),
    actual: text('not asked'),
    verdict: 'unknown',
    advice: reason,
  };
}

/**
 * Whether a call, or one that a service made for it, was refused for want of a role: what a role that was just given may
 * still do for some minutes. The words inside are the refusing service's own.
 */
export function wantsRole({ https }: HostMeasurement): boolean {
  if (https?.status === 401) return true;
  const run = asString(readPath(newestRun(https?.body), 'error.message')) ?? '';
  return /responded with status 40[13]|AuthorizationPermissionMismatch/i.test(`${https?.message ?? ''} ${run}`);
}

function judgeOutside({ https }: HostMeasurement, isOpenToSome: boolean): Judgement {
  if (https?.status === undefined) {
    return { verdict: 'unknown', advice: text('The service was not reached, so it did not refuse either.') };
  }
  if (refusesNetwork('openAi', https)) return { verdict: 'pass' };
  if (https.status === 401) {
    return {
      verdict: 'unknown',
      advice: text('The call was refused for want of a role or a token, before the network was judged.'),
    };
  }
  return isOpenToSome
    ? { verdict: 'unknown', advice: ANSWERED_IF_LISTED }
    : { verdict: 'fail', advice: text('The internet still gets an answer.') };
}

function judgeInside(proof: ProofId, { https }: HostMeasurement): Judgement {
  if (https?.status === undefined) {
    return {
      verdict: 'fail',
      advice: text('The service was not reached. Mend the name resolution and the route first.'),
    };
  }
  if (https.status < 300) return judgeContent(proof, https.body);
  if (https.status === 410 || isRetired(https.code, https.message)) return RETIRED;
  if (https.status === 401) {
    return {
      verdict: 'fail',
      advice: text(
        'The caller lacks a role on the account. A new role can take up to ten minutes to be known; then verify again.',
      ),
    };
  }
  return REFUSED_INSIDE;
}

function judgeContent(proof: ProofId, body: Json | undefined): Judgement {
  if (proof === 'ingestion') {
    if (/succe|complet/i.test(statusOf(body))) return { verdict: 'pass' };
    return isUnderWay(body)
      ? { verdict: 'unknown', advice: text('The job is still running. Verify again in a few minutes.') }
      : judgeFailure(newestRun(body));
  }
  const [choice] = asArray(readPath(body, 'choices'));
  return Array.isArray(readPath(choice, 'message.context.citations'))
    ? { verdict: 'pass' }
    : { verdict: 'fail', advice: text('The model answered without looking at the documents.') };
}

function judgeFailure(run: JsonObject | undefined): Judgement {
  const [code, message] = [readPath(run, 'error.code'), readPath(run, 'error.message')].map(asString);
  return isRetired(code, message) ? RETIRED : REFUSED_INSIDE;
}

const REFUSED_INSIDE: Judgement = {
  verdict: 'fail',
  advice: text(
    'Look for the service that refused in the message, and check its identity, role, trusted services and keys.',
  ),
};

const RETIRED: Judgement = {
  verdict: 'unknown',
  advice: text(
    'Azure seems to have retired the feature: “On your data” is deprecated, with its models. The network and the roles that you set up stay right for what replaces it.',
  ),
};

/** How Azure speaks of what it no longer offers. Which words it uses here is not documented. */
function isRetired(code = '', message = ''): boolean {
  return /deprecat|retire|no longer (available|supported)|has been removed/i.test(`${code} ${message}`);
}

function describeCall(proof: ProofId, measurement: HostMeasurement): Text {
  const { https } = measurement;
  if (https?.status === undefined || https.status >= 300) return describeAnswer(measurement);
  if (proof === 'inference') {
    const [choice] = asArray(readPath(https.body, 'choices'));
    return text('answered, with {0} citations', asArray(readPath(choice, 'message.context.citations')).length);
  }
  const reason = asString(readPath(newestRun(https.body), 'error.message'));
  return reason === undefined
    ? text('job {0}', statusOf(https.body))
    : text('job {0}: {1}', statusOf(https.body), reason);
}
