import type { Change } from '../../../src/core/plan/change';
import { subscriptionScope } from '../../../src/core/resources/resourceId';
import type { SandboxSession } from './sandboxSession';

/** Makes changes one after the other, each with what it says that it needs and with reading, and with nothing else. */
export async function withOwnPermissions<T>(
  { connection, allowOnly, sandbox }: SandboxSession,
  changes: readonly Change[],
  make: () => Promise<T>,
): Promise<T> {
  const { write } = connection.azure;
  const readEverything = { action: '*/read', scope: subscriptionScope(sandbox.subscriptionId) };
  const everything = { action: '*', scope: '/' };
  let turn: Promise<void> = Promise.resolve();
  connection.azure.write = (wanted, options) => {
    const mine = turn.then(async () => {
      const change = changes.find(({ resource, body }) => resource === wanted.resource && isAlike(body, wanted.body));
      await allowOnly([readEverything, ...(change?.permissions ?? [])]);
      await write.call(connection.azure, wanted, options).finally(() => allowOnly([everything]));
    });
    turn = mine.catch(() => undefined);
    return mine;
  };
  try {
    return await make();
  } finally {
    connection.azure.write = write;
  }
}

/** References in the body have their values by now, so it is recognized by the names of its properties. */
function isAlike(left: unknown, right: unknown): boolean {
  return JSON.stringify(namesIn(left)) === JSON.stringify(namesIn(right));
}

function namesIn(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).map(([name, item]) => [name, namesIn(item)]);
}
