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
  readonly search?: RoleBinding<NewSearchService> | undefined;
  readonly storage?: RoleBinding<NewStorageAccount> | undefined;
  readonly virtualNetwork?: RoleBinding<NewVirtualNetwork> | undefined;
  readonly privateEndpointSubnet?: RoleBinding<NewSubnet> | undefined;
  readonly gatewaySubnet?: RoleBinding<NewSubnet> | undefined;
  readonly vpnGateway?: RoleBinding<NewVpnGateway> | undefined;
  readonly webAppSubnet?: RoleBinding<NewSubnet> | undefined;
  readonly webApp?: RoleBinding<NewWebApp> | undefined;
  readonly apiManagementSubnet?: RoleBinding<NewSubnet> | undefined;
  readonly apiManagement?: RoleBinding<NewApiManagement> | undefined;
  readonly applicationGatewaySubnet?: RoleBinding<NewSubnet> | undefined;
  readonly applicationGateway?: RoleBinding<NewApplicationGateway> | undefined;
  readonly keyVault?: RoleBinding<NewKeyVault> | undefined;
  readonly logAnalyticsWorkspace?: RoleBinding<NewWorkspace> | undefined;
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

export interface NewSearchService {
  readonly location: string;
  /** A tier that supports private endpoints. */
  readonly sku: SearchSku;
}

export type SearchSku = (typeof SEARCH_SKUS)[number];

/** Tiers of Azure AI Search that support private endpoints, the smallest first. */
export const SEARCH_SKUS = [
  'basic',
  'standard',
  'standard2',
  'standard3',
  'storage_optimized_l1',
  'storage_optimized_l2',
] as const;

export interface NewStorageAccount {
  readonly location: string;
}

export interface NewVpnGateway {
  readonly location: string;
}

export interface NewWebApp {
  readonly location: string;
}

export interface NewApiManagement {
  readonly location: string;
  readonly sku: ApiManagementSku;
  /** Azure sends notices about the service there, and shows it to developers. */
  readonly publisherEmail: string;
  readonly publisherName: string;
}

export type ApiManagementSku = (typeof API_MANAGEMENT_SKUS)[number];

/** Classic tiers of API Management that can stand inside a virtual network, the smaller first. */
export const API_MANAGEMENT_SKUS = ['Developer', 'Premium'] as const;

export interface NewApplicationGateway {
  readonly location: string;
}

export interface NewKeyVault {
  readonly location: string;
}

export interface NewWorkspace {
  readonly location: string;
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
  /** `off` is for production; `keep` for evaluation, because the studio's browser calls use keys. */
  readonly apiKeys: 'off' | 'keep';
  /** The name that an account without a custom subdomain gets; its own name where this is empty. */
  readonly customSubdomain?: string | undefined;
  /** Search calls Azure OpenAI through a shared private link instead of as a trusted service. */
  readonly sharedPrivateLink: boolean;
  /** The storage account gets a private endpoint for file shares too, as projects need one. */
  readonly fileEndpoint: boolean;
  /** Search writes to the storage account: a knowledge store, an enrichment cache or debug sessions. */
  readonly searchWritesToStorage: boolean;
  /** Microsoft Defender for Cloud watches AI workloads of the subscription. */
  readonly defender: boolean;
  /** So do its plans for the other services of the setup. */
  readonly defenderForServices: boolean;
  /** Private IPv4 range for VPN clients, outside of every network. */
  readonly vpnClientAddressPool?: string | undefined;
  /** Who builds with the resources. */
  readonly developers: readonly Principal[];
  /** Roles of the documents that keyless work does not need. */
  readonly developerExtras: readonly DeveloperExtra[];
  /** The identity of an AI Studio or Foundry project that reads indexes in the storage account. */
  readonly project?: Principal | undefined;
  /** The index whose documents are only for some. */
  readonly documentAccess?: DocumentAccess | undefined;
  /** `selectedNetworks` leaves Search open to `allowedAddresses`. */
  readonly searchPublicAccess: SetupOptions['publicAccess'];
  /** What Search reaches through a shared private link of its own, besides Azure OpenAI. */
  readonly searchLinks: readonly SearchLink[];
  /** Roles on a single index. */
  readonly indexReaders: readonly IndexReader[];
  /** The name that callers outside use, which the certificate is for. */
  readonly gatewayHostName?: string | undefined;
  /** The certificate in the key vault for that name. */
  readonly gatewayCertificate?: string | undefined;
  /** Whether the firewall blocks what it finds, or only logs it. */
  readonly firewallMode: FirewallMode;
  /** Data at rest is encrypted with keys in your key vault as well. */
  readonly customerManagedKeys: boolean;
  /** A lock on every resource keeps people from deleting it by mistake. */
  readonly locks: boolean;
  /** Azure Policy reports what leaves the desired state, or refuses it as well. */
  readonly policies: PolicyEffect;
  /** Who gets a message when somebody deletes or opens a resource. */
  readonly alertEmail?: string | undefined;
  /** When keys that are still accepted were last replaced: dates as 2026-11-22, by role. */
  readonly keysRotated: Readonly<Partial<Record<KeyedRole, string>>>;
  /** Calls of the feature itself with which a verification ends. */
  readonly proofs: readonly ProofId[];
}

/** `storage`: blobs; `keyVault`: keys for encryption; `webApp`: custom skills. */
export type SearchLink = (typeof SEARCH_LINKS)[number];

export const SEARCH_LINKS = ['storage', 'keyVault', 'webApp'] as const;

export interface IndexReader {
  readonly index: string;
  readonly principal: Principal;
}

export type FirewallMode = (typeof FIREWALL_MODES)[number];

export const FIREWALL_MODES = ['Prevention', 'Detection'] as const;

export type PolicyEffect = (typeof POLICY_EFFECTS)[number];

export const POLICY_EFFECTS = ['audit', 'deny', 'off'] as const;

/** Roles whose resource has two keys, or a subscription with two in it. */
export type KeyedRole = (typeof KEYED_ROLES)[number];

export const KEYED_ROLES = ['openAi', 'search', 'storage', 'apiManagement'] as const;

/** Somebody or something in Microsoft Entra ID that roles are assigned to. */
export interface Principal {
  /** Object id. */
  readonly id: string;
  readonly type: 'User' | 'Group' | 'ServicePrincipal';
  /** What people know it by; only for reading. */
  readonly name?: string | undefined;
}

/** `listKeys`: Cognitive Services User; `assignRoles`: Role Based Access Control Administrator. */
export type DeveloperExtra = (typeof DEVELOPER_EXTRAS)[number];

export const DEVELOPER_EXTRAS = ['listKeys', 'assignRoles'] as const;

export interface DocumentAccess {
  readonly index: string;
  /** The field with the groups that may see a document. */
  readonly field: string;
}

/** `ingestion` makes an index of the documents in a container; `inference` asks a question about them. */
export type ProofId = (typeof PROOFS)[number];

export const PROOFS = ['ingestion', 'inference'] as const;

export const DEFAULT_OPTIONS: SetupOptions = {
  publicAccess: 'disabled',
  allowedAddresses: [],
  apiKeys: 'off',
  sharedPrivateLink: false,
  fileEndpoint: false,
  searchWritesToStorage: false,
  defender: true,
  defenderForServices: false,
  developers: [],
  developerExtras: [],
  searchPublicAccess: 'disabled',
  searchLinks: [],
  indexReaders: [],
  firewallMode: 'Prevention',
  customerManagedKeys: false,
  locks: true,
  policies: 'audit',
  keysRotated: {},
  proofs: [...PROOFS],
};
