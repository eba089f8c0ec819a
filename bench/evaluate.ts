import { judgeResources } from '../src/core/evaluate/judgeResources';
import type { WireResource } from '../src/core/resources/snapshot';

/** Judging must be linear in the number of resources: a row shows the time for each, and it should not grow. */

const SIZES = [100, 1_000, 10_000, 50_000];
const RUNS = 5;

function account(index: number): WireResource {
  const subscription = '5a4d1f0e-7c3b-4e52-9a86-0b1d2c3e4f50';
  return {
    id: `/subscriptions/${subscription}/resourceGroups/rg-${index % 50}/providers/Microsoft.CognitiveServices/accounts/account-${index}`,
    kind: index % 3 === 0 ? 'OpenAI' : 'SpeechServices',
    properties: {
      customSubDomainName: `account-${index}`,
      publicNetworkAccess: index % 2 === 0 ? 'Enabled' : 'Disabled',
      privateEndpointConnections: [{ properties: { privateLinkServiceConnectionState: { status: 'Approved' } } }],
    },
  };
}

process.stdout.write('judging resources (median of five)\n');
for (const size of SIZES) {
  const resources = Array.from({ length: size }, (_, index) => account(index));
  judgeResources(resources);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    const findings = judgeResources(resources);
    return { time: performance.now() - start, findings: findings.length };
  });
  const median = times.map(({ time }) => time).sort((left, right) => left - right)[Math.floor(RUNS / 2)] ?? 0;
  const memory = (process.memoryUsage().heapUsed - before) / 1_048_576;
  const findings = times[0]?.findings ?? 0;
  process.stdout.write(
    `${String(size).padStart(7)} resources ${median.toFixed(1).padStart(8)} ms ${((median / size) * 1000).toFixed(2).padStart(6)} µs each` +
      ` ${String(findings).padStart(7)} findings ${memory.toFixed(0).padStart(5)} MB\n`,
  );
}
