import { privateStepId, type PrivateService } from '../../../core/steps/privateServices';
import { STEPS } from '../../../core/steps/registry';

/** Services that stand outside of the network, in the order in which they are drawn. */
export const SERVICE_ROLES = ['openAi', 'search', 'storage'] as const;

export type ServiceRole = (typeof SERVICE_ROLES)[number];

/** Steps that decide whether the internet reaches a service. */
export const PUBLIC_STEPS: Readonly<Record<ServiceRole, readonly string[]>> = {
  openAi: ['aoai-network-default-deny', 'aoai-ip-allowlist', 'aoai-public-access-disabled'],
  search: ['search-public-access-disabled'],
  storage: ['storage-public-access-disabled'],
};

/** Which service calls which, with the roles and the exceptions that it takes. Source: on-your-data.fr, both architectures. */
export const SERVICE_CALLS: readonly {
  readonly from: ServiceRole;
  readonly to: ServiceRole;
  readonly steps: readonly string[];
}[] = [
  {
    from: 'openAi',
    to: 'search',
    steps: [
      'rbac-aoai-search-index-reader',
      'rbac-aoai-search-contributor',
      'search-rbac-auth',
      'search-trusted-services',
    ],
  },
  {
    from: 'search',
    to: 'openAi',
    steps: [
      'rbac-search-aoai-contributor',
      'aoai-trusted-services',
      'search-shared-private-link',
      'search-spl-approval',
    ],
  },
  { from: 'search', to: 'storage', steps: ['rbac-search-blob-reader', 'storage-trusted-services'] },
  { from: 'openAi', to: 'storage', steps: ['rbac-aoai-blob-contributor', 'storage-trusted-services'] },
];

/** How developers and the web app come into the network, and what the app may call. */
export const VPN_STEPS = ['vpn-gateway', 'vpn-p2s-entra'] as const;
export const GATEWAY_STEPS = ['vpn-gateway', 'vpn-public-ip', 'vpn-p2s-entra'] as const;
export const INTEGRATION_STEPS = ['webapp-vnet-integration', 'webapp-route-all'] as const;
export const WEB_APP_ROLE_STEP = 'rbac-webapp-aoai-user';

/** Steps on the service itself, without those that close it to the internet. */
export function stepsOfService(role: ServiceRole): readonly string[] {
  return STEPS.filter((step) => step.on === role && step.group === role)
    .map(({ id }) => id)
    .filter((id) => !PUBLIC_STEPS[role].includes(id));
}

export function stepsOfWebApp(): readonly string[] {
  const own = STEPS.filter(({ group }) => group === 'webApp').map(({ id }) => id);
  return [...own.filter((id) => !INTEGRATION_STEPS.some((other) => other === id)), WEB_APP_ROLE_STEP];
}

/** The endpoint with its zones, links and records. */
export function stepsOfEndpoint(service: PrivateService): readonly string[] {
  return (['private-endpoint', 'private-dns-zone', 'private-dns-link', 'private-dns-records'] as const).map((part) =>
    privateStepId(service, part),
  );
}
