import type { OperationOptions } from '@azure/core-client';
import type { ResourceWrite } from '../../core/plan/change';
import type { WriteOptions } from '../../core/ports';
import { isJsonObject, type Json, type JsonObject } from '../../core/resources/json';
import { parseResourceId } from '../../core/resources/resourceId';
import { apiVersionFor } from '../../core/resources/resourceTypes';
import { mergePatch } from '../../core/resources/wireEquality';
import { afterAcceptance, isOfPoll } from '../azureErrors';
import type { ClientSettings } from '../clientSettings';

/** Writes the resource types of one SDK. Errors are the SDK's own; the port translates them. */
export interface WriteAdapter {
  write(write: ResourceWrite, options: WriteOptions): Promise<void>;
}

/** The keys of one service. Errors are the SDK's own; the port translates them. */
export interface KeyAdapter {
  /** The keys by slot: secrets. */
  list(id: string, signal: AbortSignal): Promise<Readonly<Record<string, string | undefined>>>;
  /** Asked once, whatever comes of it. */
  regenerate(id: string, slot: string, signal: AbortSignal): Promise<void>;
}

/** Any request to Azure Resource Manager, with authentication and retries. @throws AzureError. */
export type SendToArm = (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH',
  pathAndQuery: string,
  body: JsonObject | undefined,
  signal: AbortSignal,
) => Promise<JsonObject>;

/** A long-running operation as the SDKs hand it out. */
interface Poller {
  onProgress(callback: (state: { status: string }) => void): unknown;
  pollUntilDone(options?: { abortSignal?: AbortSignal }): Promise<unknown>;
}

/**
 * Starts a long-running operation and waits for its end, telling how it goes.
 * @throws what the SDK throws for a start that was refused; AzureError for what comes after it, because whatever a poll
 * is answered, the operation itself goes on. The first poll is part of the start.
 */
export async function waitFor(start: Promise<Poller>, { signal, onStatus }: WriteOptions): Promise<void> {
  try {
    const poller = await start;
    if (onStatus) poller.onProgress(({ status }) => onStatus(status));
    await poller.pollUntilDone({ abortSignal: signal });
  } catch (error) {
    signal.throwIfAborted();
    throw isOfPoll(error) ? afterAcceptance(error) : error;
  }
}

export function lroOptions(settings: ClientSettings, { signal }: WriteOptions) {
  return { abortSignal: signal, updateIntervalInMs: settings.pollIntervalMs };
}

/** Group and names of the resource that is written. */
export function namesIn(id: string): { readonly group: string; readonly names: readonly [string, string, string] } {
  const parts = parseResourceId(id);
  const [first = '', second = '', third = ''] = parts?.names ?? [];
  return { group: parts?.resourceGroup ?? '', names: [first, second, third] };
}

/**
 * Wire JSON as the flattened models of the older SDKs want it: what stands in `properties` stands beside it.
 * Their serializers put it back, and leave out what only Azure writes.
 */
export function flatten(wire: Json | undefined): unknown {
  if (Array.isArray(wire)) return wire.map((item: Json) => flatten(item));
  if (!isJsonObject(wire)) return wire;
  const { properties, ...rest } = wire;
  const lifted = isJsonObject(properties) ? properties : {};
  return Object.fromEntries(Object.entries({ ...rest, ...lifted }).map(([name, value]) => [name, flatten(value)]));
}

/** Runs a read of the SDK and gives the answer as it came over the wire, because models rename and leave out. */
export async function readWire(
  read: (options: OperationOptions) => Promise<unknown>,
  signal: AbortSignal,
): Promise<JsonObject> {
  const seen: { body: unknown } = { body: undefined };
  await read({
    abortSignal: signal,
    onResponse: ({ bodyAsText }) => {
      seen.body = bodyAsText ? JSON.parse(bodyAsText) : undefined;
    },
  });
  if (!isJsonObject(seen.body)) throw new Error('Azure answered without a JSON object.');
  return seen.body;
}

/** What to PUT: the body of a creation, or what is there with the change in it. */
export async function wholeBody(
  write: ResourceWrite,
  options: WriteOptions,
  read: Parameters<typeof readWire>[0],
): Promise<JsonObject> {
  const body = write.body ?? {};
  if (write.action === 'create') return body;
  if (write.action !== 'update') throw unsupported(write);
  return mergePatch(await readWire(read, options.signal), body);
}

/** What an extension, such as an assignment, hangs on. The SDK puts a slash in front of it itself. */
export function scopeOf(id: string): string {
  return id.slice(1, id.toLowerCase().lastIndexOf('/providers/'));
}

export function unsupported(write: ResourceWrite): Error {
  return new Error(`Ringfence cannot ${write.action} ${parseResourceId(write.resource)?.type ?? write.resource}.`);
}

/** The path of a resource, with the version that it is read and written with. */
export function versioned(id: string): string {
  return `${id}?api-version=${apiVersionFor(id) ?? ''}`;
}
