import type { NetworkManagementClient } from '@azure/arm-network';
import type { OperationOptions } from '@azure/core-client';
import type { ResourceWrite } from '../../../core/plan/change';
import type { WriteOptions } from '../../../core/ports';
import type { JsonObject } from '../../../core/resources/json';
import type { ClientSettings } from '../../clientSettings';
import { flatten, lroOptions, namesIn, unsupported, waitFor, wholeBody } from '../adapter';

/** Writes the resources of one type. */
export type Writer = (
  client: NetworkManagementClient,
  settings: ClientSettings,
  write: ResourceWrite,
  options: WriteOptions,
) => Promise<void>;

type LroOptions = ReturnType<typeof lroOptions>;
type Started = Parameters<typeof waitFor>[0];

/** What the SDK does with the resources of one type, all of which it calls alike. */
interface Operations<Path extends readonly string[], Model> {
  get(...call: [...Path, OperationOptions]): Promise<unknown>;
  beginCreateOrUpdate(...call: [...Path, Model, LroOptions]): Started;
  beginDelete(...call: [...Path, LroOptions]): Started;
}

interface Habits<Model> {
  /** `never`: one that is there is left as it is. Otherwise an update, which replaces it, starts from what is there. */
  readonly update?: 'never';
  /** Where the SDK's model is not just flat. */
  readonly modelOf?: (body: JsonObject) => Model;
}

/** A writer of resources that stand in a resource group. */
export function topLevel<Model>(
  operationsIn: (client: NetworkManagementClient) => Operations<[group: string, name: string], Model>,
  habits: Habits<Model> = {},
): Writer {
  return writer(operationsIn, ({ group, names: [name] }) => [group, name], habits);
}

/** A writer of resources that stand in another one. */
export function child<Model>(
  operationsIn: (client: NetworkManagementClient) => Operations<[group: string, parent: string, name: string], Model>,
): Writer {
  return writer(operationsIn, ({ group, names: [parent, name] }) => [group, parent, name], {});
}

function writer<Path extends readonly string[], Model>(
  operationsIn: (client: NetworkManagementClient) => Operations<Path, Model>,
  pathIn: (id: ReturnType<typeof namesIn>) => Path,
  { update, modelOf = (body) => flatten(body) as Model }: Habits<Model>,
): Writer {
  return async (client, settings, write, options) => {
    const operations = operationsIn(client);
    const path = pathIn(namesIn(write.resource));
    const lro = lroOptions(settings, options);
    if (write.action === 'delete') return waitFor(operations.beginDelete(...path, lro), options);
    if (write.action === 'update' && update === 'never') throw unsupported(write);
    const body = await wholeBody(write, options, (read) => operations.get(...path, read));
    return waitFor(operations.beginCreateOrUpdate(...path, modelOf(body), lro), options);
  };
}
