import { createHash } from 'node:crypto';
import { parseResourceId } from '../../core/resources/resourceId';
import type { Dialect } from './dialects';
import type { Operation } from './operations';

/** A path of a dialect with what is in braces filled in. */
export function fill(path: string, operation: Operation): string {
  const target = parseResourceId(operation.target);
  return path
    .replace('{subscription}', target?.subscriptionId ?? '')
    .replace('{group}', target?.resourceGroup ?? '')
    .replace('{name0}', target?.names[0] ?? '')
    .replace('{name1}', target?.names[1] ?? '')
    .replace('{location}', operation.location)
    .replace('{operation}', operation.id);
}

/** The id of an operation as the provider writes it. */
export function operationId(dialect: Dialect, guid: string): string {
  if (dialect.operationId === 'guid') return guid;
  // Recorded: twenty digits that begin like this.
  if (dialect.operationId === 'digits')
    return `08585${BigInt(`0x${guid.slice(24)}`)
      .toString()
      .padStart(15, '0')}`;
  const text = dialect.operationId === 'job' ? JSON.stringify({ jobId: guid.toUpperCase() }) : guid;
  return Buffer.from(text).toString('base64url');
}

/** Azure signs these URLs since 2023, which makes them about three kilobytes long: clients must follow them as they are. */
export function signature(operation: Operation): string {
  const ticks = BigInt(Math.trunc(operation.startedAt)) * 10_000n + 621_355_968_000_000_000n;
  const noise = (label: string, length: number): string => {
    const block = createHash('sha512').update(`${label} ${operation.id}`).digest('base64url');
    return block.repeat(Math.ceil(length / block.length)).slice(0, length);
  };
  return `t=${String(ticks)}&c=${noise('certificate', 2000)}&s=${noise('signature', 342)}&h=${noise('hash', 43)}`;
}
