import type { Source } from './source';

/** Where the steps of the application gateway come from. */
export const GATEWAY_SOURCES: readonly Source[] = [
  { seed: 'apim-app-gateway.fr', section: 'Mise en place de l’Application Gateway' },
  {
    reference: 'Integrate API Management in an internal virtual network with Application Gateway',
    url: 'https://learn.microsoft.com/azure/api-management/api-management-howto-integrate-internal-vnet-appgateway',
  },
];

/** What every write to the gateway needs, beside the rights to what it joins. */
export const GATEWAY_WRITE = ['Microsoft.Network/applicationGateways/write'];
