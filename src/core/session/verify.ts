import { evaluate } from '../evaluate/evaluate';
import type { FindingStatus } from '../evaluate/finding';
import type { ProbePort } from '../ports';
import { judgeMeasurement, reachesPrivately, type HostExpectation } from '../probes/judge';
import {
  inferenceRequest,
  ingestionRequest,
  ingestionRunsRequest,
  isUnderWay,
  judgeProof,
  proofParts,
  unprovable,
  type ProofParts,
} from '../probes/proofs';
import { cheapestRequest } from '../probes/requests';
import { hostExpectations } from '../probes/targets';
import type { HostMeasurement, ProbePosition, ProbeRequest, ProbeResult } from '../probes/probe';
import type { Snapshot } from '../resources/snapshot';
import type { ProofId, Setup } from '../setup/setup';
import { privatePathSteps, type PrivateService } from '../steps/privateServices';
import { findStep, stepsOf } from '../steps/registry';
import type { Step } from '../steps/step';
import { text, type Text } from '../text';
import { verifyGateways } from './verifyGateways';
import { callOnceKnown, type VerifyTools } from './verifyTools';

/**
 * Measures every host of the setup from every position, then makes the calls that prove the result, and judges what
 * came back.
 */
export async function verifySetup(
  setup: Setup,
  snapshot: Snapshot,
  tools: VerifyTools,
): Promise<readonly ProbeResult[]> {
  const results: ProbeResult[] = [];
  const positions = positionsFor(setup, tools.probes);
  for (const position of positions) {
    for (const host of hostExpectations(setup, snapshot)) {
      // The app talks to Azure OpenAI alone.
      if (position.kind === 'webApp' && host.service !== 'openAi') continue;
      const measurement = await tools.probes.measure(cheapestRequest(host.service, host.host), position, tools.signal);
      results.push(...judgeMeasurement(measurement, host, setup.options));
    }
  }
  return [
    ...results,
    ...(await prove(setup, snapshot, positions, tools)),
    ...(await verifyGateways(setup, snapshot, positions, tools)),
  ];
}

/** Ingestion comes first everywhere, because inference asks about what it made. */
async function prove(
  setup: Setup,
  snapshot: Snapshot,
  positions: readonly ProbePosition[],
  tools: VerifyTools,
): Promise<readonly ProbeResult[]> {
  if (!setup.scenarios.includes('on-your-data')) return [];
  const parts = proofParts(setup, snapshot);
  const results: ProbeResult[] = [];
  for (const proof of (['ingestion', 'inference'] as const).filter((id) => setup.options.proofs.includes(id))) {
    for (const position of positions) {
      results.push(
        'message' in parts ? unprovable(proof, position, parts) : await proveFrom(proof, parts, position, setup, tools),
      );
    }
  }
  return results;
}

async function proveFrom(
  proof: ProofId,
  parts: ProofParts,
  position: ProbePosition,
  { options }: Setup,
  tools: VerifyTools,
): Promise<ProbeResult> {
  // The documents give the app the role to ask, not the one to ingest: from there, ingestion is yours.
  const as = position.kind === 'webApp' && proof === 'inference' ? 'webApp' : 'you';
  const measure = (request: ProbeRequest): Promise<HostMeasurement> =>
    tools.probes.measure({ ...request, as }, position, tools.signal);
  const call = (): Promise<HostMeasurement> =>
    proof === 'inference'
      ? measure(inferenceRequest(parts))
      : ingest(parts, measure, tools, position.kind !== 'internet');
  const measurement = await (position.kind === 'internet' ? call() : callOnceKnown(call, tools));
  return judgeProof(proof, measurement, position, as, options.publicAccess);
}

/** Waits between looks at an ingestion job, in seconds; five minutes in all. */
const JOB_WAITS = [0, 2, 5, 10, 20, 30, 60, 60, 60, 60];

async function ingest(
  parts: ProofParts,
  measure: (request: ProbeRequest) => Promise<HostMeasurement>,
  { clock, signal }: VerifyTools,
  wait: boolean,
): Promise<HostMeasurement> {
  const created = await measure(ingestionRequest(parts));
  if (!wait || created.https?.status === undefined || created.https.status >= 300) return created;
  let runs = created;
  for (const seconds of JOB_WAITS) {
    await clock.sleep(seconds * 1000, signal);
    runs = await measure(ingestionRunsRequest(parts));
    if (runs.https?.status === undefined || runs.https.status >= 300 || !isUnderWay(runs.https.body)) break;
  }
  return runs;
}

function positionsFor(setup: Setup, probes: ProbePort): readonly ProbePosition[] {
  return probes.positions().flatMap((kind): ProbePosition[] => {
    switch (kind) {
      case 'here':
      case 'internet':
        return [{ kind }];
      case 'virtualNetwork': {
        const network = setup.roles.virtualNetwork?.id;
        return network === undefined ? [] : [{ kind, virtualNetwork: network }];
      }
      case 'webApp': {
        const site = setup.scenarios.includes('on-your-data') ? setup.roles.webApp?.id : undefined;
        return site === undefined ? [] : [{ kind, site }];
      }
    }
  });
}

/**
 * Why the public way in must not be closed yet, or undefined where it may: the endpoint is approved, its name resolves
 * to it, and a client was seen to arrive there or the user accepts losing access from this machine.
 * @param step The step that closes it: which service it is about decides what is looked at.
 */
export async function privatePathObstacle(
  step: string,
  setup: Setup,
  snapshot: Snapshot,
  acceptLosingAccess: boolean,
  { probes, signal }: Omit<VerifyTools, 'clock'>,
): Promise<Text | undefined> {
  const missing = evaluate(setup, snapshot, privatePathTo(step, setup)).findings.find(
    ({ step: part, status }) => status !== 'compliant' && !isLeftOut(part, status, setup),
  );
  if (missing) return text('“{0}” does not hold, so closing the public way in would cut everyone off.', missing.title);
  const service = serviceOf(step);
  const hosts = hostExpectations(setup, snapshot).filter((host) => host.service === service);
  if (hosts.length === 0) return text('The account has no name of its own yet, so nothing could be measured.');
  const positions = positionsFor(setup, probes).filter(({ kind }) => kind === 'here' || kind === 'virtualNetwork');
  const unreachable = await firstUnreachable(hosts, positions, probes, signal);
  if (unreachable === undefined || acceptLosingAccess) return undefined;
  return text(
    'From here, {0} is not reached through its private endpoint, so you would lose access. Connect to the virtual network and verify, or accept losing access from this machine.',
    unreachable,
  );
}

/** The steps of a setup that make up the private path to the service that a step closes. */
export function privatePathTo(step: string, { scenarios }: Setup): readonly Step[] {
  const path = privatePathSteps(serviceOf(step));
  return stepsOf(scenarios).filter(({ id }) => path.includes(id));
}

/** Not part of what the setup wants. A step that is skipped is, and nobody has looked whether it holds. */
function isLeftOut(step: string, status: FindingStatus, { skip }: Setup): boolean {
  return status === 'notApplicable' && skip[step] === undefined;
}

function serviceOf(step: string): PrivateService['role'] {
  const on = findStep(step)?.on;
  return on === 'search' || on === 'storage' ? on : 'openAi';
}

/** The first host that no position reaches privately. */
async function firstUnreachable(
  hosts: readonly HostExpectation[],
  positions: readonly ProbePosition[],
  probes: ProbePort,
  signal: AbortSignal,
): Promise<string | undefined> {
  for (const expectation of hosts) {
    const request = cheapestRequest(expectation.service, expectation.host);
    let reached = false;
    for (const position of positions) {
      reached ||= reachesPrivately(await probes.measure(request, position, signal), expectation);
    }
    if (!reached) return expectation.host;
  }
  return undefined;
}
