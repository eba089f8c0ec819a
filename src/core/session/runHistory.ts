import { forgetClaim } from '../apply/claims';
import { Journal, readRun, type RunRecord } from '../apply/journal';
import { hasBegun, mayHaveChanged } from '../apply/standing';
import { planUndo, type UndoPlan } from '../apply/undo';
import type { Change } from '../plan/change';
import { resourceTypeOf } from '../resources/resourceId';
import { TYPES } from '../resources/resourceTypes';
import type { SessionPorts } from './sessionPorts';

/** Azure says ten minutes, and a run takes some of its own. */
const ROLE_PROPAGATION_MS = 15 * 60 * 1000;

/** What past runs tell, as far as they were made in the same subscription over the same connection. */
export class RunHistory {
  constructor(
    private readonly ports: SessionPorts,
    private readonly subscription: () => string,
  ) {}

  /** The newest first. */
  async all(): Promise<readonly RunRecord[]> {
    const { journal, claims, connection, endpoint } = this.ports;
    const underWay = await claims.underWay();
    const records = await Promise.all((await journal.list()).map((id) => readRun(journal, id)));
    return records
      .filter((record) => record !== undefined)
      .filter(hasBegun)
      .filter(({ header }) => header.subscription === this.subscription())
      .filter(({ header }) => header.connection === connection && header.endpoint === endpoint)
      .map((record) => ({ ...record, isUnderWay: underWay.includes(record.header.runId) }))
      .reverse();
  }

  /** What taking a run back would do, or only some steps of it. Undefined where there is no such run. */
  async planUndo(runId: string, steps?: readonly string[]): Promise<UndoPlan | undefined> {
    const record = await readRun(this.ports.journal, runId);
    return record && planUndo(record, await this.all(), steps);
  }

  /** Takes note that what is left of a run will not be continued. What it has done stays, and can be taken back. */
  async abandon(runId: string, signal: AbortSignal): Promise<void> {
    const { journal, clock } = this.ports;
    const record = await readRun(journal, runId);
    await new Journal(journal, runId).finish(clock.now(), 'abandoned');
    if (record) await forgetClaim(record.header, { ...this.ports, signal });
  }

  /** Roles that runs gave so lately that not every service may know of them. Source: Azure RBAC troubleshooting. */
  async rolesGivenLately(): Promise<readonly Change[]> {
    const since = this.ports.clock.now() - ROLE_PROPAGATION_MS;
    return (await this.all())
      .flatMap(({ changes }) => changes)
      .filter((record) => mayHaveChanged(record) && (record.begunAt ?? 0) > since)
      .map(({ change }) => change)
      .filter(({ resource, action }) => action === 'create' && resourceTypeOf(resource) === TYPES.roleAssignment);
  }
}
