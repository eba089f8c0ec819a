import { isWithin } from '../../core/resources/resourceId';
import { conversation, type Answer, type ArmRequest } from '../arm/messages';
import type { Operation } from '../arm/operations';
import type { Azure } from '../azure';
import { deliver } from '../http/deliver';
import type { Server } from '../http/router';
import { askedBy, type Asked } from './asked';
import { busyAnswer } from './busyAnswers';
import { claimsChallenge, expiredToken, serverError, throttled, type ServerError } from './faultAnswers';
import type { FaultKind, FaultPlan } from './faultPlan';
import { FaultSchedule, type Fault, type Forecast } from './faultSchedule';
import { inWordsOfGraph, isOfGraph } from './graphAnswers';
import { namespaceOf } from './namespaceOf';
import { intermittentFailure } from './operationCauses';

/** A fault that has happened. */
export interface MetFault {
  /** The number of the request since the plan was set, from 1 on. */
  readonly request: number;
  readonly method: string;
  readonly path: string;
  /** What the schedule knows the request by: the same in every run. */
  readonly asked: string;
  /** How often that had been asked by then, from 1 on. */
  readonly occurrence: number;
  readonly kind: FaultKind;
  /** Of a `crash`: whether it came before or after the request took effect. */
  readonly when?: 'before' | 'after';
}

/** A plan, and what has happened since it was set. */
export interface FaultReport {
  /** Undefined in fair weather. */
  readonly plan: FaultPlan | undefined;
  readonly requests: number;
  readonly met: readonly MetFault[];
}

/** How much later than usual a late answer comes, in life. */
const LATE_SECONDS = 20;

/** Kinds that are an answer instead of the one that was to come. */
type RefusingKind = 'throttle' | 'serverError' | 'expiredToken' | 'claims' | 'busy';

/** One request on its way to Azure. */
interface Passage {
  readonly request: ArmRequest;
  readonly asked: Asked;
  readonly fault: Fault;
  /** Lets the request take effect. */
  readonly proceed: () => Answer;
  /** Writes down that the fault has come to pass. */
  readonly note: () => MetFault;
}

/** What lies between the client and Azure: each request comes through, or meets the fault that the plan has for it. */
export class Weather {
  private plan: FaultPlan | undefined;
  private schedule = new FaultSchedule(undefined);
  private met: readonly MetFault[] = [];

  constructor(
    private readonly azure: Azure,
    private readonly onCrash: (fault: MetFault) => void = () => undefined,
  ) {}

  /** Begins anew with a plan; fair weather without. */
  follow(plan: FaultPlan | undefined): void {
    this.plan = plan;
    this.schedule = new FaultSchedule(plan);
    this.met = [];
  }

  report(): FaultReport {
    return { plan: this.plan, requests: this.schedule.requests, met: this.met };
  }

  /** @returns undefined where no answer comes and the connection breaks. */
  async pass(request: ArmRequest, proceed: () => Answer): Promise<Answer | undefined> {
    const asked = askedBy(request, this.azure.operations);
    const forecast = this.schedule.next(asked.name, asked.possible);
    const { fault } = forecast;
    if (fault === undefined) return proceed();
    const note = (): MetFault => this.note(request, asked.name, fault, forecast);
    return this.strike({ request, asked, fault, proceed, note });
  }

  private note(
    { method, path }: ArmRequest,
    asked: string,
    { kind, when }: Fault,
    { request, occurrence }: Forecast,
  ): MetFault {
    const fault = { request, method, path, asked, occurrence, kind, ...(kind === 'crash' ? { when } : {}) };
    this.met = [...this.met, fault];
    return fault;
  }

  private async strike(passage: Passage): Promise<Answer | undefined> {
    const { fault, proceed, note } = passage;
    switch (fault.kind) {
      case 'operationFailed':
        return this.failOperation(passage);
      case 'lostOperation':
        return this.loseOperation(passage);
      case 'crash':
        return this.crash(passage);
      case 'slow':
        note();
        return this.late(proceed());
      case 'resetBefore':
        note();
        this.arrive(passage.request);
        return undefined;
      case 'resetAfter':
        note();
        proceed();
        return undefined;
      default:
        note();
        return this.refuse(passage, fault.kind);
    }
  }

  /** Whoever is turned away has come, and so has waited until now. */
  private arrive({ method, path }: ArmRequest): void {
    this.azure.arrive(conversation(method, path));
  }

  private refuse(passage: Passage, kind: RefusingKind): Answer {
    const { request, fault } = passage;
    const { answer, takesEffect = false } = this.refusal(request, fault, kind);
    if (takesEffect) passage.proceed();
    else this.arrive(request);
    const delivered = deliver(this.azure, (namespaceOf(request.path) || 'gateway') as Server, request, answer);
    return isOfGraph(request) ? inWordsOfGraph(this.azure, request, delivered) : delivered;
  }

  private refusal(request: ArmRequest, { form }: Fault, kind: RefusingKind): ServerError {
    switch (kind) {
      case 'throttle':
        return { answer: throttled(request, form) };
      case 'serverError':
        return serverError(request, form);
      case 'expiredToken':
        return { answer: expiredToken(this.azure) };
      case 'claims':
        return { answer: claimsChallenge(this.azure) };
      case 'busy':
        return { answer: busyAnswer(this.azure, request, form) ?? throttled(request, form) };
    }
  }

  private async late(answer: Answer): Promise<Answer> {
    await this.azure.clock.pass(LATE_SECONDS);
    return answer;
  }

  private crash({ request, fault, proceed, note }: Passage): undefined {
    if (fault.when === 'after') proceed();
    else this.arrive(request);
    this.onCrash(note());
  }

  private failOperation({ request, proceed, note }: Passage): Answer {
    const { answer, operation } = this.watch(request, proceed);
    if (operation && operation.kind !== 'action') {
      note();
      this.azure.operations.doom(operation, intermittentFailure(operation));
    }
    return answer;
  }

  private loseOperation({ request, asked, proceed, note }: Passage): Answer {
    if (asked.polled) {
      note();
      this.azure.operations.lose(asked.polled);
      return proceed();
    }
    const { answer, operation } = this.watch(request, proceed);
    if (operation && announcesUrl(answer)) {
      note();
      this.azure.operations.lose(operation);
    }
    return answer;
  }

  /** The operation that a write begins for what it writes, where there is something to do. */
  private watch(request: ArmRequest, proceed: () => Answer): { answer: Answer; operation: Operation | undefined } {
    const { operations } = this.azure;
    const before = operations.count;
    const answer = proceed();
    const operation = operations
      .since(before)
      .find(({ target, seconds }) => seconds > 0 && isWithin(request.path, target));
    return { answer, operation };
  }
}

function announcesUrl({ headers = {} }: Answer): boolean {
  return 'azure-asyncoperation' in headers || 'location' in headers;
}
