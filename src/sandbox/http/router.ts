import findMyWay from 'find-my-way';
import type { Answer, ArmRequest } from '../arm/messages';
import type { Azure } from '../azure';

/** Who answers: ARM's own gateway, or the resource provider with this namespace. */
export type Server = 'gateway' | `Microsoft.${string}`;

export interface RouteCall {
  readonly azure: Azure;
  readonly request: ArmRequest;
  readonly params: Readonly<Record<string, string>>;
  readonly apiVersion: string;
}

export interface Route {
  readonly server: Server;
  /** For messages: `accounts`, `virtualNetworks/subnets`. */
  readonly type: string;
  /** Accepted api-versions, oldest first; any well-formed one where empty. */
  readonly apiVersions: readonly string[];
  readonly answer: (call: RouteCall) => Answer;
}

export type Method = 'GET' | 'HEAD' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';

const METHODS: readonly Method[] = ['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE'];

/** Routes that are all there. */
export type Routes = Pick<Router, 'find' | 'knows'>;

/** Finds the route of a request by method and path; paths are matched without regard to case. */
export class Router {
  private readonly router = findMyWay({
    caseSensitive: false,
    ignoreTrailingSlash: true,
    ignoreDuplicateSlashes: true,
    maxParamLength: 4096,
  });

  /** `:name` in a template stands for one path segment. */
  add(method: Method, template: string, route: Route): void {
    this.router.on(method, template, () => undefined, route);
  }

  find(
    method: string,
    path: string,
  ): { readonly route: Route; readonly params: Readonly<Record<string, string>> } | undefined {
    const known = METHODS.find((candidate) => candidate === method);
    if (known === undefined) return undefined;
    // The path is decoded already: what a name holds must not be taken for syntax.
    const found = this.router.find(known, path.split('/').map(encodeURIComponent).join('/'));
    return found === null
      ? undefined
      : { route: found.store as Route, params: found.params as Readonly<Record<string, string>> };
  }

  /** True where the path exists with another method. */
  knows(path: string): boolean {
    return METHODS.some((method) => this.find(method, path) !== undefined);
  }
}
