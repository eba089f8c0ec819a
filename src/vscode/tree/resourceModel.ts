import type { Watched } from '../../core/evaluate/deviations';
import type { Finding } from '../../core/evaluate/finding';
import { judgeResource } from '../../core/evaluate/judgeResources';
import { asString } from '../../core/resources/json';
import {
  parentResourceId,
  resourceGroupIdOf,
  resourceKey,
  resourceName,
  resourceTypeOf,
} from '../../core/resources/resourceId';
import { displayType, TYPES } from '../../core/resources/resourceTypes';
import type { Snapshot, WireResource } from '../../core/resources/snapshot';
import type { SessionState } from '../../core/session/setupSession';
import { text } from '../../core/text';
import type { StepState } from '../../protocol/wizardState';
import type { Localize } from '../localize';
import { stepStateOf } from '../wizard/stepStates';
import { countSteps, describeCounts, speakCounts } from '../stepCounts';
import { iconForCounts, type Row } from './row';
import { marksOf, type StepMarks } from './stepRow';

/** A step on a resource, and the setup that it is judged for; none where the resource is in no setup. */
export interface ResourceStep extends StepMarks {
  readonly finding: Finding;
  readonly state: StepState;
  readonly setup: string | undefined;
}

export interface ResourceEntry {
  readonly resource: WireResource;
  readonly steps: readonly ResourceStep[];
  /** The setup that the resource is in. */
  readonly setup: string | undefined;
}

/** A setup in use, as far as the tree looks at it. */
export interface JudgedSetup {
  readonly key: string;
  readonly session: Pick<SessionState, 'findings' | 'run'>;
  readonly watched: Watched;
  readonly madeBy: ReadonlyMap<string, string>;
}

const NO_MARKS: StepMarks = { deviates: false, canUndo: false };

const ORDER: readonly string[] = [
  TYPES.cognitiveAccount,
  TYPES.searchService,
  TYPES.storageAccount,
  TYPES.webApp,
  TYPES.apiManagement,
  TYPES.applicationGateway,
  TYPES.keyVault,
  TYPES.virtualNetwork,
  TYPES.virtualNetworkGateway,
  TYPES.privateEndpoint,
  TYPES.logAnalyticsWorkspace,
];

/**
 * The resources that steps are about, each with its steps: as its setup judges them, or by the resource alone where
 * it is in no setup.
 */
export function resourceEntries(
  inventory: Snapshot,
  setups: readonly JudgedSetup[],
  alone = new JudgementsAlone(),
): readonly ResourceEntry[] {
  return ORDER.flatMap((type) => {
    const listing = inventory.list(type);
    const listed = listing?.state === 'listed' ? listing.resources : [];
    return listed
      .map((resource) => entryFor(resource, inventory, setups, alone))
      .filter(({ steps }) => steps.length > 0)
      .sort((left, right) => resourceName(left.resource.id).localeCompare(resourceName(right.resource.id)));
  });
}

/** Resources judged by themselves. The tree is drawn far more often than the subscription is read. */
export class JudgementsAlone {
  private inventory: Snapshot | undefined;
  private known = new Map<string, readonly ResourceStep[]>();

  stepsOf(resource: WireResource, inventory: Snapshot): readonly ResourceStep[] {
    if (this.inventory !== inventory) this.known = new Map();
    this.inventory = inventory;
    const key = resourceKey(resource.id);
    const steps = this.known.get(key) ?? judgeAlone(resource, inventory);
    this.known.set(key, steps);
    return steps;
  }
}

/** What does not apply to a resource by itself depends on choices that nobody has made for it. */
function judgeAlone(resource: WireResource, inventory: Snapshot): readonly ResourceStep[] {
  return judgeResource(resource, inventory)
    .filter(({ status }) => status !== 'notApplicable')
    .map((finding) => ({ finding, state: stepStateOf(finding, undefined), setup: undefined, ...NO_MARKS }));
}

function entryFor(
  resource: WireResource,
  inventory: Snapshot,
  setups: readonly JudgedSetup[],
  alone: JudgementsAlone,
): ResourceEntry {
  for (const judged of setups) {
    const { key, session } = judged;
    const own = session.findings.filter((finding) => isAbout(finding, resource.id));
    if (own.length === 0) continue;
    const steps = own.map((finding) => ({
      finding,
      state: stepStateOf(finding, session.run),
      setup: key,
      ...marksOf(judged, finding.step),
    }));
    return { resource, steps, setup: key };
  }
  return { resource, steps: alone.stepsOf(resource, inventory), setup: undefined };
}

/** Subnets stand under their virtual network. */
function isAbout(finding: Finding, id: string): boolean {
  const key = resourceKey(id);
  const parent = parentResourceId(finding.resource);
  return resourceKey(finding.resource) === key || (parent !== undefined && resourceKey(parent) === key);
}

export function resourceRow({ resource, steps, setup }: ResourceEntry, t: Localize): Row {
  const counts = countSteps(steps.map(({ state }) => state));
  const name = resourceName(resource.id);
  const group = resourceGroupIdOf(resource.id);
  const location = asString(resource['location']);
  return {
    id: `resource/${resourceKey(resource.id)}`,
    label: name,
    description: t(describeCounts(counts)),
    icon: iconForCounts(counts),
    tooltip: [
      displayType(resource.id),
      ...(group ? [t(text('Resource group: {0}', resourceName(group)))] : []),
      ...(location ? [t(text('Region: {0}', location))] : []),
      t(speakCounts(name, counts)),
      ...(setup === undefined ? [t(text('It is in no setup, so only its own properties were judged.'))] : []),
    ],
    spoken: t(speakCounts(name, counts)),
    tokens: ['ringfence.resource', ...(resourceTypeOf(resource.id) === TYPES.cognitiveAccount ? ['canSecure'] : [])],
    children: 'collapsed',
  };
}

/** How many steps are not compliant in all, for the badge. What is unknown is not counted as failing. */
export function failingSteps(entries: readonly ResourceEntry[]): number {
  return entries.reduce((sum, { steps }) => sum + countSteps(steps.map(({ state }) => state)).failing, 0);
}

/** How many steps have left what they were, and nobody has looked at them yet. */
export function deviatingSteps(entries: readonly ResourceEntry[]): number {
  return entries.reduce((sum, { steps }) => sum + steps.filter(({ deviates }) => deviates).length, 0);
}
