/** A plan of Microsoft Defender for Cloud. */
export interface DefenderPlan {
  readonly name: string;
  /** Names of what can be switched on besides; any where not given. */
  readonly extensions?: readonly string[];
  /** The sub-plan that it has when none is asked for. */
  readonly subPlan?: string;
  /** Reported since 2024: it has to be said which sub-plan is meant. https://github.com/Azure/Enterprise-Scale/issues/1606 */
  readonly subPlans?: readonly string[];
  /** The plans that took its place. */
  readonly replacedBy?: readonly string[];
}

/** Every plan that a subscription can switch on. */
export const DEFENDER_PLANS: readonly DefenderPlan[] = [
  { name: 'VirtualMachines', subPlan: 'P2' },
  { name: 'SqlServers' },
  { name: 'AppServices' },
  { name: 'StorageAccounts', subPlan: 'DefenderForStorageV2' },
  { name: 'SqlServerVirtualMachines' },
  { name: 'KubernetesService', replacedBy: ['Containers'] },
  { name: 'ContainerRegistry', replacedBy: ['Containers'] },
  { name: 'KeyVaults' },
  { name: 'Dns', replacedBy: ['VirtualMachines'] },
  { name: 'Arm' },
  { name: 'OpenSourceRelationalDatabases' },
  { name: 'CosmosDbs' },
  { name: 'Containers' },
  { name: 'CloudPosture' },
  { name: 'Api', subPlans: ['P1', 'P2', 'P3', 'P4', 'P5'] },
  { name: 'AI', extensions: ['AIPromptEvidence', 'AIPromptSharingWithPurview'] },
];
