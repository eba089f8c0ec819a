import { AzureError, type AzurePort, type Clock, type Holder } from '../ports';
import { asString, isJsonObject, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { childId } from '../resources/resourceId';
import { patientReader } from './patientReader';
import { Patience, weatherOf } from './weather';

/** A tag by which a run tells other machines of itself. */
export interface RunMark extends Holder {
  /** Milliseconds since the epoch: whoever wrote it was alive then. */
  readonly renewedAt: number;
  /** The tag, as Azure has it. */
  readonly tag: JsonObject;
}

const NAME = /^ringfence-run-([\w-]+)$/;
const LONGEST_TAG = 256;

/** The marks of runs on a scope. Source: Microsoft.Resources/tags, which merges and deletes single tags at once. */
export class RunMarks {
  private readonly tags: string;

  constructor(
    scope: string,
    private readonly azure: AzurePort,
    private readonly clock: Clock,
  ) {
    this.tags = childId(scope, 'providers', 'Microsoft.Resources/tags/default');
  }

  async read(signal: AbortSignal): Promise<readonly RunMark[]> {
    const entry = await patientReader(this.azure, this.clock).read(this.tags, signal);
    const tags = entry.state === 'present' ? readPath(entry.resource, 'properties.tags') : undefined;
    return Object.entries(isJsonObject(tags) ? tags : {}).flatMap(
      ([name, value]) => markIn(name, asString(value)) ?? [],
    );
  }

  /** @returns the mark; undefined where it may not be written. */
  async write(holder: Holder, signal: AbortSignal): Promise<JsonObject | undefined> {
    const { runId, machine, machineId, since } = holder;
    const value = `${since} ${this.clock.now()} ${machineId} ${machine}`.slice(0, LONGEST_TAG);
    const tag = { [`ringfence-run-${runId}`]: value };
    return (await this.change('Merge', tag, signal)) ? tag : undefined;
  }

  async remove(tags: readonly JsonObject[], signal: AbortSignal): Promise<void> {
    if (tags.length > 0) await this.change('Delete', Object.assign({}, ...tags) as JsonObject, signal);
  }

  private async change(operation: 'Merge' | 'Delete', tags: JsonObject, signal: AbortSignal): Promise<boolean> {
    const write = { resource: this.tags, action: 'update', body: { operation, properties: { tags } } } as const;
    const patience = new Patience();
    for (;;) {
      try {
        await this.azure.write(write, { signal });
        return true;
      } catch (error) {
        signal.throwIfAborted();
        const seconds = AzureError.is(error) ? patience.next(weatherOf(error), error.retryAfterSeconds) : undefined;
        if (seconds === undefined) return false;
        await this.clock.sleep(seconds * 1000, signal);
      }
    }
  }
}

/** Whose mark a tag is; undefined where it is none. */
function markIn(name: string, value = ''): RunMark | undefined {
  const runId = NAME.exec(name)?.[1];
  const [since = '', renewed = '', machineId = '', ...machine] = value.split(' ');
  const [began, renewedAt] = [Number(since), Number(renewed)];
  if (runId === undefined || !(began > 0) || !(renewedAt > 0)) return undefined;
  return { runId, machine: machine.join(' '), machineId, since: began, renewedAt, tag: { [name]: value } };
}
