import {
  decision,
  description,
  measured,
  note,
  option,
  roles,
  statement,
  steps,
  stepsOfSection,
  tools,
} from '../statement';

/** What the on-your-data documents say about the resource group, the network and Azure OpenAI. */
export const resources = {
  everySection: statement(
    'Follow every section, even if you mean to secure only a part.',
    tools('check'),
    note('The checklist has all of them. A step is left out only with a reason, and reports repeat the reason.'),
  ),
  publicNetworkOff: statement(
    'The settings are those for a disabled public network, on all three services.',
    steps('aoai-public-access-disabled', 'search-public-access-disabled', 'storage-public-access-disabled'),
    measured('refused'),
  ),
  noAddressRules: statement(
    'Selected networks with IP rules are not supported, because the services’ addresses change.',
    stepsOfSection,
    option('publicAccess'),
    decision('ipRules'),
  ),
  validationScript: statement(
    'A script can check whether your configuration meets all of the requirements.',
    tools('check'),
    note('The script is no longer where the document links to. This is what replaces it.'),
  ),

  resourceGroup: statement(
    'Create a resource group for all of it.',
    steps('resource-group'),
    roles('resourceGroup'),
    note('Resources that you have already may be anywhere in the subscription.'),
  ),
  oneNetwork: statement('One virtual network.', steps('vnet'), roles('virtualNetwork')),
  threeServices: statement(
    'Three services: Azure OpenAI, Azure AI Search and a storage account.',
    steps('aoai-account', 'search-service', 'storage-account'),
    roles('openAi', 'search', 'storage'),
  ),
  threeEndpoints: statement(
    'Three private endpoints, one for each service.',
    steps('aoai-private-endpoint', 'search-private-endpoint', 'storage-private-endpoint-blob'),
  ),
  threeInterfaces: statement(
    'Three network interfaces, one for each endpoint.',
    steps('aoai-private-endpoint', 'search-private-endpoint', 'storage-private-endpoint-blob'),
    note('Azure makes them with the endpoints.'),
  ),
  oneGateway: statement(
    'One virtual network gateway, for clients on your premises.',
    steps('vpn-gateway'),
    roles('vpnGateway'),
  ),
  oneWebApp: statement(
    'One web app, integrated into the network.',
    steps('webapp', 'webapp-vnet-integration'),
    roles('webApp'),
  ),
  oneZone: statement(
    'One private DNS zone, so that the web app finds Azure OpenAI.',
    steps('aoai-private-dns-zone'),
    decision('zones'),
  ),

  threeSubnets: statement('The network has three subnets.', stepsOfSection, roles('virtualNetwork')),
  gatewaySubnet: statement(
    'One for the gateway.',
    steps('subnet-gateway'),
    roles('gatewaySubnet'),
    decision('subnets'),
  ),
  gatewaySubnetByItself: statement(
    'One comes by itself when you create the gateway.',
    steps('subnet-gateway'),
    roles('gatewaySubnet'),
    decision('subnets'),
  ),
  endpointSubnet: statement(
    'One for the private endpoints of the three services.',
    steps('subnet-private-endpoints'),
    roles('privateEndpointSubnet'),
    decision('subnets'),
  ),
  webAppSubnet: statement(
    'A third one, empty, for the web app’s way out.',
    steps('subnet-webapp'),
    roles('webAppSubnet'),
    note('It is delegated to the app’s plan, which keeps it empty.'),
  ),
  managedNetwork: description(
    'Microsoft has a managed network that you cannot see, from which Azure OpenAI reaches Search.',
    decision('managedEndpoint'),
  ),

  subdomain: statement(
    'A custom subdomain is required for tokens of Microsoft Entra ID and for private DNS.',
    stepsOfSection,
    option('customSubdomain'),
  ),
  subdomainFromPortal: statement(
    'The portal makes one when it creates the account.',
    steps('aoai-custom-subdomain'),
    note('The step looks whether there is one.'),
  ),
  subdomainInTemplate: statement(
    'A template has to name it.',
    steps('aoai-account', 'aoai-custom-subdomain'),
    note('An account that Ringfence creates is created with one.'),
  ),

  openAiIdentity: statement(
    'Assign an identity to Azure OpenAI, so that Search and Storage recognize it; the system-assigned one is easiest.',
    stepsOfSection,
  ),
  openAiIdentityByApi: statement(
    'The management API can set identities as well; a sample shows both kinds at once.',
    steps('aoai-managed-identity'),
    note('User-assigned identities that are there stay.'),
  ),

  openAiTrustsSearch: statement(
    'Let Azure OpenAI accept Search as a trusted service, so that ingestion works without public access.',
    stepsOfSection,
  ),
  trustByToken: description('Azure OpenAI tells such calls by the claims in their token.'),
  searchCallsWithIdentity: statement(
    'Search has to use its system-assigned identity for these calls.',
    steps('search-managed-identity', 'rbac-search-aoai-contributor'),
  ),
  bypass: statement(
    'Set `networkAcls.bypass` to `AzureServices` with the management API.',
    steps('aoai-trusted-services'),
    decision('trustedToggle'),
  ),
  bypassNotInPortal: statement('The portal cannot do that.', steps('aoai-trusted-services'), decision('trustedToggle')),
  skipWithSharedLink: statement(
    'Skip this only where Search has a shared private link.',
    option('sharedPrivateLink'),
    steps('search-shared-private-link'),
    note('With the option on, trusted services are not asked for.'),
  ),

  openAiPublicOff: statement(
    'Disable public network access of Azure OpenAI.',
    steps('aoai-public-access-disabled'),
    option('publicAccess'),
    measured('refused'),
  ),
  openAiEndpoint: statement(
    'Create a private endpoint to Azure OpenAI, for clients such as the studio in your browser.',
    steps('aoai-private-endpoint'),
    measured('answers'),
  ),
} as const;
