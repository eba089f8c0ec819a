import { parseResourceId } from '../../core/resources/resourceId';
import { NETWORK } from '../arm/dialects';
import type { Answer, ArmRequest, Refusal } from '../arm/messages';
import type { Operation } from '../arm/operations';
import type { Azure } from '../azure';
import { serviceLocked } from '../providers/apiManagement/errors';
import { requestConflict } from '../providers/cognitiveServices/errors';
import { anotherOperationInProgress, retryableError } from '../providers/network/errors';
import { operationInProgress as privateDnsInProgress } from '../providers/privateDns/privateDnsResource';
import { busy as searchBusy } from '../providers/search/errors';
import { operationInProgress as storageInProgress } from '../providers/storage/errors';
import { namespaceOf } from './namespaceOf';

interface Busy {
  readonly azure: Azure;
  readonly request: ArmRequest;
  /** The id of the resource that is written, or of the one that an action is for. */
  readonly id: string;
  /** Of the resource at the top. */
  readonly name: string;
  readonly form: number;
}

/** How each resource provider says that somebody else is at work. Of the others it is not known. */
const PROVIDERS: Readonly<Record<string, (busy: Busy) => Refusal>> = {
  'microsoft.network': networkBusy,
  'microsoft.cognitiveservices': ({ id }) => requestConflict(id),
  'microsoft.search': ({ name }) => searchBusy(name),
  'microsoft.storage': () => storageInProgress(),
  'microsoft.apimanagement': ({ name }) => serviceLocked(name),
};

/** True for writes whose provider is known to refuse while another operation is going on. */
export function canBeBusy(path: string): boolean {
  return namespaceOf(path).toLowerCase() in PROVIDERS && parseResourceId(path) !== undefined;
}

/** The refusal of a provider that is at work already, of which nobody knows. */
export function busyAnswer(azure: Azure, request: ArmRequest, form: number): Answer | undefined {
  const names = parseResourceId(request.path)?.names ?? [];
  const refuse = PROVIDERS[namespaceOf(request.path).toLowerCase()];
  return refuse?.({ azure, request, id: request.path, name: names[0] ?? '', form }).answer;
}

function networkBusy({ azure, request, id, form }: Busy): Refusal {
  if (/\/privateDnsZones\//i.test(id)) return privateDnsInProgress(id);
  const operation = somebodyElses(azure, request, id);
  return form < 0.5 ? anotherOperationInProgress(azure, request, operation) : retryableError(operation, id);
}

function somebodyElses(azure: Azure, request: ArmRequest, target: string): Operation {
  const apiVersion = request.query.get('api-version') ?? '';
  const now = azure.clock.now();
  return {
    id: azure.guids.next('operation of somebody else'),
    dialect: NETWORK,
    kind: 'update',
    target,
    location: 'eastus',
    seconds: 0,
    label: 'PutSubnetOperation',
    apiVersion,
    requestVersion: apiVersion,
    startedAt: now,
    endsAt: now,
    finish: () => undefined,
  };
}
