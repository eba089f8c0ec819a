import { DIALECTS, type Dialect } from '../arm/dialects';
import { providerRefusal } from '../arm/gatewayErrors';
import type { Answer } from '../arm/messages';
import type { RouteCall, Router, Server } from '../http/router';

/** The URLs of long-running operations, of every provider. */
export function addOperationRoutes(router: Router): void {
  for (const dialect of DIALECTS) {
    const paths = new Set([dialect.statusPath, dialect.resultPath]);
    for (const path of paths) {
      if (path === undefined) continue;
      router.add('GET', template(path), {
        server: serverOf(path),
        type: 'operations',
        apiVersions: [],
        answer: (call) => poll(dialect, path, call),
      });
    }
  }
}

function poll(dialect: Dialect, path: string, { azure, request, params }: RouteCall): Answer {
  const { resultMarker: marker, statusPath } = dialect;
  const isResult = marker ? request.query.get(marker.name.toLowerCase()) === marker.value : path !== statusPath;
  const id = params['operation'] ?? '';
  const answer = azure.operations.poll(dialect, id, isResult ? 'result' : 'status', request);
  if (answer) return answer;
  throw providerRefusal(404, { code: 'NotFound', message: `Operation ${id} not found.` });
}

function template(path: string): string {
  return path
    .replace('{subscription}', ':subscriptionId')
    .replace('{group}', ':resourceGroup')
    .replace('{name0}', ':name0')
    .replace('{name1}', ':name1')
    .replace('{location}', ':location')
    .replace('{operation}', ':operation');
}

function serverOf(path: string): Server {
  const [, namespace] = /\/providers\/(Microsoft\.\w+)\//.exec(path) ?? [];
  return namespace === undefined ? 'gateway' : (namespace as Server);
}
