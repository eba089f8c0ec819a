import type { Json, JsonObject } from '../../core/resources/json';
import { resourceKey } from '../../core/resources/resourceId';
import type { VirtualClock } from '../clock';
import { PATIENCE } from '../durations';
import type { Guids } from '../guids';
import type { Dialect, OperationKind } from './dialects';
import { fill, operationId, signature } from './operationUrls';
import { conversation, type Answer, type ArmRequest, type Wait } from './messages';

/** How an operation failed: Azure's code and message, or the whole body where the provider has a shape of its own. */
export interface OperationFailure {
  readonly code: string;
  readonly message: string;
  /** What lies behind it. */
  readonly details?: readonly JsonObject[];
  readonly body?: JsonObject;
}

/** What an operation is to do, and for how long. */
export interface OperationStart {
  readonly dialect: Dialect;
  readonly kind: OperationKind;
  /** The resource that is written. */
  readonly target: string;
  /** In the casing that the provider's URLs show. */
  readonly location: string;
  /** In life; 0 where there is nothing to do. */
  readonly seconds: number;
  /** In life; undefined where the provider sends no Retry-After. Several follow one another, the last again and again. */
  readonly retryAfter?: number | readonly number[];
  /** Azure's own name of the operation, for messages. */
  readonly label?: string;
  /** Resources that let nobody else write while it runs. The target always is one of them. */
  readonly holds?: readonly string[];
  /** Runs once, when the time has come. What it returns is how the operation failed. */
  readonly finish: () => OperationFailure | undefined;
  /** What is left where it fails for a reason of Azure's own; the resource as it is, in the state Failed, where not given. */
  readonly abandon?: () => void;
  /** What an action leads to. Asked once, when it has finished. */
  readonly result?: () => Json;
}

export interface Operation extends OperationStart {
  readonly id: string;
  readonly apiVersion: string;
  /** Of the request that began it. */
  readonly requestVersion: string;
  readonly startedAt: number;
  readonly endsAt: number;
}

interface Outcome {
  readonly failure: OperationFailure | undefined;
  readonly result?: Json | undefined;
}

/** Every long-running operation, running or done. Time moves them on: `settle` finishes what is due. */
export class Operations {
  private readonly all = new Map<string, Operation>();
  private readonly running = new Set<Operation>();
  private readonly outcomes = new Map<string, Outcome>();
  private readonly doomed = new Map<string, OperationFailure>();
  private readonly lost = new Set<string>();

  constructor(
    private readonly clock: VirtualClock,
    private readonly guids: Guids,
    private readonly showResource: (id: string, apiVersion: string | undefined) => JsonObject | undefined,
    private readonly markFailed: (id: string) => void,
  ) {}

  /** How many there have been. */
  get count(): number {
    return this.all.size;
  }

  /** Those that have begun since there were so many. */
  since(count: number): readonly Operation[] {
    return [...this.all.values()].slice(count);
  }

  /** Goes on as long as it would, and then fails. */
  doom({ id }: Operation, failure: OperationFailure): void {
    this.doomed.set(id, failure);
  }

  /** Its URLs answer as if it had never been; it goes on to its end. */
  lose({ id }: Operation): void {
    this.lost.add(id);
  }

  begin(request: Pick<ArmRequest, 'query'>, start: OperationStart): Operation {
    const now = this.clock.now();
    const operation: Operation = {
      ...start,
      id: operationId(start.dialect, this.guids.next('operation')),
      apiVersion: start.dialect.apiVersion ?? request.query.get('api-version') ?? '',
      requestVersion: request.query.get('api-version') ?? '',
      startedAt: now,
      endsAt: now + start.seconds * 1000,
    };
    this.all.set(operation.id.toLowerCase(), operation);
    this.running.add(operation);
    return operation;
  }

  /** The operation that keeps others from writing this resource. */
  holding(id: string): Operation | undefined {
    const key = resourceKey(id);
    return [...this.running].find(({ target, holds = [] }) => [target, ...holds].some((h) => resourceKey(h) === key));
  }

  /** Finishes, in order, what is due by now. */
  settle(): void {
    this.finish((operation) => operation.endsAt <= this.clock.now());
  }

  /** Finishes everything that is going on, due or not: a world is made this way. */
  settleAll(): void {
    this.finish(() => true);
  }

  /** The answer to the write that began the operation. */
  accept(request: ArmRequest, operation: Operation, status: number, body?: Json): Answer {
    const { dialect, kind } = operation;
    const thenAsks = (dialect.announces[kind] ?? []).length > 0 ? this.pollPaths(operation) : undefined;
    return {
      status,
      headers: {
        ...this.announce(request, operation),
        ...(dialect.notifies ? { 'azure-asyncnotification': 'Enabled' } : {}),
        ...(dialect.operationId === 'guid' && dialect.notifies ? { 'x-ms-request-id': operation.id } : {}),
      },
      ...(body === undefined ? {} : { body }),
      ...this.waitFor(operation, thenAsks),
    };
  }

  find(id: string): Operation | undefined {
    return this.all.get(id.toLowerCase());
  }

  /** The answer to a poll, or undefined where there is no such operation. */
  poll(dialect: Dialect, id: string, kind: 'status' | 'result', request: ArmRequest): Answer | undefined {
    const operation = this.find(id);
    if (operation === undefined || this.lost.has(operation.id)) return undefined;
    if (!isSameDialect(operation.dialect, dialect)) return undefined;
    const outcome = this.outcomes.get(operation.id);
    if (outcome === undefined) return this.inProgress(request, operation, kind);
    if (kind === 'result' && outcome.failure === undefined) return this.result(request, operation, outcome);
    const { failure } = outcome;
    const error = failure && { code: failure.code, message: failure.message, details: [...(failure.details ?? [])] };
    // Where there is no report that could say so, the answer itself is the failure.
    if (failure !== undefined && dialect.statusPath === undefined) {
      return { status: 409, body: failure.body ?? { error: error ?? {} } };
    }
    return {
      status: 200,
      headers: reportHeaders(dialect),
      body: this.report(operation, failure ? 'Failed' : 'Succeeded', error),
    };
  }

  /** Where the status can be polled, with scheme and host. */
  statusUrl(request: ArmRequest, operation: Operation): string {
    const path = fill(operation.dialect.statusPath ?? '', operation);
    return `${request.origin}${path}?api-version=${operation.apiVersion}`;
  }

  private finish(isDue: (operation: Operation) => boolean): void {
    const due = [...this.running].filter(isDue).sort((left, right) => left.endsAt - right.endsAt);
    for (const operation of due) {
      this.running.delete(operation);
      const failure = this.fail(operation) ?? operation.finish();
      this.outcomes.set(operation.id, { failure, result: failure ? undefined : operation.result?.() });
    }
  }

  private fail(operation: Operation): OperationFailure | undefined {
    const failure = this.doomed.get(operation.id);
    if (failure === undefined) return undefined;
    if (operation.abandon) operation.abandon();
    else this.markFailed(operation.target);
    return failure;
  }

  private inProgress(request: ArmRequest, operation: Operation, kind: 'status' | 'result'): Answer {
    const { dialect } = operation;
    if (operation.kind === 'action') return this.actionInProgress(request, operation, kind);
    const asStatus = kind === 'status';
    return {
      status: asStatus ? dialect.inProgress.status : 202,
      headers: { ...reportHeaders(dialect), ...this.announceAgain(request, operation) },
      ...(asStatus ? { body: this.report(operation, dialect.inProgress.word[operation.kind]) } : {}),
      ...(dialect.inProgress.silent ? untold(this.waitFor(operation)) : this.waitFor(operation)),
    };
  }

  private announceAgain(request: ArmRequest, operation: Operation): Record<string, string> {
    const { announcesAgain, announcesStatusOnly } = operation.dialect.inProgress;
    if (!announcesAgain) return {};
    const headers = this.announce(request, operation);
    return announcesStatusOnly ? { ...headers, location: headers['azure-asyncoperation'] ?? '' } : headers;
  }

  /** Recorded: only the polls tell the URL of the status as well. */
  private actionInProgress(request: ArmRequest, operation: Operation, kind: 'status' | 'result'): Answer {
    return {
      status: kind === 'status' ? 200 : 202,
      headers: this.announce(request, operation, ['azure-asyncoperation', 'location']),
      body: kind === 'status' ? this.report(operation, 'InProgress') : null,
      ...this.waitFor(operation),
    };
  }

  private result(request: ArmRequest, operation: Operation, outcome: Outcome): Answer {
    const { dialect, kind, target, apiVersion } = operation;
    if (kind === 'action') {
      return { status: 200, headers: this.announce(request, operation), body: outcome.result ?? null };
    }
    const version = dialect.apiVersion === undefined ? apiVersion : undefined;
    const shown = dialect.result.showsResource && kind !== 'delete' ? this.showResource(target, version) : undefined;
    return { status: dialect.result.status, ...(shown === undefined ? {} : { body: shown }) };
  }

  private report(operation: Operation, status: string, error?: JsonObject): JsonObject {
    const told = { status, ...(error === undefined ? {} : { error }) };
    if (operation.dialect.report === 'status') return told;
    const ended = this.outcomes.has(operation.id);
    return {
      id: fill(operation.dialect.statusPath ?? '', operation),
      name: operation.id,
      ...told,
      startTime: seconds(operation.startedAt),
      ...(ended ? { endTime: seconds(operation.endsAt), ...operation.dialect.closing } : {}),
    };
  }

  private announce(
    request: ArmRequest,
    operation: Operation,
    announced = operation.dialect.announces[operation.kind] ?? [],
  ): Record<string, string> {
    const { dialect } = operation;
    const urls = {
      'azure-asyncoperation': dialect.statusPath,
      location: dialect.resultPath,
    };
    const headers: Record<string, string> = {};
    for (const header of announced) {
      const marker = header === 'location' ? dialect.resultMarker : undefined;
      const query = [
        ...(dialect.leadingQuery === undefined ? [] : [dialect.leadingQuery]),
        `api-version=${header === 'location' && dialect.resultKeepsVersion ? operation.requestVersion : operation.apiVersion}`,
        ...(marker ? [`${marker.name}=${marker.value}`] : []),
        ...(dialect.trailingQuery === undefined ? [] : [dialect.trailingQuery]),
      ].join('&');
      const path = fill(urls[header] ?? '', operation);
      // Recorded: spaces of a display name such as `East US` are encoded in Location only.
      headers[header] =
        `${request.origin}${header === 'location' ? encodeURI(path) : path}?${query}&${signature(operation)}`;
    }
    return headers;
  }

  private waitFor(operation: Operation, thenAsks?: readonly string[]): { wait?: Wait } {
    if (operation.seconds === 0) return {};
    const told = retryAfter(operation, this.clock.now());
    return {
      wait: {
        seconds: told ?? PATIENCE.operationWithoutRetryAfter,
        told: told !== undefined,
        ...(thenAsks === undefined ? {} : { thenAsks }),
      },
    };
  }

  private pollPaths(operation: Operation): string[] {
    const { statusPath, resultPath } = operation.dialect;
    return [statusPath, resultPath].flatMap((path) =>
      path === undefined ? [] : [conversation('GET', fill(path, operation))],
    );
  }
}

/** The client waits as it was told at first. */
function untold({ wait }: { wait?: Wait }): { wait?: Wait } {
  return wait === undefined ? {} : { wait: { ...wait, told: false } };
}

/** The Retry-After of an answer at this time. Of several, the one whose turn it is for a client that kept to the others. */
function retryAfter({ retryAfter: all, startedAt }: Operation, now: number): number | undefined {
  if (typeof all !== 'object') return all;
  const turns = all.map((_, index) => all.slice(0, index + 1).reduce((sum, wait) => sum + wait, 0));
  const turn = turns.findIndex((end) => now < startedAt + end * 1000);
  return turn < 0 ? all.at(-1) : all[turn];
}

function reportHeaders({ reportType }: Dialect): Readonly<Record<string, string>> {
  return reportType === undefined ? {} : { 'content-type': reportType };
}

function isSameDialect(left: Dialect, right: Dialect): boolean {
  return left.statusPath === right.statusPath && left.resultPath === right.resultPath;
}

function seconds(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}
