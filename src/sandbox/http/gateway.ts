import { asString } from '../../core/resources/json';
import { resourceKey } from '../../core/resources/resourceId';
import type { Azure } from '../azure';
import {
  invalidApiVersion,
  invalidResourceType,
  missingApiVersion,
  noRegisteredProvider,
  notSimulated,
  subscriptionNotFound,
} from '../arm/gatewayErrors';
import { conversation, Refusal, type Answer, type ArmRequest } from '../arm/messages';
import { PATIENCE } from '../durations';
import { regionName } from '../providers/resources/regions';
import { deliver } from './deliver';
import type { Route, Routes, Server } from './router';

const API_VERSION = /^\d{4}-\d{2}-\d{2}(-preview)?$/;
const EXTENSION = /^(.*)(\/providers\/Microsoft\.(?:Authorization|Insights|PolicyInsights)\/.+)$/i;

/** Azure Resource Manager's front door: finds the route, makes the checks that come before every resource provider. */
export class Gateway {
  constructor(
    private readonly azure: Azure,
    private readonly resources: Routes,
    /** Routes of what can hang on any scope, such as its permissions; the scope is the parameter `scope`. */
    private readonly extensions: Routes,
  ) {}

  answer(request: ArmRequest): Answer {
    const { azure } = this;
    const talk = conversation(request.method, request.path);
    azure.arrive(talk);
    const { server, answer } = this.serve(request);
    if (answer.status === 404 && azure.operations.holding(request.path)) {
      // It is being made: whoever lost sight of the operation looks for it again and again.
      azure.clock.expect(talk, PATIENCE.unsettledResource);
    }
    return deliver(azure, server, request, answer);
  }

  private serve(request: ArmRequest): { readonly server: Server; readonly answer: Answer } {
    let server: Server = 'gateway';
    try {
      const { route, params } = this.find(request);
      server = route.server;
      const apiVersion = this.requireApiVersion(request, route);
      const { subscriptionId } = params;
      if (subscriptionId !== undefined && resourceKey(`/subscriptions/${subscriptionId}`) !== this.azure.subscription) {
        throw subscriptionNotFound(subscriptionId);
      }
      return { server, answer: route.answer({ azure: this.azure, request, params, apiVersion }) };
    } catch (error) {
      if (error instanceof Refusal) return { server, answer: error.answer };
      throw error;
    }
  }

  private find(request: ArmRequest): { route: Route; params: Readonly<Record<string, string>> } {
    const { method, path } = request;
    const extension = EXTENSION.exec(path);
    if (extension) {
      const [, scope = '', rest = ''] = extension;
      const found = this.extensions.find(method, rest);
      if (found) return { route: found.route, params: { ...found.params, scope } };
    }
    const found = this.resources.find(method, path);
    if (found) return found;
    if (!request.query.has('api-version')) throw missingApiVersion();
    throw this.resources.knows(path) ? notSimulated(405, `${method} of ${path}`) : invalidResourceType(path);
  }

  private requireApiVersion(request: ArmRequest, route: Route): string {
    const version = request.query.get('api-version');
    if (version === undefined || version === '') throw missingApiVersion();
    const accepted = route.apiVersions.length === 0 ? API_VERSION.test(version) : route.apiVersions.includes(version);
    if (accepted) return version;
    const versions = route.apiVersions.join(', ');
    if (route.server === 'gateway') throw invalidApiVersion(version, versions);
    const location = asString(this.azure.store.get(request.path)?.body['location']) ?? 'eastus';
    throw noRegisteredProvider(route.type, version, regionName(location), versions);
  }
}
