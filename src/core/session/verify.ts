import { evaluate } from '../evaluate/evaluate';
import type { ProbePort } from '../ports';
import { judgeMeasurement, reachesPrivately, type HostExpectation } from '../probes/judge';
import { hostExpectations } from '../probes/targets';
import type { ProbePosition, ProbeResult } from '../probes/probe';
import type { Snapshot } from '../resources/snapshot';
import type { Setup } from '../setup/setup';
import { text, type Text } from '../text';

/** Measures every host of the setup from every position, and judges what came back. */
export async function verifySetup(
  setup: Setup,
  hosts: readonly HostExpectation[],
  probes: ProbePort,
  signal: AbortSignal,
): Promise<readonly ProbeResult[]> {
  const results: ProbeResult[] = [];
  for (const position of positionsFor(setup, probes)) {
    for (const host of hosts) {
      const measurement = await probes.measure(host.host, position, signal);
      results.push(...judgeMeasurement(measurement, host, setup.options.publicAccess));
    }
  }
  return results;
}

function positionsFor(setup: Setup, probes: ProbePort): readonly ProbePosition[] {
  return probes.positions().flatMap((kind): ProbePosition[] => {
    if (kind !== 'virtualNetwork') return [{ kind }];
    const network = setup.roles.virtualNetwork?.id;
    return network === undefined ? [] : [{ kind, virtualNetwork: network }];
  });
}

/** Steps that make up the private path; each must hold at the moment when the public one is closed. */
const PRIVATE_PATH = [
  'aoai-custom-subdomain',
  'aoai-private-endpoint',
  'aoai-private-dns-records',
  'aoai-private-dns-link',
];

/**
 * Why the public way in must not be closed yet, or undefined where it may: the endpoint is approved, its name resolves
 * to it, and a client was seen to arrive there or the user accepts losing access from this machine.
 */
export async function privatePathObstacle(
  setup: Setup,
  snapshot: Snapshot,
  probes: ProbePort,
  acceptLosingAccess: boolean,
  signal: AbortSignal,
): Promise<Text | undefined> {
  const missing = evaluate(setup, snapshot).findings.find(
    ({ step, status }) => PRIVATE_PATH.includes(step) && status !== 'compliant',
  );
  if (missing) return text('“{0}” does not hold, so closing the public way in would cut everyone off.', missing.title);
  const hosts = hostExpectations(setup, snapshot);
  if (hosts.length === 0) return text('The account has no name of its own yet, so nothing could be measured.');
  const positions = positionsFor(setup, probes).filter(({ kind }) => kind !== 'internet');
  const unreachable = await firstUnreachable(hosts, positions, probes, signal);
  if (unreachable === undefined || acceptLosingAccess) return undefined;
  return text(
    'From here, {0} is not reached through its private endpoint, so you would lose access. Connect to the virtual network and verify, or accept losing access from this machine.',
    unreachable,
  );
}

/** The first host that no position reaches privately. */
async function firstUnreachable(
  hosts: readonly HostExpectation[],
  positions: readonly ProbePosition[],
  probes: ProbePort,
  signal: AbortSignal,
): Promise<string | undefined> {
  for (const expectation of hosts) {
    let reached = false;
    for (const position of positions) {
      reached ||= reachesPrivately(await probes.measure(expectation.host, position, signal), expectation);
    }
    if (!reached) return expectation.host;
  }
  return undefined;
}
