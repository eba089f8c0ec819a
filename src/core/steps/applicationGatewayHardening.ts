import { freeName } from '../resources/freeName';
import { asString, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { mergePatch } from '../resources/wireEquality';
import { text, type Text } from '../text';
import { defaultTlsPolicy, statusProbe, TLS_POLICY } from './applicationGatewayBody';
import { apiHosts, PART_NAME, routeOf, STATUS_PATH } from './gatewayFacts';
import { GATEWAY_SOURCES, GATEWAY_WRITE } from './gatewaySources';
import { isHttps, nameOf, partAt, partsOf, refTo } from './gatewayParts';
import type { Assertion, Surrounding } from './matcher';
import { defineStep, type Step, type StepContext } from './step';

/** What must be true of an application gateway that is there. */

const healthProbe = defineStep({
  id: 'appgw-health-probe',
  title: text('Health probe that API Management answers'),
  why: text(
    'The gateway only passes requests on to what its probe finds healthy. API Management answers at this path, by its own name, and without a key.',
  ),
  group: 'applicationGateway',
  on: 'applicationGateway',
  scenarios: ['api-gateway'],
  after: ['appgw'],
  sources: GATEWAY_SOURCES,
  severity: 'medium',
  desired: (context, target) => probeAssertions(context, target),
  permissions: GATEWAY_WRITE,
  risk: { kind: 'none' },
  typicalSeconds: 120,
});

function probeAssertions(context: StepContext, target: string): readonly Assertion[] {
  const gateway = context.read(target);
  const settings = routeOf(context, target)?.settings;
  if (settings === undefined) return [];
  const present = partAt(gateway, 'probes', settings, 'properties.probe');
  const name = present && asksForStatus(context, present) ? nameOf(present) : freeProbeName(context, target);
  return [
    {
      at: 'properties.probes',
      absentMeans: [],
      must: {
        kind: 'someItem',
        where: [
          { at: 'name', must: { kind: 'equals', value: name } },
          { at: 'properties.path', must: { kind: 'equals', value: STATUS_PATH } },
        ],
        add: statusProbe(context, name),
        what: text('a probe of {0}', STATUS_PATH),
      },
    },
    {
      at: 'properties.backendHttpSettingsCollection',
      must: {
        kind: 'someItem',
        where: [
          { at: 'name', must: { kind: 'equals', value: nameOf(settings) } },
          { at: 'properties.probe.id', must: { kind: 'refersTo', id: String(refTo(target, 'probes', name)['id']) } },
        ],
        add: mergePatch(settings, { properties: { probe: refTo(target, 'probes', name) } }),
        what: text('the probe of API Management'),
      },
    },
  ];
}

function asksForStatus(context: StepContext, probe: JsonObject): boolean {
  const host = asString(readPath(probe, 'properties.host'))?.toLowerCase();
  const isForService = host === undefined || host === '' || apiHosts(context).includes(host);
  return isHttps(probe) && isForService && asString(readPath(probe, 'properties.path')) === STATUS_PATH;
}

/** A probe that asks something else may serve other backends, so it stays. */
function freeProbeName(context: StepContext, target: string): string {
  const taken = partsOf(context.read(target), 'probes')
    .filter((probe) => !asksForStatus(context, probe))
    .map(nameOf);
  return freeName(PART_NAME, (name) => taken.includes(name));
}

/** Predefined policies that begin with TLS 1.2. */
const CURRENT_TLS = [TLS_POLICY, 'AppGwSslPolicy20220101S', 'AppGwSslPolicy20170401S'];

const tlsPolicy = defineStep({
  id: 'appgw-tls-policy',
  title: text('TLS 1.2 or newer'),
  why: text('Older versions of TLS can be broken into. Gateways that were made some years ago still take them.'),
  group: 'applicationGateway',
  on: 'applicationGateway',
  scenarios: ['api-gateway'],
  after: ['appgw'],
  sources: [
    ...GATEWAY_SOURCES,
    {
      reference: 'Application Gateway TLS policy overview',
      url: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview',
    },
  ],
  severity: 'high',
  desired: (context, target) => {
    const gateway = context.read(target);
    const within: Surrounding = {
      at: 'properties.sslPolicy',
      absentMeans: { policyType: 'Predefined' },
      removable: true,
    };
    const type = asString(readPath(gateway, 'properties.sslPolicy.policyType'))?.toLowerCase() ?? 'predefined';
    return type.startsWith('custom')
      ? [
          {
            at: 'properties.sslPolicy.minProtocolVersion',
            must: { kind: 'oneOf', values: ['TLSv1_2', 'TLSv1_3'], prefer: 'TLSv1_2' },
            within,
          },
        ]
      : [
          {
            at: 'properties.sslPolicy.policyName',
            absentMeans: defaultTlsPolicy(gateway),
            must: { kind: 'oneOf', values: CURRENT_TLS, prefer: TLS_POLICY },
            within,
          },
        ];
  },
  permissions: GATEWAY_WRITE,
  risk: { kind: 'lockout', note: text('Callers that know nothing newer than TLS 1.1 are refused from then on.') },
  typicalSeconds: 120,
});

const httpsOnly = defineStep({
  id: 'appgw-https-only',
  title: text('Nothing is answered without encryption'),
  why: text(
    'A key that is sent without encryption is everybody’s. Plain HTTP may only tell callers to come back with HTTPS.',
  ),
  group: 'applicationGateway',
  on: 'applicationGateway',
  scenarios: ['api-gateway'],
  after: ['appgw'],
  sources: GATEWAY_SOURCES,
  severity: 'high',
  notes: (context, target) => {
    const open = partsOf(context.read(target), 'httpListeners').filter((each) => !isSafe(context, target, each));
    return open.map((each): Text =>
      text(
        '{0} answers without encryption. Make its rule redirect to HTTPS, or remove it once nobody uses it.',
        nameOf(each),
      ),
    );
  },
  desired: (context, target) => [
    {
      at: 'properties.httpListeners',
      must: {
        kind: 'someItem',
        where: [{ at: 'name', must: { kind: 'oneOf', values: safeListeners(context, target), prefer: '' } }],
        andNoOther: true,
        what: text('HTTPS listeners, and others only to redirect'),
      },
    },
  ],
  permissions: GATEWAY_WRITE,
  risk: { kind: 'none' },
  typicalSeconds: 120,
});

function safeListeners(context: StepContext, target: string): readonly string[] {
  const listeners = partsOf(context.read(target), 'httpListeners');
  return listeners.filter((listener) => isSafe(context, target, listener)).map(nameOf);
}

function isSafe(context: StepContext, target: string, listener: JsonObject): boolean {
  if (isHttps(listener)) return true;
  const gateway = context.read(target);
  const rules = partsOf(gateway, 'requestRoutingRules').filter(
    (rule) => partAt(gateway, 'httpListeners', rule, 'properties.httpListener') === listener,
  );
  return rules.every((rule) => asString(readPath(rule, 'properties.redirectConfiguration.id')) !== undefined);
}

export const APPLICATION_GATEWAY_HARDENING_STEPS: readonly Step[] = [healthProbe, tlsPolicy, httpsOnly];
