/** What a name of an App Service plan's SKU says. */
export interface PlanSku {
  readonly name: string;
  readonly tier: string;
  readonly size: string;
  readonly family: string;
  /** Virtual networks that the apps of one plan may be integrated with. */
  readonly networks: number;
  readonly computeMode: 'Dedicated' | 'Shared' | 'Dynamic';
}

interface Tier {
  readonly names: RegExp;
  readonly tier: string;
  readonly family: string;
  readonly networks?: number;
  readonly computeMode?: PlanSku['computeMode'];
}

const TIERS: readonly Tier[] = [
  { names: /^F1$/i, tier: 'Free', family: 'F', networks: 0, computeMode: 'Shared' },
  { names: /^D1$/i, tier: 'Shared', family: 'D', networks: 0, computeMode: 'Shared' },
  { names: /^B[1-3]$/i, tier: 'Basic', family: 'B' },
  { names: /^S[1-3]$/i, tier: 'Standard', family: 'S' },
  { names: /^P[1-3]v2$/i, tier: 'PremiumV2', family: 'Pv2' },
  { names: /^P([0-3]|[1-5]m)v3$/i, tier: 'PremiumV3', family: 'Pv3' },
  { names: /^P([0-3]|[1-5]m)v4$/i, tier: 'PremiumV4', family: 'Pv4' },
  { names: /^EP[1-3]$/i, tier: 'ElasticPremium', family: 'EP' },
  { names: /^Y1$/i, tier: 'Dynamic', family: 'Y', networks: 0, computeMode: 'Dynamic' },
];

/** Undefined for a name that no plan has. The casing stays as it was sent. */
export function planSku(name: string): PlanSku | undefined {
  const found = TIERS.find(({ names }) => names.test(name));
  if (found === undefined) return undefined;
  const { tier, family, networks = 2, computeMode = 'Dedicated' } = found;
  return { name, tier, size: name, family, networks, computeMode };
}
