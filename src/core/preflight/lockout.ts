import { collect } from '../session/collect';
import { privatePathObstacle, privatePathTo } from '../session/verify';
import type { Change } from '../plan/change';
import type { Step } from '../steps/step';
import { text, type Text } from '../text';
import { groupBy, idsOf, type Group, type PreflightInput } from './input';
import type { PreflightFinding } from './report';

/** A change that closes the public way in, and the steps of the private one. */
interface Closing {
  readonly change: Change;
  readonly path: readonly Step[];
}

/**
 * Whether this machine would lose access when the public way in is closed. Where the plan builds the private path first,
 * nothing can be measured yet: the guard of the change measures it then.
 */
export async function lockoutFindings({ setup, changes, tools }: PreflightInput): Promise<readonly PreflightFinding[]> {
  const { azure, signal } = tools;
  const planned = new Set(changes.map(({ step }) => step));
  const closing = changes
    .filter(({ guards }) => guards.includes('privatePathAnswers'))
    .map((change): Closing => ({ change, path: privatePathTo(change.step, setup) }))
    .filter(({ path }) => !path.some(({ id }) => planned.has(id)));
  const byPath = groupBy(closing, ({ path }) => path.map(({ id }) => id).join(' '));
  const steps = [...new Set(closing.flatMap(({ path }) => path))];
  const snapshot = await collect(setup, azure, { signal, steps });
  const findings = await Promise.all(
    [...byPath.values()].map(async (alike) => {
      const [{ change }] = alike;
      const obstacle = await privatePathObstacle(change.step, setup, snapshot, false, tools);
      return obstacle === undefined ? [] : [finding(alike, obstacle)];
    }),
  );
  return findings.flat();
}

function finding(alike: Group<Closing>, obstacle: Text): PreflightFinding {
  return {
    kind: 'lockout',
    verdict: 'warns',
    title: obstacle,
    remedy: text(
      'Connect this machine to the virtual network with the VPN and let it resolve the private names, for example with the block for the hosts file. Or accept losing access from this machine.',
    ),
    changes: idsOf(alike.map(({ change }) => change)),
    resource: alike[0].change.resource,
  };
}
