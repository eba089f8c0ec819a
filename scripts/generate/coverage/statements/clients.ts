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

/** What the on-your-data documents say about clients: machines outside, the web app, calls to the API. */
export const clients = {
  oneWayIn: statement(
    'A VPN gateway with Azure VPN Client is one way into the network for machines on your premises.',
    roles('vpnGateway'),
    note(
      'The role is optional, for networks that have another way in. A verification measures either from this machine.',
    ),
  ),
  gateway: statement(
    'Create the gateway.',
    steps('vpn-public-ip', 'vpn-gateway'),
    roles('vpnGateway'),
    decision('vpn'),
  ),
  pointToSite: statement(
    'Configure point-to-site, with sign-in by Microsoft Entra ID.',
    steps('vpn-p2s-entra'),
    option('vpnClientAddressPool'),
    decision('vpn'),
  ),
  clientPackage: statement(
    'Download the client’s package, unzip it, and import `AzureVPN/azurevpnconfig.xml` into Azure VPN Client.',
    tools('vpn-client-package'),
    note('Importing happens in the client.'),
  ),
  hostsFile: statement(
    'Point the resources’ host names to their private addresses in the hosts file.',
    tools('hosts'),
    steps(
      'search-private-dns-zone',
      'search-private-dns-link',
      'search-private-dns-records',
      'storage-private-dns-zone-blob',
      'storage-private-dns-link-blob',
      'storage-private-dns-records-blob',
    ),
    decision('zones'),
  ),
  hostsPlace: statement('Where the file is, on Windows and on Linux.', tools('hosts'), note('macOS too.')),
  hostsExample: statement('An example with three lines.', tools('hosts')),

  studioWorks: statement(
    'Everything in the studio should work from your machines now, ingestion and inference included.',
    measured('ingestion', 'inference'),
    option('proofs'),
    decision('retirement'),
  ),

  webAppPath: statement(
    'The web app has to reach Azure OpenAI through the private endpoint.',
    steps('webapp-vnet-integration', 'webapp-route-all', 'aoai-private-endpoint'),
    measured('answers'),
    note('Measured from this machine; in the sandbox, as the web app too.'),
  ),
  webAppResolves: statement(
    'It has to resolve the account’s name to the endpoint’s private address; so set up private DNS first.',
    steps('aoai-private-dns-zone', 'aoai-private-dns-link', 'aoai-private-dns-records'),
    measured('resolves'),
  ),
  zone: statement('Create a private DNS zone.', steps('aoai-private-dns-zone'), decision('zones')),
  record: statement(
    'Add a record with the endpoint’s address, which its network interface has.',
    steps('aoai-private-dns-records'),
    note('A zone group of the endpoint keeps the records right.'),
  ),
  zoneLink: statement('Link the zone to the network.', steps('aoai-private-dns-link')),
  webAppRegion: statement(
    'Deploy the app in the network’s region, with a SKU that supports integration.',
    steps('webapp-plan-supports-vnet', 'webapp'),
    roles('webApp'),
  ),
  webAppIntegration: statement(
    'Integrate the app’s outgoing traffic into the third subnet.',
    steps('webapp-vnet-integration', 'webapp-route-all', 'subnet-webapp'),
    roles('webAppSubnet'),
  ),

  ingestionReference: statement('Where the ingestion API is documented.', tools('ingestion'), decision('ingestionApi')),
  jobIsIndex: statement('The job’s name becomes the index’s name.', tools('ingestion')),
  tokenNotKey: statement('Use `Authorization` instead of `api-key`.', tools('ingestion')),
  storageEndpointHeader: statement('Set `storageEndpoint`.', tools('ingestion'), decision('ingestionApi')),
  storageByIdentity: statement(
    'Give the storage account as `ResourceId=`, so that identities are used and network rules let the calls in.',
    tools('ingestion'),
    decision('ingestionApi'),
  ),
  noSearchKey: statement(
    'Do not set `searchServiceAdminKey`: the identity of Azure OpenAI is used.',
    tools('ingestion'),
    decision('ingestionApi'),
  ),
  noEmbeddingKey: statement(
    'Do not set `embeddingEndpoint` and `embeddingKey`; name an embedding deployment.',
    tools('ingestion'),
    decision('ingestionApi'),
  ),
  submitJob: statement('A sample that starts a job.', tools('ingestion'), decision('ingestionApi')),
  jobStatus: statement(
    'A sample that asks how the job goes.',
    measured('ingestion'),
    note('A verification asks until the job has ended.'),
  ),
  inferenceReference: statement('Where the inference API is documented.', tools('inference'), decision('requestShape')),

  defender: statement(
    'Microsoft Defender for Cloud can watch AI workloads.',
    stepsOfSection,
    steps('defender-for-services'),
    option('defender'),
    option('defenderForServices'),
    note(
      'The scenarios “API gateway in front” and “AI Search hardening” can turn on its plans for the other services too.',
    ),
  ),
  defenderGives: description(
    'It raises alerts with evidence, and recommends what would strengthen your posture.',
    note(
      'The alerts come with the plan. Recommendations come with Defender CSPM, which is not about these resources alone.',
    ),
  ),
  defenderForm: statement('Apply for access with a form.', steps('defender-for-ai'), decision('defenderForm')),
} as const;
