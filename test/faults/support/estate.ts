import { connectToSandbox } from '../../../src/azure/sandboxConnection';
import type { Connection } from '../../../src/azure/connection';
import { isJsonObject, type JsonObject } from '../../../src/core/resources/json';
import type { ScenarioId } from '../../../src/core/setup/scenarios';
import type { Setup } from '../../../src/core/setup/setup';
import type { Exchange } from '../../../src/sandbox/http/exchange';
import { startSandbox, type Sandbox } from '../../../src/sandbox/sandbox';
import type { WorldName } from '../../../src/sandbox/worlds/worlds';
import { differences, isOfOrder } from '../../contract/support/differences';
import { discover, signal } from '../../contract/support/sandboxSession';
import { canonical } from './canonical';
import { Client } from './client';
import { ClosingWatch } from './closingWatch';

/** What a run makes of a world when nothing goes wrong. */
export interface Reference {
  readonly before: JsonObject;
  readonly hardened: JsonObject;
  /** What Azure keeps of it when it is taken back. */
  readonly leftBehind: readonly string[];
}

/** Handed out like addresses. */
const DOMAIN_SUFFIX = /dnsSettings\.internalDomainNameSuffix/;

/** A world that can be brought back as often as wanted, a setup for it, and what becomes of it in fair weather. */
export class Estate {
  /** Everything that was asked since the last restoration. */
  exchanges: Exchange[] = [];
  /** What was closed since then. */
  watch: ClosingWatch;
  /** Whether the client's machine finds no names just then, by how many requests this life of it has sent. */
  hasNoNames: (sent: number) => boolean = () => false;
  /** Called when a fault kills the client. */
  onCrash: () => void = () => undefined;
  private reference: Reference | undefined;

  private constructor(
    readonly sandbox: Sandbox,
    readonly setup: Setup,
    private readonly bringBack: () => void,
    /** How the world is seen from its networks; no fault comes in between. */
    private readonly probes: Connection['probes'],
  ) {
    this.watch = new ClosingWatch(setup, probes);
  }

  static async open(scenario: ScenarioId, world: WorldName = 'exposed'): Promise<Estate> {
    const heard: { estate?: Estate } = {};
    const sandbox = await startSandbox({
      world,
      onExchange: (exchange) => heard.estate?.hear(exchange),
      onCrash: () => heard.estate?.onCrash(),
    });
    const connection = connectToSandbox(sandbox);
    const setup = await discover(connection, { scenario });
    const estate = new Estate(sandbox, setup, sandbox.keep(), connection.probes);
    heard.estate = estate;
    return estate;
  }

  /** Brings the world back to how it was, in fair weather. */
  restore(): void {
    this.sandbox.faults(undefined);
    this.bringBack();
    this.exchanges = [];
    this.watch = new ClosingWatch(this.setup, this.probes);
    this.onCrash = () => undefined;
    this.hasNoNames = () => false;
  }

  private hear(exchange: Exchange): void {
    this.exchanges.push(exchange);
    this.watch.see(exchange);
  }

  /** Every resource's wire JSON by id, once everything that is going on has ended. */
  async state(): Promise<JsonObject> {
    this.sandbox.skip(24 * 60 * 60 * 1000);
    const headers = { authorization: `Bearer ${this.sandbox.token}` };
    const state: unknown = await (await fetch(`${this.sandbox.endpoint}/.sandbox/state`, { headers })).json();
    if (!isJsonObject(state)) throw new Error('The state of a sandbox is an object.');
    return state;
  }

  /** Runs once without faults, and takes it back; the world is then as it was found. */
  async fairWeather(): Promise<Reference> {
    if (this.reference) return this.reference;
    this.restore();
    const before = await this.state();
    const client = new Client(this);
    await client.session.refresh(signal);
    const run = await client.session.apply(client.session.state.plan.changes, { signal, acceptLosingAccess: false });
    if (run.outcome !== 'succeeded') throw new Error(`In fair weather the run ended ${run.outcome ?? 'not at all'}.`);
    const hardened = await this.state();
    await client.undo(run.runId);
    const leftBehind = differences(before, canonical(await this.state(), before));
    this.restore();
    this.reference = { before, hardened, leftBehind };
    return this.reference;
  }

  /** How many requests a run makes in fair weather, from its beginning to its end. */
  async requestsOfRun(): Promise<number> {
    await this.fairWeather();
    this.restore();
    const client = new Client(this);
    await client.session.refresh(signal);
    this.sandbox.faults(undefined);
    await client.session.apply(client.session.state.plan.changes, { signal, acceptLosingAccess: false });
    const { requests } = this.sandbox.faultReport();
    this.restore();
    return requests;
  }

  /** How the world differs from what a run makes of it in fair weather. */
  async notHardened(): Promise<readonly string[]> {
    const { hardened } = await this.fairWeather();
    const lines = await this.differencesTo(hardened);
    return lines.filter((line) => !isOfOrder(line) && !DOMAIN_SUFFIX.test(line));
  }

  /** How the world differs from what it was, beyond what stays in fair weather too. */
  async notRestored(): Promise<readonly string[]> {
    const { before, leftBehind } = await this.fairWeather();
    const allowed = new Set(leftBehind);
    return (await this.differencesTo(before)).filter((line) => !allowed.has(line));
  }

  private async differencesTo(wanted: JsonObject): Promise<readonly string[]> {
    const { before } = await this.fairWeather();
    try {
      return differences(canonical(wanted, before), canonical(await this.state(), before));
    } catch (error) {
      return [String(error)];
    }
  }
}
