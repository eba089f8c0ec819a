import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import { objectOf } from '../../bodies';
import { DEPLOYMENT } from '../../providers/cognitiveServices/deployments';
import { jsonBody, type DataPlaneCall, type ServiceAnswer } from '../dataPlane';
import { completion } from './completion';
import { completeOnYourData } from './onYourData';
import { createIngestionJob, getIngestionJob, getIngestionRun, listIngestionRuns } from './ingestionJobs';
import { noDeployment, openAiRefusal } from './openAiErrors';

/** Something that Azure OpenAI can be asked. */
export interface OpenAiOperation {
  /** Below `Microsoft.CognitiveServices/accounts/OpenAI/`. */
  readonly dataAction: string;
  readonly perform: (call: DataPlaneCall) => ServiceAnswer;
}

type Perform = (call: DataPlaneCall, names: readonly string[]) => ServiceAnswer;

/** The data actions of ingestion jobs are UNVERIFIED. */
const OPERATIONS: readonly (readonly [method: string, path: RegExp, dataAction: string, perform: Perform])[] = [
  ['GET', /^\/openai\/models$/, 'models/read', listModels],
  ['POST', /^\/openai\/deployments\/([^/]+)\/chat\/completions$/, 'deployments/chat/completions/action', completeChat],
  ['POST', /^\/openai\/deployments\/([^/]+)\/embeddings$/, 'deployments/embeddings/action', embed],
  ['PUT', /^\/openai\/ingestion\/jobs\/([^/]+)$/, 'ingestion/jobs/write', createIngestionJob],
  ['GET', /^\/openai\/ingestion\/jobs\/([^/]+)$/, 'ingestion/jobs/read', getIngestionJob],
  ['GET', /^\/openai\/ingestion\/jobs\/([^/]+)\/runs$/, 'ingestion/jobs/runs/read', listIngestionRuns],
  ['GET', /^\/openai\/ingestion\/jobs\/([^/]+)\/runs\/([^/]+)$/, 'ingestion/jobs/runs/read', getIngestionRun],
];

export function findOperation(method: string, path: string): OpenAiOperation | undefined {
  for (const [wanted, pattern, dataAction, perform] of OPERATIONS) {
    const match = wanted === method ? pattern.exec(path) : null;
    if (match) return { dataAction, perform: (call) => perform(call, match.slice(1)) };
  }
  return undefined;
}

function listModels(call: DataPlaneCall): ServiceAnswer {
  const data = deploymentsOf(call).map((deployment) => ({
    id: modelOf(deployment) ?? deployment.name,
    object: 'model',
    status: 'succeeded',
  }));
  return { status: 200, body: { data, object: 'list' } };
}

function completeChat(call: DataPlaneCall, [name]: readonly string[]): ServiceAnswer {
  const deployment = requireDeployment(call, name);
  const body = jsonBody(call.request) ?? {};
  if ('data_sources' in body) return completeOnYourData(call, deployment.name, body);
  const content = 'The sandbox answers: the request got through, and no model was asked.';
  return { status: 200, body: completion(deployment.name, { role: 'assistant', content }) };
}

function embed(call: DataPlaneCall, [name]: readonly string[]): ServiceAnswer {
  const deployment = requireDeployment(call, name);
  const model = modelOf(deployment) ?? '';
  if (!model.includes('embedding')) {
    const message = `The embeddings operation does not work with the specified model, ${model}. Please choose different model and try again. You can learn more about which models can be used with each operation here: https://go.microsoft.com/fwlink/?linkid=2197993.`;
    throw openAiRefusal(400, 'OperationNotSupported', message);
  }
  const data = [{ object: 'embedding', index: 0, embedding: [0, 0, 0] }];
  const usage = { prompt_tokens: 0, total_tokens: 0 };
  return { status: 200, body: { object: 'list', data, model: deployment.name, usage } };
}

function deploymentsOf({ azure, resource }: DataPlaneCall): readonly StoredResource[] {
  return azure.store.children(resource.id, DEPLOYMENT.type);
}

function requireDeployment(call: DataPlaneCall, name = ''): StoredResource {
  const deployment = deploymentsOf(call).find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (deployment === undefined) throw noDeployment();
  return deployment;
}

function modelOf(deployment: StoredResource): string | undefined {
  const { name } = objectOf(propertiesOf(deployment)['model']);
  return typeof name === 'string' ? name : undefined;
}
