import { privateStepId, type PrivateService } from '../../../core/steps/privateServices';
import { STEPS } from '../../../core/steps/registry';
import type { StepGroup } from '../../../core/steps/step';

/** Services that stand outside of the network, in the order in which they are drawn. */
export const SERVICE_ROLES = ['openAi', 'search', 'storage'] as const;

export type ServiceRole = (typeof SERVICE_ROLES)[number];

/** Steps that decide whether the internet reaches a service. */
export const PUBLIC_STEPS: Readonly<Record<ServiceRole, readonly string[]>> = {
  openAi: ['aoai-network-default-deny', 'aoai-ip-allowlist', 'aoai-public-access-disabled'],
  search: ['search-ip-allowlist', 'search-public-access-disabled'],
  storage: ['storage-network-default-deny', 'storage-public-access-disabled'],
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
      'rbac-search-aoai-user',
      'aoai-trusted-services',
      'search-shared-private-link',
      'search-spl-approval',
    ],
  },
  {
    from: 'search',
    to: 'storage',
    steps: [
      'rbac-search-blob-reader',
      'storage-trusted-services',
      'search-shared-private-link-storage',
      'search-spl-approval-storage',
    ],
  },
  { from: 'openAi', to: 'storage', steps: ['rbac-aoai-blob-contributor', 'storage-trusted-services'] },
];

/** How developers and the web app come into the network, and what the app may call. */
export const VPN_STEPS = ['vpn-gateway', 'vpn-p2s-entra'] as const;
export const GATEWAY_STEPS = ['vpn-gateway', 'vpn-public-ip', 'vpn-p2s-entra'] as const;
export const INTEGRATION_STEPS = ['webapp-vnet-integration', 'webapp-route-all'] as const;
export const WEB_APP_ROLE_STEP = 'rbac-webapp-aoai-user';

/** How callers outside come in, and what passes their calls on to Azure OpenAI. */
export const OUTSIDE_STEPS = ['appgw-public-ip', 'nsg-appgw', 'appgw'] as const;
export const TO_API_MANAGEMENT_STEPS = [
  'apim-internal-vnet',
  'apim-private-dns-zone',
  'apim-private-dns-link',
  'apim-private-dns',
  'appgw-health-probe',
] as const;
export const TO_OPENAI_STEPS = [
  'apim-managed-identity',
  'rbac-apim-aoai-user',
  'apim-openai-backend',
  'apim-openai-policy',
] as const;

/** Steps of one family, but for those that a line of the picture is about. */
export function stepsOfFamily(family: StepGroup, drawnElsewhere: readonly string[]): readonly string[] {
  return STEPS.filter(({ id, group }) => group === family && !drawnElsewhere.includes(id)).map(({ id }) => id);
}

/** Steps on the service itself, without those that close it to the internet. */
export function stepsOfService(role: ServiceRole): readonly string[] {
  return STEPS.filter((step) => step.on === role && step.group === role)
    .map(({ id }) => id)
    .filter((id) => !PUBLIC_STEPS[role].includes(id));
}

export function stepsOfWebApp(): readonly string[] {
  return [...stepsOfFamily('webApp', INTEGRATION_STEPS), WEB_APP_ROLE_STEP];
}

/** The endpoint with its zones, links and records. */
export function stepsOfEndpoint(service: PrivateService): readonly string[] {
  return (['private-endpoint', 'private-dns-zone', 'private-dns-link', 'private-dns-records'] as const).map((part) =>
    privateStepId(service, part),
  );
}
