import { collect } from '../session/collect';
import { privatePathObstacle, privatePathTo } from '../session/verify';
import type { Change } from '../plan/change';
import { text } from '../text';
import { groupBy, idsOf, type PreflightInput } from './input';
import type { PreflightFinding } from './report';

/**
 * Whether this machine would lose access when the public way in is closed. Where the plan builds the private path first,
 * nothing can be measured yet: the guard of the change measures it then.
 */
export async function lockoutFindings({ setup, changes, tools }: PreflightInput): Promise<readonly PreflightFinding[]> {
  const { azure, signal } = tools;
  const planned = new Set(changes.map(({ step }) => step));
  const closing = changes
    .filter(({ guards }) => guards.includes('privatePathAnswers'))
    .map((change) => ({ change, path: privatePathTo(change.step, setup) }))
    .filter(({ path }) => !path.some(({ id }) => planned.has(id)));
  const byPath = groupBy(closing, ({ path }) => path.map(({ id }) => id).join(' '));
  const findings = await Promise.all(
    [...byPath.values()].map(async (alike) => {
      const [first] = alike;
      if (first === undefined) return [];
      const { step } = first.change;
      const snapshot = await collect(setup, azure, { signal, steps: first.path });
      const obstacle = await privatePathObstacle(step, setup, snapshot, false, tools);
      return obstacle === undefined
        ? []
        : [
            finding(
              alike.map(({ change }) => change),
              obstacle,
            ),
          ];
    }),
  );
  return findings.flat();
}

function finding(changes: readonly Change[], obstacle: PreflightFinding['title']): PreflightFinding {
  return {
    kind: 'lockout',
    verdict: 'warns',
    title: obstacle,
    remedy: text(
      'Connect this machine to the virtual network with the VPN and let it resolve the private names, for example with the block for the hosts file. Or accept losing access from this machine.',
    ),
    changes: idsOf(changes),
    ...(changes[0] && { resource: changes[0].resource }),
  };
}
