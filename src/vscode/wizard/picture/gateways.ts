import { asArray, asString } from '../../../core/resources/json';
import { readPath } from '../../../core/resources/propertyPath';
import { resourceName } from '../../../core/resources/resourceId';
import { text, type Text } from '../../../core/text';
import type { PartState, PictureHop, PictureItem, PicturePlace } from '../../../protocol/networkPicture';
import type { Localize } from '../../localize';
import { box, partOf, presentAt, stateOf, type PictureInput } from './pictureInput';
import { GATEWAY_STEPS, OUTSIDE_STEPS, stepsOfFamily, TO_API_MANAGEMENT_STEPS, TO_OPENAI_STEPS } from './pictureSteps';
import type { DrawnSubnet } from './subnets';

/** The VPN gateway in its subnet. */
export function vpnGatewayItems(input: PictureInput, t: Localize): readonly PictureItem[] {
  const { vpnGateway } = input.setup.roles;
  if (vpnGateway === undefined) return [];
  const sku = asString(readPath(presentAt(input, vpnGateway.id), 'properties.sku.name'));
  return [itemFor(input, vpnGateway, sku, GATEWAY_STEPS, t)];
}

/** The application gateway in its subnet. */
export function applicationGatewayItems(input: PictureInput, t: Localize): readonly PictureItem[] {
  const { applicationGateway } = input.setup.roles;
  if (applicationGateway === undefined) return [];
  const tier = asString(readPath(presentAt(input, applicationGateway.id), 'properties.sku.tier'));
  const steps = stepsOfFamily('applicationGateway', [...OUTSIDE_STEPS, ...TO_API_MANAGEMENT_STEPS]);
  return [itemFor(input, applicationGateway, tier, ['appgw', ...steps], t)];
}

/** API Management in its subnet, with its addresses there. */
export function apiManagementItems(input: PictureInput, t: Localize): readonly PictureItem[] {
  const { apiManagement } = input.setup.roles;
  if (apiManagement === undefined) return [];
  const addresses = asArray(readPath(presentAt(input, apiManagement.id), 'properties.privateIPAddresses')).map(String);
  const steps = stepsOfFamily('apiManagement', [...TO_API_MANAGEMENT_STEPS, ...TO_OPENAI_STEPS]);
  const note = addresses.length > 0 ? addresses.join(', ') : undefined;
  return [itemFor(input, apiManagement, note, steps, t)];
}

function itemFor(
  input: PictureInput,
  { id, create }: { readonly id: string; readonly create?: unknown },
  known: string | undefined,
  steps: readonly string[],
  t: Localize,
): PictureItem {
  const state = stateOf(input, id, create);
  const note = known ?? (state === 'planned' ? t(text('planned')) : '');
  return { ...box(input, id, note, state, steps), service: null };
}

/** The way of a call from outside: from the gateway to API Management, and on to the endpoint of the account. */
export function drawHops(input: PictureInput, subnets: readonly DrawnSubnet[], t: Localize): readonly PictureHop[] {
  const { applicationGateway, apiManagement, openAi } = input.setup.roles;
  const placeOf = (role: DrawnSubnet['role'], service: number | null): PicturePlace | undefined => {
    const subnet = subnets.findIndex((drawn) => drawn.role === role);
    const item = subnets[subnet]?.subnet.items.findIndex((drawn) => drawn.service === service) ?? -1;
    return item < 0 ? undefined : { subnet, item };
  };
  const gateway = applicationGateway && placeOf('applicationGatewaySubnet', null);
  const management = apiManagement && placeOf('apiManagementSubnet', null);
  const endpoint = openAi && placeOf('privateEndpointSubnet', 0);
  const hop = (
    from: PicturePlace | undefined,
    to: PicturePlace | undefined,
    steps: readonly string[],
    names: readonly [from: string | undefined, to: string | undefined],
  ): readonly PictureHop[] => {
    const part = partOf(input, steps);
    if (from === undefined || to === undefined || part === undefined) return [];
    const [one, other] = names.map((id) => resourceName(id ?? ''));
    return [{ ...part, from, to, label: t(HOP_FACTS[part.state](one ?? '', other ?? '')) }];
  };
  return [
    ...hop(gateway, management, TO_API_MANAGEMENT_STEPS, [applicationGateway?.id, apiManagement?.id]),
    ...hop(management, endpoint, TO_OPENAI_STEPS, [apiManagement?.id, openAi?.id]),
  ];
}

/** What passes calls on to what, as a sentence. */
const HOP_FACTS: Readonly<Record<PartState, (from: string, to: string) => Text>> = {
  present: (from, to) => text('{0} passes calls on to {1}.', from, to),
  planned: (from, to) => text('{0} is to pass calls on to {1}.', from, to),
  missing: (from, to) => text('{0} does not pass calls on to {1} yet.', from, to),
  unknown: (from, to) => text('Whether {0} passes calls on to {1} is not known.', from, to),
};
