import { asArray, asString } from '../../../core/resources/json';
import { readPath } from '../../../core/resources/propertyPath';
import { resourceName } from '../../../core/resources/resourceId';
import { text, type Text } from '../../../core/text';
import type { PictureBox, PictureCaller, PicturePart } from '../../../protocol/networkPicture';
import type { Localize } from '../../localize';
import { box, partOf, presentAt, stateOf, type PictureInput } from './pictureInput';
import { INTEGRATION_STEPS, OUTSIDE_STEPS, stepsOfWebApp, VPN_STEPS, WEB_APP_ROLE_STEP } from './pictureSteps';
import type { DrawnSubnet } from './subnets';

/** Who comes into the network from outside: developers through the VPN, the web app, and callers through the gateway. */
export function drawCallers(
  input: PictureInput,
  subnets: readonly DrawnSubnet[],
  t: Localize,
): readonly PictureCaller[] {
  const through = (role: DrawnSubnet['role']): number => subnets.findIndex((drawn) => drawn.role === role);
  const { vpnGateway, webApp, applicationGateway } = input.setup.roles;
  const name = resourceName(input.setup.roles.virtualNetwork?.id ?? '');
  const caller = (drawn: PictureBox, subnet: number, way: PicturePart | undefined): readonly PictureCaller[] =>
    way === undefined || subnet < 0
      ? []
      : [{ ...drawn, subnet, way: { ...way, label: t(WAY_FACTS[way.state](drawn.label, name)) } }];
  return [
    ...(vpnGateway ? caller(developers(input, t), through('gatewaySubnet'), partOf(input, VPN_STEPS)) : []),
    ...(webApp ? caller(appBox(input, webApp, t), through('webAppSubnet'), partOf(input, INTEGRATION_STEPS)) : []),
    ...(applicationGateway
      ? caller(
          outsiders(input, applicationGateway, t),
          through('applicationGatewaySubnet'),
          partOf(input, OUTSIDE_STEPS),
        )
      : []),
  ];
}

function developers({ setup }: PictureInput, t: Localize) {
  const pool = setup.options.vpnClientAddressPool;
  return { label: t(text('Developers')), note: pool ?? t(text('VPN clients')), state: 'present' as const, steps: [] };
}

/** With the name that they call: the setup's own, or that of the gateway's listener. */
function outsiders(input: PictureInput, { id }: { readonly id: string }, t: Localize): PictureBox {
  const names = asArray(readPath(presentAt(input, id), 'properties.httpListeners')).flatMap(
    (listener) => asString(readPath(listener, 'properties.hostName')) ?? [],
  );
  const note = input.setup.options.gatewayHostName ?? names[0] ?? t(text('internet'));
  return { label: t(text('Callers outside')), note, state: 'present', steps: [] };
}

function appBox(input: PictureInput, { id, create }: { readonly id: string; readonly create?: unknown }, t: Localize) {
  const role = partOf(input, [WEB_APP_ROLE_STEP]);
  const note = role?.state === 'present' ? text('may call OpenAI') : text('web app');
  return box(input, id, t(note), stateOf(input, id, create), stepsOfWebApp());
}

/** The way in, as a sentence. */
const WAY_FACTS: Readonly<Record<PicturePart['state'], (caller: string, network: string) => Text>> = {
  present: (caller, network) => text('{0} can come into {1}.', caller, network),
  planned: (caller, network) => text('A way for {0} into {1} is planned.', caller, network),
  missing: (caller, network) => text('{0} cannot come into {1} yet.', caller, network),
  unknown: (caller, network) => text('Whether {0} can come into {1} is not known.', caller, network),
};

/** Whether the web app may call Azure OpenAI, as a sentence; undefined where there is no web app. */
export function webAppFact(input: PictureInput): Text | undefined {
  const { webApp, openAi } = input.setup.roles;
  const role = webApp && partOf(input, [WEB_APP_ROLE_STEP]);
  if (!webApp || !openAi || !role) return undefined;
  return CALL_FACTS[role.state](resourceName(webApp.id), resourceName(openAi.id));
}

/** Who may call whom, as a sentence. */
export const CALL_FACTS: Readonly<Record<PicturePart['state'], (from: string, to: string) => Text>> = {
  present: (from, to) => text('{0} may call {1}.', from, to),
  planned: (from, to) => text('{0} is to be allowed to call {1}.', from, to),
  missing: (from, to) => text('{0} may not call {1} yet.', from, to),
  unknown: (from, to) => text('Whether {0} may call {1} is not known.', from, to),
};
