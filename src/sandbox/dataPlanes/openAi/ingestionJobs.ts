import type { JsonObject } from '../../../core/resources/json';
import { conversation } from '../../arm/messages';
import { DURATIONS, PATIENCE } from '../../durations';
import type { IngestionJob } from '../contents';
import { jsonBody, type DataPlaneCall, type ServiceAnswer } from '../dataPlane';
import { ingest, readIngestion } from './ingestion';
import { openAiRefusal } from './openAiErrors';

/**
 * PUT /openai/ingestion/jobs/{job}: begins a job with one run. What becomes of it is decided now and told when it ends.
 * The wire forms of runs are documented, and those of their errors UNVERIFIED.
 */
export function createIngestionJob(call: DataPlaneCall, [id = '']: readonly string[]): ServiceAnswer {
  const { azure, resource, request, query } = call;
  const definition = jsonBody(request);
  const wanted = definition && readIngestion(definition);
  if (definition === undefined || wanted === undefined) {
    throw openAiRefusal(
      400,
      'InvalidRequest',
      'The ingestion job needs kind SystemCompute, searchServiceConnection.endpoint, datasource.connection.endpoint and datasource.containerName.',
    );
  }
  const failure = ingest(call, id, wanted);
  const job = azure.contents.ingestionJobs.put(resource.id, id, {
    id,
    runId: azure.guids.next(`ingestion ${resource.id}`),
    definition,
    endsAt: azure.clock.now() + DURATIONS.ingestionRun * 1000,
    failure,
  });
  const path = `/openai/ingestion/jobs/${id}`;
  const runPath = `${path}/runs/${job.runId}`;
  return {
    status: 200,
    headers: {
      'operation-location': `https://${request.host}${runPath}?api-version=${query.get('api-version') ?? ''}`,
    },
    body: showJob(job),
    wait: {
      ...UNTIL_NEXT_LOOK,
      thenAsks: [path, `${path}/runs`, runPath].map((each) => conversation('GET', `//${request.host}${each}`)),
    },
  };
}

const UNTIL_NEXT_LOOK = { seconds: PATIENCE.ingestionRun, told: false } as const;

export function getIngestionJob(call: DataPlaneCall, [id = '']: readonly string[]): ServiceAnswer {
  return lookAt(call, id, showJob);
}

export function listIngestionRuns(call: DataPlaneCall, [id = '']: readonly string[]): ServiceAnswer {
  return lookAt(call, id, (job, now) => ({ value: [showRun(job, now)] }));
}

export function getIngestionRun(call: DataPlaneCall, [id = '', runId]: readonly string[]): ServiceAnswer {
  return lookAt(call, id, (job, now) => (job.runId === runId ? showRun(job, now) : undefined));
}

function lookAt(
  { azure, resource }: DataPlaneCall,
  id: string,
  show: (job: IngestionJob, now: number) => JsonObject | undefined,
): ServiceAnswer {
  const job = azure.contents.ingestionJobs.get(resource.id, id);
  const now = azure.clock.now();
  const body = job && show(job, now);
  if (job === undefined || body === undefined) {
    throw openAiRefusal(404, 'NotFound', `The ingestion job '${id}' or its run was not found.`);
  }
  return { status: 200, body, ...(now < job.endsAt ? { wait: UNTIL_NEXT_LOOK } : {}) };
}

function showJob({ id, definition }: IngestionJob): JsonObject {
  return { ...definition, jobId: id };
}

function showRun({ id, runId, endsAt, failure }: IngestionJob, now: number): JsonObject {
  const ended = now >= endsAt;
  const state = ended ? (failure ? 'failed' : 'succeeded') : 'running';
  return {
    jobId: id,
    runId,
    status: state,
    progress: { stageProgress: ['Preprocessing', 'Indexing'].map((name) => ({ name, state })) },
    warnings: [],
    ...(ended && failure ? { error: { ...failure } } : {}),
  };
}
