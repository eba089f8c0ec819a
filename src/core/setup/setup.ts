import type { CloudId, OpenAiKind } from '../clouds';
import type { ScenarioId } from './scenarios';

/**
 * What the user means to secure: which resource plays which role, for which scenarios, with which options.
 * It is the content of `ringfence.json`, which is safe to commit: nothing secret has a place in it.
 */
export interface Setup {
  readonly version: 1;
  readonly name: string;
  readonly cloud: CloudId;
  readonly subscription: string;
  readonly tenant?: string | undefined;
  readonly scenarios: readonly ScenarioId[];
  readonly roles: Roles;
  readonly options: SetupOptions;
  /** Steps that the user does not want, with the reason that reports repeat. */
  readonly skip: Readonly<Record<string, string>>;
}

/** Every role is a resource id, and what to create there where it does not exist yet. */
export interface Roles {
  readonly resourceGroup?: RoleBinding<NewResourceGroup> | undefined;
  readonly openAi?: RoleBinding<NewOpenAiAccount> | undefined;
  readonly virtualNetwork?: RoleBinding<NewVirtualNetwork> | undefined;
  readonly privateEndpointSubnet?: RoleBinding<NewSubnet> | undefined;
}

export type RoleId = keyof Roles;

export interface RoleBinding<New> {
  readonly id: string;
  /** Present where Ringfence may create the resource if it is not there. */
  readonly create?: New | undefined;
}

export interface NewResourceGroup {
  readonly location: string;
}

export interface NewOpenAiAccount {
  readonly location: string;
  readonly kind: OpenAiKind;
}

export interface NewVirtualNetwork {
  readonly location: string;
  /** IPv4 ranges in CIDR notation. */
  readonly addressPrefixes: readonly string[];
}

export interface NewSubnet {
  /** IPv4 range in CIDR notation, inside the virtual network. */
  readonly addressPrefix: string;
}

export interface SetupOptions {
  /** `selectedNetworks` is the documented alternative: the account stays public for listed addresses only. */
  readonly publicAccess: 'disabled' | 'selectedNetworks';
  /** For `selectedNetworks`: public IPv4 addresses and ranges that may still call. */
  readonly allowedAddresses: readonly string[];
  readonly apiKeys: 'off' | 'keep';
  /** The name that an account without a custom subdomain gets; its own name where this is empty. */
  readonly customSubdomain?: string | undefined;
}

export const DEFAULT_OPTIONS: SetupOptions = {
  publicAccess: 'disabled',
  allowedAddresses: [],
  apiKeys: 'off',
};
