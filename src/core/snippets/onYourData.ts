import { CLOUDS } from '../clouds';
import { inferenceRequest, ingestionRequest, ingestionRunsRequest, proofParts } from '../probes/proofs';
import type { ProbeRequest } from '../probes/probe';
import type { Snapshot } from '../resources/snapshot';
import type { ProofId, Setup } from '../setup/setup';
import { documentFilter } from './documentFilter';
import type { Snippet } from './snippet';

/**
 * A call to the feature as a shell script: with a token instead of a key, and with the document filter where the setup
 * has one. Source: on-your-data.fr, “Utilisation de l’API”.
 */
export function onYourDataRequest(proof: ProofId, setup: Setup, snapshot: Snapshot): Snippet {
  const parts = proofParts(setup, snapshot);
  if ('message' in parts) return { ok: false, problem: parts };
  const { documentAccess } = setup.options;
  const audience = CLOUDS[setup.cloud].dataScopes.openAi.replace(/\/\.default$/, '');
  const requests =
    proof === 'ingestion'
      ? [ingestionRequest(parts), ingestionRunsRequest(parts)]
      : [inferenceRequest(parts, documentAccess && { index: documentAccess.index, filter: filterFor(setup) })];
  const lines = [
    `TOKEN=$(az account get-access-token --resource ${audience} --query accessToken --output tsv)`,
    ...requests.flatMap(callOf),
  ];
  return { ok: true, content: `${lines.join('\n')}\n` };
}

function filterFor({ options }: Setup): string | undefined {
  const filter = documentFilter(options.documentAccess);
  return filter.ok ? filter.content : undefined;
}

/** The quoted here-document keeps the shell from reading anything into the body. */
function callOf({ host, method, path, body }: ProbeRequest): readonly string[] {
  const call = [`curl --request ${method} 'https://${host}${path}' \\`, `  --header "Authorization: Bearer $TOKEN"`];
  if (body === undefined) return call;
  return [
    ...call.slice(0, -1),
    `${call.at(-1) ?? ''} \\`,
    "  --header 'Content-Type: application/json' \\",
    "  --data @- <<'BODY'",
    JSON.stringify(body, undefined, 2),
    'BODY',
  ];
}
