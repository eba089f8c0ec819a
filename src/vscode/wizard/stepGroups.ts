import type { RunState } from '../../core/apply/runState';
import type { Finding } from '../../core/evaluate/finding';
import { findStep } from '../../core/steps/registry';
import { STEP_GROUPS, type StepGroup } from '../../core/steps/step';
import { text, type Text } from '../../core/text';
import type { StepState } from '../../protocol/wizardState';
import { stepStateOf } from './stepStates';

export const GROUP_TITLES: Readonly<Record<StepGroup, Text>> = {
  foundation: text('Foundation'),
  openAi: text('Azure OpenAI'),
  search: text('Azure AI Search'),
  storage: text('Storage'),
  roles: text('Roles'),
  privateNetwork: text('Private network'),
  vpn: text('VPN'),
  webApp: text('Web app'),
  apiManagement: text('API Management'),
  applicationGateway: text('Application gateway'),
  governance: text('Governance'),
};

/** Steps of one family, as both the checklist and the tree show them. */
export interface JudgedGroup {
  readonly group: StepGroup;
  readonly title: Text;
  readonly steps: readonly { readonly finding: Finding; readonly state: StepState }[];
}

/** The findings by the family of their step, in the order of the families; families without a finding are left out. */
export function groupFindings(findings: readonly Finding[], run: RunState | undefined): readonly JudgedGroup[] {
  return STEP_GROUPS.flatMap((group) => {
    const own = findings.filter((finding) => findStep(finding.step)?.group === group);
    const steps = own.map((finding) => ({ finding, state: stepStateOf(finding, run) }));
    return steps.length === 0 ? [] : [{ group, title: GROUP_TITLES[group], steps }];
  });
}

const BY_NEED: readonly StepState[] = ['failed', 'running', 'todo', 'unknown', 'manual', 'done', 'notApplicable'];

/** The state that needs somebody most. */
export function neediest(states: readonly StepState[]): StepState {
  return BY_NEED.find((state) => states.includes(state)) ?? 'notApplicable';
}
