import { conversation, type ArmRequest } from '../arm/messages';
import type { Operation, Operations } from '../arm/operations';
import { canBeBusy } from './busyAnswers';
import type { FaultKind } from './faultPlan';

/** What a request asks, in a name that is the same in every run, and what can go wrong with it. */
export interface Asked {
  readonly name: string;
  readonly possible: readonly FaultKind[];
  /** The operation whose progress is asked for. */
  readonly polled: Operation | undefined;
}

const EVERYWHERE: readonly FaultKind[] = [
  'throttle',
  'serverError',
  'resetBefore',
  'resetAfter',
  'slow',
  'expiredToken',
  'claims',
  'crash',
];

/** POST requests that only read. */
const READING_POST = /\/(list\w*|check\w*|getByIds|providers\/Microsoft\.ResourceGraph\/resources|queryResults)$/i;

/** The URLs of operations hold ids that differ from run to run; a poll is known by what the operation works on. */
export function askedBy(request: ArmRequest, operations: Operations): Asked {
  const { method, path, body } = request;
  const polled = method === 'GET' ? operations.find(path.slice(path.lastIndexOf('/') + 1)) : undefined;
  if (polled) {
    const name = conversation(`${method} ${polled.kind} of`, polled.target);
    return { name, possible: [...EVERYWHERE, 'lostOperation'], polled };
  }
  const asks = conversation(method, path);
  const reads = method === 'GET' || method === 'HEAD' || READING_POST.test(path);
  // Queries all have one path, and what they ask for in their body.
  if (reads)
    return { name: method === 'POST' ? `${asks} ${JSON.stringify(body)}` : asks, possible: EVERYWHERE, polled };
  return { name: asks, possible: [...EVERYWHERE, ...possibleForWrites(method, path)], polled };
}

function possibleForWrites(method: string, path: string): readonly FaultKind[] {
  return [
    'lostOperation',
    ...(canBeBusy(path) ? (['busy'] as const) : []),
    // The result of an action is no resource that could be left in a bad state.
    ...(method === 'POST' ? [] : (['operationFailed'] as const)),
  ];
}
