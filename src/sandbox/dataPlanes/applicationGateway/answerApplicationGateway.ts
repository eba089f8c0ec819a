import type { StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { hostNamesOf } from '../../positions/publicEdge';
import { partsOf, referredPart, type Part } from '../../providers/network/applicationGatewayParts';
import type { ServiceAnswer, ServiceRequest } from '../dataPlane';
import type { Forward } from '../forward';
import { askServer, backendsBehind, hostFor, probe } from './backend';
import { isBlocked } from './firewall';

const SERVER = 'Microsoft-Azure-Application-Gateway/v2';

/** An application gateway: finds the listener, has the firewall look, and asks a server that its probes find healthy. */
export function answerApplicationGateway(
  { azure, forward }: { readonly azure: Azure; readonly forward: Forward },
  { gatewayId, port }: { readonly gatewayId: string; readonly port: number },
  request: ServiceRequest,
): ServiceAnswer {
  const gateway = azure.store.get(gatewayId);
  const listener = gateway && findListener(gateway, port, request.host);
  if (gateway === undefined || listener === undefined) return page(404, 'Not Found');
  if (isBlocked(azure, gateway, listener, request)) return page(403, 'Forbidden');
  const rule = ruleOf(gateway, listener);
  const backend = rule && backendsBehind(gateway, rule).find((each) => probe(forward, each).health === 'Healthy');
  if (backend === undefined) return page(502, 'Bad Gateway');
  const host = hostFor(backend, request.host);
  const headers = { ...request.headers, host, 'x-original-host': request.host };
  const found = askServer(forward, backend, { ...request, host, headers });
  return found.kind === 'answered' ? found.answer : page(502, 'Bad Gateway');
}

/** One for this name comes before one that takes any name. */
function findListener(gateway: StoredResource, port: number, host: string): Part | undefined {
  const here = partsOf(gateway, 'httpListeners').filter(
    (each) =>
      each.properties['protocol'] === 'Https' &&
      referredPart(gateway, 'frontendPorts', each, 'frontendPort')?.properties['port'] === port,
  );
  const named = here.find((each) => hostNamesOf(each).some((name) => isNamed(host.toLowerCase(), name)));
  return named ?? here.find((each) => hostNamesOf(each).length === 0);
}

/** Names of listeners may begin with a star. */
function isNamed(host: string, name: string): boolean {
  return name.startsWith('*.') ? host.endsWith(name.slice(1)) : host === name;
}

function ruleOf(gateway: StoredResource, listener: Part): Part | undefined {
  return partsOf(gateway, 'requestRoutingRules').find(
    (rule) => referredPart(gateway, 'httpListeners', rule, 'httpListener')?.name === listener.name,
  );
}

function page(status: number, title: string): ServiceAnswer {
  const heading = `${String(status)} ${title}`;
  const content = `<html>\r\n<head><title>${heading}</title></head>\r\n<body>\r\n<center><h1>${heading}</h1></center>\r\n<hr><center>${SERVER}</center>\r\n</body>\r\n</html>\r\n`;
  return { status, headers: { server: SERVER }, text: { type: 'text/html', content } };
}
