import type { NetworkPicture } from './networkPicture';
import type { SetupForm } from './setupForm';

/**
 * What the wizard page shows, whole, at one moment. The extension host makes it from the setup, the findings, the
 * plan and the run; the page renders it and keeps nothing of its own but what is selected, folded and scrolled.
 * Every string is already in the user's language. Strings that came from Azure or a file are data: the page sets
 * them as text, never as HTML.
 */
export interface WizardState {
  /** Rises with every state that the host sends; a page that gets an older one ignores it. */
  readonly revision: number;
  readonly title: string;
  readonly subtitle: string;
  readonly connection: ConnectionBadge;
  readonly progress: ProgressLine;
  readonly setup: SetupForm;
  readonly groups: readonly StepGroup[];
  /** The last group of the checklist: what a verification shows. */
  readonly proof: ProofGroup;
  /** The detail of every step in the groups, by step id. */
  readonly steps: Readonly<Record<string, StepDetail>>;
  readonly network: NetworkPicture | null;
  /** The plan for everything that is left; null where there is nothing to apply or it cannot be planned. */
  readonly plan: PlanView | null;
  /** What is in the way of the plans that the user has looked at, by plan. */
  readonly preflights: Readonly<Record<string, PreflightView>>;
  /** The plan whose run was refused for what its preflight says; null where none was. */
  readonly refused: string | null;
  /** The running or the last run; null before the first. */
  readonly run: RunView | null;
  readonly verification: VerificationView | null;
  /** Newest last. At most 200 lines. */
  readonly log: readonly LogLine[];
  /** What the host is busy with before there is anything to show ("Reading 14 resources"); null when it is not. */
  readonly busy: string | null;
  /** Something that keeps the wizard from working, with what to do next. */
  readonly problem: ProblemView | null;
  /** Somebody else seems to be at it, so a run did not begin; null where none was kept from it. */
  readonly obstacle: ObstacleView | null;
  readonly can: Capabilities;
}

export interface ConnectionBadge {
  readonly kind: 'azure' | 'sandbox';
  readonly label: string;
  readonly tooltip: string;
}

export interface ProgressLine {
  readonly total: number;
  readonly compliant: number;
  readonly unknown: number;
  /** One sentence: "11 of 18 steps compliant, 1 unknown · checked 20 seconds ago · about 4 minutes left if you apply the rest". */
  readonly sentence: string;
}

export type StepState = 'todo' | 'running' | 'failed' | 'unknown' | 'manual' | 'done' | 'notApplicable';

/** Steps of one family, in the order in which they are made. */
export interface StepGroup {
  readonly group: string;
  /** "Azure AI Search". */
  readonly label: string;
  /** "3 of 8", beside the label. */
  readonly count: string;
  /** The same in a sentence, for screen readers. */
  readonly spoken: string;
  /** That of the step which needs somebody most. */
  readonly state: StepState;
  readonly steps: readonly StepRow[];
}

/** What was measured and proven, position by position. */
export interface ProofGroup {
  readonly label: string;
  readonly count: string;
  readonly spoken: string;
  readonly state: StepState;
  /** Empty before the first verification. */
  readonly rows: readonly ProofRow[];
}

export interface ProofRow {
  /** As in the rows of the verification. */
  readonly position: string;
  readonly state: StepState;
  /** "4 of 5". */
  readonly note: string;
  readonly spoken: string;
}

export interface StepRow {
  readonly step: string;
  readonly title: string;
  readonly state: StepState;
  /** Short and right-aligned: "~40 s", "last", "no access". */
  readonly note: string;
  /** For screen readers: title, state and note in one sentence. */
  readonly label: string;
}

export interface StepDetail {
  readonly step: string;
  readonly state: StepState;
  /** The state in words: "To do", "Compliant". */
  readonly stateLabel: string;
  /** "Private endpoint for contoso-openai". */
  readonly heading: string;
  readonly why: string;
  readonly sources: readonly SourceLink[];
  readonly evidence: readonly EvidenceRow[];
  /** Why it is unknown, not applicable, manual or blocked; null otherwise. */
  readonly reason: string | null;
  /** It was compliant once and is not any more; null otherwise. */
  readonly deviation: { readonly sentence: string; readonly isNew: boolean } | null;
  /** What is worth knowing beside the judgement: where the documents disagree, what stays open. */
  readonly notes: readonly string[];
  readonly changes: readonly ChangeView[];
  readonly facts: readonly Fact[];
  /** The plan that applies this step with what it needs first; null where there is nothing to apply. */
  readonly planId: string | null;
  /** The changes of that plan in order, by id: each stands in `plan.changes` or in a step's `changes`. */
  readonly planChangeIds: readonly string[];
  /** What the user has to agree to before that plan can be applied. */
  readonly planConfirmations: readonly Confirmation[];
  /** The step was skipped by the user with this reason; null otherwise. */
  readonly skipped: string | null;
  /** A run of ours made it, and it can be taken back by itself. */
  readonly canUndo: boolean;
}

/** The page names a link; only the host knows its address. */
export interface SourceLink {
  readonly label: string;
  /** Null where there is nothing to open. */
  readonly linkId: string | null;
}

export interface EvidenceRow {
  readonly property: string;
  readonly expected: string;
  readonly actual: string;
  readonly satisfied: boolean;
}

/** A change with its diff, property by property. */
export interface ChangeView {
  readonly id: string;
  /** "Microsoft.Network/privateEndpoints · rg-network · Japan East". */
  readonly heading: string;
  readonly name: string;
  readonly action: 'create' | 'update' | 'delete' | 'action';
  /** The action in words: "Create". */
  readonly actionLabel: string;
  readonly lines: readonly DiffLine[];
  readonly note: string | null;
}

export interface DiffLine {
  readonly kind: 'add' | 'remove' | 'same';
  readonly indent: number;
  readonly name: string;
  readonly value: string;
}

/** "Needs: Network Contributor on rg-net". `tone` colours the second part, never alone. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly tone: 'plain' | 'good' | 'warning';
}

/** What would be done, as the host issued it. The page can only name it by its id. */
export interface PlanView {
  readonly planId: string;
  /** "Review and apply 6 changes…". */
  readonly action: string;
  readonly heading: string;
  readonly summary: string;
  readonly changes: readonly ChangeView[];
  readonly facts: readonly Fact[];
  /** What the user has to agree to before it can be applied, each in a sentence. */
  readonly confirmations: readonly Confirmation[];
  readonly blocked: readonly string[];
}

/** What could be known of a plan before its first write. */
export interface PreflightView {
  readonly looking: boolean;
  /** What it comes to, in one sentence. */
  readonly sentence: string;
  readonly tone: 'plain' | 'good' | 'warning' | 'bad';
  /** Time and what costs money, in one line; empty while that is not known. */
  readonly summary: string;
  /** What would be refused first. */
  readonly findings: readonly PreflightFindingView[];
}

export interface PreflightFindingView {
  readonly verdict: 'blocks' | 'warns' | 'unknown';
  /** The verdict in words. */
  readonly label: string;
  readonly title: string;
  /** Azure's own words; may be empty. */
  readonly detail: string;
  readonly remedy: string;
  /** Which changes it concerns, in one sentence; may be empty. */
  readonly concerns: string;
}

export interface Confirmation {
  readonly id: string;
  readonly label: string;
  /** What exactly, each in a sentence or two. */
  readonly notes: readonly string[];
}

export type RunChangeState = 'pending' | 'running' | 'succeeded' | 'unchanged' | 'failed' | 'skipped' | 'cancelled';

export interface RunView {
  readonly runId: string;
  readonly heading: string;
  /** One sentence: what it is doing, or how it ended and what is still going on in Azure. */
  readonly sentence: string;
  readonly active: boolean;
  readonly tone: 'plain' | 'good' | 'bad';
  readonly done: number;
  readonly total: number;
  readonly changes: readonly RunChangeRow[];
  /** It ended in the middle, and nobody has decided yet what becomes of it. */
  readonly interrupted: boolean;
  /** What can be done with it now, the likeliest first. */
  readonly choices: readonly RunChoice[];
}

export interface RunChoice {
  readonly choice: 'resume' | 'undo' | 'abandon';
  readonly label: string;
}

export interface RunChangeRow {
  readonly id: string;
  readonly title: string;
  readonly name: string;
  readonly state: RunChangeState;
  readonly stateLabel: string;
  readonly note: string;
  /** Azure's words with the next action, for a change that failed. */
  readonly error: RunChangeErrorView | null;
}

export interface RunChangeErrorView {
  readonly message: string;
  readonly next: string;
  /** Correlation id and code, for the details fold. */
  readonly details: string;
  /** The next action as a button; null where the sentence is enough. */
  readonly action: { readonly kind: 'signIn' | 'retry' | 'review'; readonly label: string } | null;
}

export interface VerificationView {
  readonly heading: string;
  readonly sentence: string;
  readonly rows: readonly VerificationRow[];
}

export interface VerificationRow {
  readonly position: string;
  readonly host: string;
  readonly title: string;
  readonly expected: string;
  readonly actual: string;
  readonly verdict: 'pass' | 'fail' | 'unknown';
  readonly verdictLabel: string;
  readonly advice: string;
}

export interface LogLine {
  readonly time: string;
  readonly level: 'info' | 'warning' | 'error';
  readonly message: string;
}

export interface ProblemView {
  readonly message: string;
  readonly next: string;
  /** A button that the host acts on; null where the sentence is enough. */
  readonly action: { readonly label: string; readonly command: ProblemCommand } | null;
}

export interface ObstacleView {
  /** Who is at it, and since when. */
  readonly message: string;
  readonly next: string;
}

export type ProblemCommand = 'signIn' | 'openSetupFile' | 'showLog' | 'refresh' | 'chooseSubscription';

export interface Capabilities {
  readonly apply: boolean;
  readonly cancel: boolean;
  readonly verify: boolean;
  /** An earlier run can be taken back. */
  readonly undo: boolean;
  /** What the run that is shown offers can be chosen now. */
  readonly decide: boolean;
  readonly copyHosts: boolean;
  readonly downloadVpnClient: boolean;
  readonly copyInferenceRequest: boolean;
  readonly copyDocumentFilter: boolean;
}
