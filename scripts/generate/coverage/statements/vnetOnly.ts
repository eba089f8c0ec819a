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

/** What vnet-only.ja says. */
export const vnetOnly = {
  reason: description(
    'Why a private network matters, and that Azure OpenAI is secured as other Cognitive Services are.',
  ),

  account: statement('An Azure OpenAI account is there.', steps('aoai-account'), roles('openAi')),
  regions: statement(
    'The account and the network are in different regions.',
    roles('openAi', 'virtualNetwork'),
    note('Each may be in a region of its own.'),
  ),
  model: statement(
    'At least one model is deployed, to try it out.',
    nonGoal(
      '“Private access only” measures with the list of models, which needs no deployment. “On your data” has a step for models.',
    ),
  ),
  client: statement(
    'A Linux virtual machine in the network is the client.',
    roles('virtualNetwork'),
    nonGoal(
      'Ringfence creates no machines. It measures from yours, and closes the public way only when one was seen to arrive, or when you accept losing access.',
    ),
  ),
  subnet: statement(
    'The subnet has a range of its own.',
    steps('vnet', 'subnet-private-endpoints'),
    roles('privateEndpointSubnet'),
  ),
  library: statement(
    '`pip install openai` was run.',
    nonGoal('Client code is yours; Ringfence measures by HTTPS itself.'),
  ),
  disclaimers: description('It uses the portal, is as of its writing, and calls with the Python library.'),

  noNetworkProtection: description('Before: a service outside the network, with a simple firewall and keys.'),
  keysStay: statement(
    'Keys and Microsoft Entra ID are both accepted, and neither can be disabled.',
    steps('aoai-disable-local-auth'),
    option('apiKeys'),
    decision('keysCanGo'),
  ),
  keysNotEnough: description('Keys are strong, but not everybody’s policy is content with them.'),
  after: statement(
    'After: no public access, and a private endpoint for the network.',
    steps('aoai-public-access-disabled', 'aoai-private-endpoint'),
    roles('openAi', 'virtualNetwork'),
  ),
  sameName: statement(
    'A private DNS zone lets clients keep the name that they use.',
    steps('aoai-private-dns-zone', 'aoai-private-dns-link', 'aoai-private-dns-records'),
  ),
  order: statement(
    'Three parts: disable public access, create the endpoint, use it. The first two may be swapped.',
    steps('aoai-private-endpoint', 'aoai-public-access-disabled'),
    decision('order'),
  ),

  openNetworking: description(
    'Where the portal has the account’s networking, and that all networks are allowed at first.',
  ),
  callBefore: statement(
    'Call the API first, to see that it answers.',
    measured('refused'),
    note('Before public access is off, this measurement fails and says that the internet gets an answer.'),
  ),
  disable: statement('Choose “disabled” and save.', steps('aoai-public-access-disabled'), option('publicAccess')),
  waitForIt: statement(
    'Wait a few minutes until the change applies.',
    tools('verify'),
    note('A run waits for Azure. A measurement that still gets an answer says that it can take a few minutes.'),
  ),
  callAfter: statement('Call again: “Public access is disabled”.', measured('refused')),

  createEndpoint: statement(
    'Create a private endpoint, which can be done in more ways than this one.',
    steps('aoai-private-endpoint'),
    note('An endpoint that is there is used, whoever made it.'),
  ),
  endpointRegion: statement('It is in the network’s region.', steps('aoai-private-endpoint')),
  endpointTarget: description('Its target needs no change in the form.'),
  endpointSubnet: statement(
    'Choose network and subnet: here, those of the client.',
    roles('virtualNetwork', 'privateEndpointSubnet'),
    steps('subnet-private-endpoints'),
    note('The client may share the subnet, or have another one in the same network.'),
  ),
  dynamicAddress: statement(
    'The address is dynamic, which suits clients that use the name.',
    steps('aoai-private-endpoint', 'aoai-private-dns-records'),
  ),
  staticAddress: statement(
    'With DNS of your own or managed addresses, a static one may suit better.',
    nonGoal(
      'Ringfence creates endpoints with dynamic addresses, and keeps the records right. An endpoint with a static one is used as it is.',
    ),
  ),
  noSecurityGroup: statement(
    'No application security group is set.',
    nonGoal(
      'Groups of an endpoint are left as they are. Rules of the subnet’s network security group apply to the endpoint.',
    ),
  ),
  dnsDefaults: statement(
    'DNS keeps its defaults: a zone, a link and a record come into being.',
    steps('aoai-private-dns-zone', 'aoai-private-dns-link', 'aoai-private-dns-records'),
  ),
  tags: statement('Tags as you need them.', nonGoal('Ringfence sets no tags, and keeps those that are there.')),
  createIt: statement('Start the deployment.', steps('aoai-private-endpoint')),
  groupBefore: description('What the client’s resource group held before.'),
  zoneAppears: statement(
    'The zone `privatelink.openai.azure.com` is there, with a record that leads to the endpoint.',
    stepsOfSection,
    measured('resolves'),
  ),
  interfaceAppears: description('The endpoint’s network interface, its address and its DNS configuration.'),
  lookUp: statement(
    'Look the name up in the network: it leads to the endpoint, by way of a canonical name.',
    measured('resolves'),
  ),
  lookUpCanonical: statement(
    'The canonical name leads to the same address, but clients do not use it.',
    measured('resolves'),
    tools('hosts'),
  ),

  runUnchanged: statement(
    'Run the same script in the network, unchanged: it works through the endpoint.',
    measured('answers'),
  ),

  notesAhead: description('Eight notes follow.'),
  callFromOutside: statement('From outside, the same call fails.', measured('refused')),
  useTheName: statement(
    'Use the account’s own name. With the canonical name, the certificate does not match.',
    tools('hosts'),
    measured('answers'),
    note('Names of `privatelink` zones never go into the hosts-file block.'),
  ),
  ownDns: statement(
    'With DNS servers of your own, set up names like the zone’s, and a forwarder or Azure DNS Private Resolver.',
    nonGoal(
      'Servers, forwarders and resolvers of your own are yours to run. A verification says where a name leads from here, and what to look at.',
    ),
    measured('resolves'),
    tools('hosts'),
  ),
  selectedNetworks: statement(
    'Selected networks with a private endpoint are fine too, with the addresses of clients that cannot take the private path.',
    stepsOfSection,
    option('publicAccess'),
    option('allowedAddresses'),
    decision('ipRules'),
  ),
  studioFromInternet: statement(
    'What somebody in the studio can still do from the internet: list, deploy and delete models, but not call them.',
    measured('refused'),
    note(
      'Management is guarded by roles, not by the network; the step that disables public access says that it stays possible.',
    ),
  ),
  studioTrial: description('The trial behind that list, page by page.'),
  apiFromInternet: statement(
    'With the API, not even the list of models is to be had.',
    measured('refused'),
    note('This is the call that it makes.'),
  ),
  keysAllOrNothing: statement(
    'Keys cannot give permissions one by one.',
    stepsOfSection,
    option('apiKeys'),
    decision('azureRbac'),
  ),
  rolesAllOrNothing: statement(
    'Azure RBAC cannot either.',
    stepsOfSection,
    decision('azureRbac'),
    note('“On your data” assigns roles. “Private access only” leaves those of callers to you.'),
  ),
  conclusion: description('It is easy to build, so use it where a policy asks for it.'),
} as const;
