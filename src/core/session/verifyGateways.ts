import { GATEWAY_PROOFS, gatewayRequest, judgeGateway, unmadeCall } from '../probes/gateways';
import type { ProbePosition, ProbeResult } from '../probes/probe';
import type { Snapshot } from '../resources/snapshot';
import type { Setup } from '../setup/setup';
import { callOnceKnown, type VerifyTools } from './verifyTools';

/** Calls from the internet through the gateways, and around them. */
export async function verifyGateways(
  setup: Setup,
  snapshot: Snapshot,
  positions: readonly ProbePosition[],
  tools: VerifyTools,
): Promise<readonly ProbeResult[]> {
  const { probes, signal } = tools;
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
    // A role that API Management was just given may not be known to Azure OpenAI yet.
    const measurement = await callOnceKnown(() => probes.measure(request, internet, signal), tools);
    isReached ||= proof !== 'gateway-only' && measurement.https?.status !== undefined;
    results.push(judgeGateway(proof, measurement, setup, isReached));
  }
  return results;
}
