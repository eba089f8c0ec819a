import type { RunRecord } from '../../core/apply/journal';
import { isMade, type RunState } from '../../core/apply/runState';
import type { Holder } from '../../core/ports';
import { canTakeBack } from '../../core/apply/standing';
import type { Watched } from '../../core/evaluate/deviations';
import { asString } from '../../core/resources/json';
import type { Snapshot } from '../../core/resources/snapshot';
import { mergePatch, normalizeLocation } from '../../core/resources/wireEquality';
import type { SessionState } from '../../core/session/setupSession';
import { findScenario } from '../../core/setup/scenarios';
import type { Setup } from '../../core/setup/setup';
import { text, type Text } from '../../core/text';
import type {
  Capabilities,
  LogLine,
  ObstacleView,
  ProblemCommand,
  RunView,
  WizardState,
} from '../../protocol/wizardState';
import { ago, type Localize } from '../localize';
import type { PreflightStates } from '../setups/preflights';
import type { RunObstacle } from '../setups/setupRuns';
import type { IssuedPlans } from './plans';
import type { PermissionVerdicts } from './presentFacts';
import type { FormInput } from './form/formInput';
import { presentForm } from './form/presentForm';
import { presentPicture } from './picture/presentPicture';
import { presentPlan } from './presentPlan';
import { presentPreflights } from './presentPreflight';
import { presentProgress } from './presentProgress';
import { presentRunRecord, presentRunState } from './presentRun';
import { presentGroups, presentSteps } from './presentSteps';
import { presentProof, presentVerification } from './presentVerification';

/** Everything that the wizard shows, as values. */
export interface WizardInput {
  readonly revision: number;
  readonly connection: 'azure' | 'sandbox';
  readonly session: SessionState;
  readonly form: FormInput;
  readonly plans: IssuedPlans;
  readonly permissions: PermissionVerdicts;
  readonly preflights: PreflightStates;
  readonly obstacle: RunObstacle | undefined;
  readonly watched: Watched;
  /** The run that made a step, for each that can be taken back by itself. */
  readonly madeBy: ReadonlyMap<string, string>;
  /** Past runs of the setup, the newest first. */
  readonly pastRuns: readonly RunRecord[];
  readonly log: readonly LogLine[];
  readonly problem: WizardProblem | undefined;
  /** A verification is going on. */
  readonly verifying: boolean;
  /** A run is about to begin. */
  readonly starting: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export interface WizardProblem {
  readonly message: Text;
  readonly next: Text;
  readonly action?: { readonly label: Text; readonly command: ProblemCommand };
}

/** The page's state, whole, at one moment. Pure: nothing is read, nothing is remembered. */
export function presentWizard(input: WizardInput, t: Localize): WizardState {
  const { session, plans, permissions, preflights, problem, obstacle } = input;
  const { setup, findings, run } = session;
  const steps = { ...input, setup, findings, run, snapshot: session.snapshot };
  const shownRun = runToShow(input, t);
  return {
    revision: input.revision,
    title: setup.name,
    subtitle: subtitleOf(setup, session.snapshot, t),
    connection: connectionBadge(input.connection, setup, t),
    progress: presentProgress(session, input.now, t),
    setup: presentForm(input.form, t),
    groups: presentGroups(steps, t),
    proof: presentProof(session.verification, t),
    steps: presentSteps(steps, t),
    network: presentPicture(
      { setup, snapshot: asApplied(session.snapshot, run), findings, run, changes: session.plan.changes },
      t,
    ),
    plan: plans.all === undefined ? null : presentPlan(plans.all, session.snapshot, { permissions, preflights }, t),
    preflights: presentPreflights(preflights, plans, t),
    refused: (obstacle?.kind === 'preflight' ? obstacle.planId : undefined) ?? null,
    run: shownRun,
    verification: session.verification === undefined ? null : presentVerification(session.verification, t),
    log: input.log,
    busy: busySentence(input, t),
    problem:
      problem === undefined
        ? null
        : {
            message: t(problem.message),
            next: t(problem.next),
            action: problem.action ? { label: t(problem.action.label), command: problem.action.command } : null,
          },
    obstacle: obstacle?.kind === 'elsewhere' ? presentObstacle(obstacle.holder, input.now, t) : null,
    can: capabilities(input, shownRun),
  };
}

function presentObstacle({ machine, runId, since }: Holder, now: number, t: Localize): ObstacleView {
  return {
    message: t(text('Somebody else is at it: run {0} on {1}, begun {2}.', runId, machine, ago(now - since))),
    next: t(
      text('Two runs on the same resources get in each other’s way. Wait for that one to end, or go on if it is dead.'),
    ),
  };
}

function subtitleOf({ scenarios, roles }: Setup, snapshot: Snapshot, t: Localize): string {
  const [first = text('Azure OpenAI'), ...others] = scenarios.flatMap((id) => findScenario(id)?.title ?? []);
  const title = others.reduce((before, next) => text('{0} + {1}', before, next), first);
  const regions = [roles.openAi, roles.virtualNetwork].flatMap((binding) => {
    const entry = binding && snapshot.get(binding.id);
    const present = entry?.state === 'present' ? asString(entry.resource['location']) : undefined;
    const location = present ?? binding?.create?.location;
    return location === undefined ? [] : normalizeLocation(location);
  });
  const distinct = [...new Set(regions)];
  return distinct.length === 0 ? t(title) : t(text('{0} · {1}', title, distinct.join(' → ')));
}

function connectionBadge(kind: 'azure' | 'sandbox', { subscription, cloud }: Setup, t: Localize) {
  if (kind === 'sandbox') {
    return {
      kind,
      label: t(text('Sandbox')),
      tooltip: t(text('A simulated Azure on this machine. Nothing here reaches a real cloud or costs anything.')),
    };
  }
  return {
    kind,
    label: t(text('Azure')),
    tooltip: t(text('Subscription {0}, cloud {1}', subscription, cloud)),
  };
}

function busySentence({ session: { reading }, verifying, starting }: WizardInput, t: Localize): string | null {
  if (starting) return t(text('Looking whether anything is in the way…'));
  if (verifying) return t(text('Measuring from every position…'));
  if (reading === undefined) return null;
  if (reading.total === 0) return t(text('Reading the resources…'));
  return t(text('Reading the resources, {0} of {1}…', reading.read, reading.total));
}

function runToShow({ session, pastRuns, now }: WizardInput, t: Localize): RunView | null {
  if (session.run) return presentRunState(session.run, pastRuns, now, t);
  const last = pastRuns.find(({ outcome }) => outcome === undefined) ?? pastRuns[0];
  return last === undefined ? null : presentRunRecord(last, pastRuns, t);
}

function capabilities(
  { session, pastRuns, plans, problem, form, verifying, starting }: WizardInput,
  run: RunView | null,
): Capabilities {
  const active = run?.active === true;
  const idle = !active && problem === undefined && session.reading === undefined && !verifying && !starting;
  const shown = pastRuns.find(({ header }) => header.runId === run?.runId);
  const { scenarios, roles, options } = session.setup;
  const isData = scenarios.includes('on-your-data');
  const hosts = session.snapshot.present().length > 0 && session.checkedAt !== undefined;
  return {
    apply: idle && plans.all !== undefined && form.faults.length === 0,
    cancel: active,
    verify: idle && session.checkedAt !== undefined,
    undo: idle && shown !== undefined && canTakeBack(shown, pastRuns),
    decide: idle && shown !== undefined,
    copyHosts: idle && hosts && session.findings.some(isPrivateEndpointDone),
    downloadVpnClient:
      idle && session.findings.some(({ step, status }) => step === 'vpn-p2s-entra' && status === 'compliant'),
    copyInferenceRequest: isData && roles.openAi !== undefined && roles.search !== undefined,
    copyDocumentFilter: (isData || scenarios.includes('ai-search')) && options.documentAccess !== undefined,
  };
}

function isPrivateEndpointDone({ step, status }: SessionState['findings'][number]): boolean {
  return /-private-endpoint(-\w+)?$/.test(step) && status === 'compliant';
}

/** The snapshot with what a running run has changed and Azure has confirmed, so that the picture fills in live. */
function asApplied(snapshot: Snapshot, run: RunState | undefined): Snapshot {
  if (run === undefined || run.outcome !== undefined || run.kind === 'undo') return snapshot;
  return run.changes.filter(isMade).reduce((applied, { change }) => {
    const entry = applied.get(change.resource);
    const present = entry?.state === 'present' ? entry.resource : { id: change.resource };
    const resource = { ...mergePatch(present, change.after ?? {}), id: change.resource };
    return applied.withEntry(change.resource, { state: 'present', resource });
  }, snapshot);
}
