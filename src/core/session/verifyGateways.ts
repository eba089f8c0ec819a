import { GATEWAY_PROOFS, gatewayRequest, judgeGateway, unmadeCall } from '../probes/gateways';
import type { HostMeasurement, ProbePosition, ProbeRequest, ProbeResult } from '../probes/probe';
import { wantsRole } from '../probes/proofs';
import type { Snapshot } from '../resources/snapshot';
import type { Setup } from '../setup/setup';
import { ROLE_WAITS, type VerifyTools } from './verifyTools';

/** Calls from the internet through the gateways, and around them. */
export async function verifyGateways(
  setup: Setup,
  snapshot: Snapshot,
  positions: readonly ProbePosition[],
  tools: VerifyTools,
): Promise<readonly ProbeResult[]> {
  const internet = positions.find(({ kind }) => kind === 'internet');
  if (!setup.scenarios.includes('api-gateway') || internet === undefined) return [];
  const results: ProbeResult[] = [];
  let isReached = false;
  for (const proof of GATEWAY_PROOFS) {
    if (proof === 'gateway-chat' && !setup.options.proofs.includes('inference')) continue;
    const request = gatewayRequest(proof, setup, snapshot);
    if ('message' in request) {
      results.push(unmadeCall(proof, setup, request));
      continue;
    }
    const measurement = await callOnceKnown(request, internet, tools);
    isReached ||= proof !== 'gateway-only' && measurement.https?.status !== undefined;
    results.push(judgeGateway(proof, measurement, setup, isReached));
  }
  return results;
}

/** A role that API Management was just given may not be known to Azure OpenAI yet. */
async function callOnceKnown(
  request: ProbeRequest,
  position: ProbePosition,
  { probes, clock, signal, rolesAreNew }: VerifyTools,
): Promise<HostMeasurement> {
  let measurement = await probes.measure(request, position, signal);
  for (const seconds of rolesAreNew ? ROLE_WAITS : []) {
    if (!wantsRole(measurement)) break;
    await clock.sleep(seconds * 1000, signal);
    measurement = await probes.measure(request, position, signal);
  }
  return measurement;
}
