/** What Ringfence offers besides steps and choices, by the words that follow `ringfence` on the command line. */
export const TOOLS = {
  check: 'check',
  plan: 'plan',
  verify: 'verify',
  'rotate-key': 'rotate-key',
  'import-certificate': 'import-certificate',
  hosts: 'snippets hosts',
  'vpn-client-package': 'snippets vpn-client',
  'document-filter': 'snippets filter',
  ingestion: 'snippets ingestion',
  inference: 'snippets inference',
} as const;

export type ToolId = keyof typeof TOOLS;

/** What a verification measures, by the title that it has there. */
export const MEASUREMENTS = {
  refused: 'Refused from the internet',
  resolves: 'Name resolves to the private endpoint',
  answers: 'Answers through the private endpoint',
  gatewayAnswers: 'The gateway leads callers outside to API Management',
  gatewayChat: 'A question from outside is answered',
  gatewayBlocks: 'The firewall stops an attack',
  gatewayOnly: 'API Management is out of reach from the internet',
  ingestion: 'Documents are ingested',
  inference: 'A question about the documents is answered',
} as const;

export type MeasurementId = keyof typeof MEASUREMENTS;
