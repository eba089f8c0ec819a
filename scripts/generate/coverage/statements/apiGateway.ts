import {
  decision,
  description,
  measured,
  nonGoal,
  note,
  option,
  roles,
  statement,
  steps,
  stepsOfSection,
  tools,
} from '../statement';

/** What apim-app-gateway.fr says. */
export const apiGateway = {
  exposedByDefault: statement(
    'Azure OpenAI is reached from the internet unless somebody prevents it.',
    steps('aoai-public-access-disabled', 'aoai-network-default-deny'),
    option('publicAccess'),
    measured('refused'),
  ),
  privateEndpointKeepsInside: statement(
    'A private endpoint keeps the calls inside the virtual network.',
    steps('aoai-private-endpoint', 'aoai-private-dns-records'),
    measured('resolves', 'answers'),
  ),
  outsideCallers: description('Applications in another cloud or on premises then have no way to Azure OpenAI.'),
  managementAsProxy: statement(
    'API Management inside the network is their way: it controls who calls, and Azure OpenAI stays private.',
    steps('apim-internal-vnet', 'apim-openai-api', 'apim-openai-policy', 'apim-subscription'),
    roles('apiManagement'),
    note('Calls reach Azure OpenAI with the identity of API Management; there is no key anywhere.'),
  ),
  gatewayInFront: statement(
    'Application Gateway can stand in front of API Management, as an option.',
    steps('appgw'),
    roles('applicationGateway'),
    note('The scenario has it always: API Management inside the network has no other way in from outside.'),
  ),
  firewallRules: statement(
    'It directs the traffic by rules and applies those of a web application firewall.',
    steps('appgw-waf-policy', 'appgw-waf-prevention'),
    option('firewallMode'),
    measured('gatewayBlocks'),
    decision('firewallOptional'),
  ),
  termination: statement(
    'It ends TLS where that is needed.',
    steps('appgw-certificate', 'appgw-https-only', 'appgw-tls-policy'),
    option('gatewayHostName'),
    option('gatewayCertificate'),
    tools('import-certificate'),
    roles('keyVault'),
    decision('endToEndTls'),
  ),

  openAiPrivately: statement(
    'Azure OpenAI gets a private endpoint.',
    stepsOfSection,
    steps('aoai-private-dns-zone', 'aoai-private-dns-link', 'aoai-private-dns-records'),
  ),
  managementInside: statement(
    'API Management is deployed inside the virtual network, in internal mode.',
    stepsOfSection,
    roles('apiManagement', 'apiManagementSubnet'),
    decision('managementTier'),
    decision('managementAddress'),
  ),
  gatewayOutside: statement(
    'Application Gateway makes API Management reachable, securely.',
    stepsOfSection,
    roles('applicationGateway', 'applicationGatewaySubnet', 'keyVault'),
  ),
  segmentation: statement(
    'The network, its subnets and their security groups separate what need not meet.',
    stepsOfSection,
    steps('nsg-private-endpoints', 'nsg-apim', 'nsg-appgw'),
    note('Rules are judged as Azure judges them, by priority, ranges and service tags.'),
  ),

  endToEnd: statement(
    'The result: a private connection to Azure OpenAI from end to end, through API Management.',
    measured('answers', 'resolves', 'gatewayChat'),
    tools('verify'),
  ),
  hiddenService: statement(
    'The result: access from outside through the gateway, while Azure OpenAI stays hidden from the internet.',
    measured('gatewayAnswers', 'refused', 'gatewayOnly'),
    tools('verify'),
  ),
  granularControl: statement(
    'The result: control over the network by networks, subnets and security groups.',
    steps('nsg-private-endpoints', 'nsg-apim', 'nsg-appgw'),
    tools('check'),
  ),

  subscription: statement(
    'An active subscription in which resources can be created.',
    stepsOfSection,
    steps('gateway-region-quotas'),
    nonGoal('Without one, Ringfence runs on its sandbox; it opens no subscription.'),
  ),
  contributor: statement(
    'Contributor or Owner, to deploy networks, subnets, security groups, private endpoints and both gateways.',
    tools('plan'),
    note('Each step names the permissions that it needs, and the plan those that you lack.'),
    decision('contributor'),
  ),

  network: statement('A virtual network.', steps('vnet'), roles('virtualNetwork', 'resourceGroup')),
  subnets: statement(
    'Subnets and security groups, to separate the network and to control the traffic.',
    steps('subnet-private-endpoints', 'subnet-apim', 'subnet-appgw'),
    roles('privateEndpointSubnet', 'apiManagementSubnet', 'applicationGatewaySubnet'),
  ),
  account: statement(
    'An Azure OpenAI service in a region with private endpoints.',
    steps('aoai-account'),
    roles('openAi'),
    note('Every region has them by now. A new account goes where the setup says.'),
  ),
  management: statement('API Management in internal mode, as a proxy.', steps('apim-service', 'apim-internal-vnet')),
  endpoint: statement(
    'A private endpoint that keeps access to Azure OpenAI inside a private network.',
    steps('aoai-private-endpoint'),
  ),
  gateway: statement(
    'Application Gateway, with load balancing and, as an option, a web application firewall.',
    stepsOfSection,
    decision('firewallOptional'),
  ),
};
