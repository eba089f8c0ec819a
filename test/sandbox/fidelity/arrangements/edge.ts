import type { Json } from '../../../../src/core/resources/json';
import { networkId, resourceGroup, virtualNetwork } from '../../../../src/sandbox/worlds/builders';
import { apiManagement, serviceId } from '../../../../src/sandbox/worlds/edgeBuilders';
import { publicIpAddress, publicIpId } from '../../../../src/sandbox/worlds/vpnBuilders';
import type { Arrangement, Preparation } from '../arrangement';

const places = [
  resourceGroup('contoso-rg', 'westus2'),
  virtualNetwork(networkId('contoso-rg', 'contoso-vnet'), 'westus2', '10.0.0.0/16', {
    'contoso-subnet': '10.0.0.0/24',
  }),
  publicIpAddress(publicIpId('contoso-rg', 'contoso-pip'), 'westus2'),
];
const policy: readonly Preparation[] = ['network.wafPolicy.put.create', { waitSeconds: 10 }];
const gateway: readonly Preparation[] = [...policy, 'network.applicationGateway.put.create', { waitSeconds: 60 }];

const service: readonly Preparation[] = ['apim.service.put.create', { waitSeconds: 60 }];
const classic = apiManagement(serviceId('contoso-rg', 'contoso-apim'), 'westus2');
const inClassic: Arrangement = { seed: [...places, classic] };
const content = serviceId('contoso-rg', 'contoso-apim');
const made = (path: string, body: Json): Preparation => ({
  method: 'PUT',
  url: `${content}/${path}?api-version=2022-08-01`,
  body,
});

/** Application gateways and their web application firewall policies, and API Management. */
export const edgeArrangements: Readonly<Record<string, Arrangement>> = {
  'network.wafPolicy.put.create': {},
  'network.wafPolicy.get': { seed: places, before: gateway },
  'network.applicationGateway.put.create': { seed: places, before: policy },
  'network.applicationGateway.delete': { seed: places, before: gateway },
  'network.publicIP.delete.inUse': { seed: places, before: gateway },
  'apim.service.put.create': {},
  'apim.poll.inProgress': { before: ['apim.service.put.create', { waitSeconds: 20 }], follow: 'azure-asyncoperation' },
  'apim.poll.succeeded': { before: service, follow: 'azure-asyncoperation' },
  'apim.service.get': {
    before: [
      ...service,
      {
        method: 'PATCH',
        url: `${content}?api-version=2024-05-01`,
        body: { tags: { scratchcard: 'lanyard' } },
      },
      { waitSeconds: 60 },
    ],
  },
  'apim.service.get.classic': inClassic,
  'apim.policy.put': inClassic,
  'apim.policy.delete': { ...inClassic, before: ['apim.policy.put'] },
  'apim.namedValue.put': inClassic,
  'apim.backend.put': inClassic,
  'apim.logger.put': inClassic,
  'apim.diagnostic.put': inClassic,
  'apim.subscription.put': inClassic,
  'apim.product.get.404': inClassic,
  'apim.405': {
    ...inClassic,
    before: [
      made('apis/contoso-api2', { properties: { displayName: 'API', path: 'api' } }),
      made('products/contoso-product', { properties: { displayName: 'Product' } }),
      made('products/contoso-product/apis/contoso-api2', {}),
    ],
  },
};
