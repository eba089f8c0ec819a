import * as z from 'zod/mini';
import type { JsonObject } from '../core/resources/json';
import type { Answer, ArmRequest } from './arm/messages';
import { SUBSCRIPTION_ID, TENANT_ID, type Azure } from './azure';
import { FAULT_PLAN } from './faults/faultPlan';
import type { Weather } from './faults/weather';
import type { Position } from './positions/position';
import type { Positions } from './positions/positions';
import { namespacesOf, showProvider } from './providers/resources/providers';

const position = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('internet') }),
  z.strictObject({ kind: z.literal('virtualNetwork'), virtualNetwork: z.string() }),
  z.strictObject({ kind: z.literal('webApp'), site: z.string() }),
]);
const scopedAction = z.strictObject({
  action: z.string().check(z.minLength(1)),
  scope: z.string().check(z.startsWith('/')),
});
const speed = z.strictObject({ speed: z.number().check(z.positive()) });
const permissions = z.strictObject({ allowed: z.array(scopedAction) });

/** The sandbox's own interface under `/.sandbox`: what no Azure has, for tests and for measurements. */
export class Control {
  constructor(
    private readonly azure: Azure,
    private readonly world: string,
    private readonly positions: Positions,
    private readonly weather: Weather,
  ) {}

  async answer({ method, path, body }: ArmRequest): Promise<Answer> {
    switch (`${method} ${path}`) {
      case 'GET /.sandbox':
        return { status: 200, body: this.describe() };
      case 'GET /.sandbox/state':
        return { status: 200, body: this.state() };
      case 'PUT /.sandbox/speed':
        return this.changeSpeed(body);
      case 'POST /.sandbox/positions':
        return this.openPosition(body);
      case 'POST /.sandbox/denials':
        return this.deny(body);
      case 'POST /.sandbox/permissions':
        return this.allowOnly(body);
      case 'DELETE /.sandbox/permissions':
      case 'DELETE /.sandbox/denials':
        this.azure.access.allowEverything();
        return { status: 204 };
      case 'GET /.sandbox/faults':
        return { status: 200, body: this.tellFaults() };
      case 'PUT /.sandbox/faults':
        return this.setFaults(body);
      case 'DELETE /.sandbox/faults':
        this.weather.follow(undefined);
        return { status: 204 };
      default:
        return refusal(404, `There is no ${method} ${path}.`);
    }
  }

  /** Infinite speed has no number in JSON: it is left out. */
  private describe(): JsonObject {
    const { clock } = this.azure;
    return {
      world: this.world,
      ...(Number.isFinite(clock.speed) ? { speed: clock.speed } : {}),
      subscriptionId: SUBSCRIPTION_ID,
      tenantId: TENANT_ID,
      time: new Date(clock.now()).toISOString(),
    };
  }

  private changeSpeed(body: unknown): Answer {
    const wanted = speed.safeParse(body);
    if (!wanted.success) return refusal(400, z.prettifyError(wanted.error));
    this.azure.clock.speed = wanted.data.speed;
    return { status: 200, body: this.describe() };
  }

  /** Wire JSON of every resource by id, the resource providers of the subscription included. */
  private state(): JsonObject {
    const { azure } = this;
    azure.operations.settle();
    const providers = namespacesOf(azure).map((namespace) => showProvider(azure, namespace));
    const resources = azure.store.all().map((resource) => azure.show(resource));
    return Object.fromEntries([...providers, ...resources].map((shown) => [String(shown['id']), shown]));
  }

  private async openPosition(body: unknown): Promise<Answer> {
    const wanted = position.safeParse(body);
    if (!wanted.success) return refusal(400, z.prettifyError(wanted.error));
    const place = placeOf(wanted.data);
    if (place !== undefined && this.azure.store.get(place) === undefined) return refusal(404, `There is no ${place}.`);
    return { status: 200, body: { ...(await this.positions.access(wanted.data)) } };
  }

  private tellFaults(): JsonObject {
    const { plan, requests, met } = this.weather.report();
    return { ...(plan === undefined ? {} : { plan: { ...plan } }), requests, met: met.map((fault) => ({ ...fault })) };
  }

  private setFaults(body: unknown): Answer {
    const wanted = FAULT_PLAN.safeParse(body);
    if (!wanted.success) return refusal(400, z.prettifyError(wanted.error));
    this.weather.follow(wanted.data);
    return { status: 200, body: this.tellFaults() };
  }

  private deny(body: unknown): Answer {
    const wanted = scopedAction.safeParse(body);
    if (!wanted.success) return refusal(400, z.prettifyError(wanted.error));
    this.azure.access.deny(wanted.data);
    return { status: 204 };
  }

  /** From now on the operator may do nothing else. */
  private allowOnly(body: unknown): Answer {
    const wanted = permissions.safeParse(body);
    if (!wanted.success) return refusal(400, z.prettifyError(wanted.error));
    this.azure.access.allowOnly(wanted.data.allowed);
    return { status: 204 };
  }
}

/** The resource that a position is inside of. */
function placeOf(wanted: Position): string | undefined {
  if (wanted.kind === 'internet') return undefined;
  return wanted.kind === 'webApp' ? wanted.site : wanted.virtualNetwork;
}

function refusal(status: number, message: string): Answer {
  return { status, body: { error: { code: 'SandboxControl', message } } };
}
