import { resourceName } from '../../../core/resources/resourceId';
import { rolesOf, type Role } from '../../../core/setup/roles';
import { SCENARIOS } from '../../../core/setup/scenarios';
import { DEVELOPER_EXTRAS, PROOFS, type RoleId } from '../../../core/setup/setup';
import { text, type Text } from '../../../core/text';
import type { FormField, FormSection, SetupForm } from '../../../protocol/setupForm';
import type { Localize } from '../../localize';
import type { FormContext, FormInput } from './formInput';
import {
  allowedAddressesField,
  apiKeysField,
  clientAddressesField,
  customSubdomainField,
  documentAccessFields,
  extraField,
  proofField,
  publicAccessField,
  switchField,
} from './optionFields';
import { developersField, projectField } from './peopleFields';
import { presentRole } from './roleFields';
import { ShownFaults } from './shownFaults';

/** The whole form: scenarios, then sections that a newcomer reads from the top and mostly leaves folded. */
export function presentForm(input: FormInput, t: Localize): SetupForm {
  const context: FormContext = { ...input, shown: new ShownFaults(input.faults), t };
  const sections = sectionsFor(context);
  return {
    scenarios: SCENARIOS.map(({ id, title, goal }) => ({
      scenario: id,
      label: t(title),
      goal: t(goal),
      chosen: input.candidate.scenarios.includes(id),
    })),
    sections,
    problems: context.shown.rest().map(t),
    file: input.file,
    unsaved: input.unsaved,
  };
}

function sectionsFor(context: FormContext): readonly FormSection[] {
  const isData = context.candidate.scenarios.includes('on-your-data');
  return [
    servicesSection(context),
    networkSection(context),
    accessSection(context),
    ...(isData ? [vpnSection(context), webAppSection(context), peopleSection(context)] : []),
    moreSection(context, isData),
  ];
}

function servicesSection(context: FormContext): FormSection {
  const fields = roleFields(context, ['openAi', 'search', 'storage']);
  return section(context, 'services', text('Services'), text('What is to be secured.'), fields, {});
}

function networkSection(context: FormContext): FormSection {
  const fields = roleFields(context, ['virtualNetwork', 'privateEndpointSubnet', 'resourceGroup']);
  const help = text('Where the services are to be reached. Proposed ranges overlap with nothing that you have.');
  return section(context, 'network', text('Network'), help, fields, {});
}

function accessSection(context: FormContext): FormSection {
  const limited = context.candidate.options.publicAccess === 'selectedNetworks';
  const fields = [
    apiKeysField(context),
    publicAccessField(context),
    ...(limited ? [allowedAddressesField(context)] : []),
  ];
  return section(context, 'access', text('Access'), text('Who may still call, and with what.'), fields, {});
}

function vpnSection(context: FormContext): FormSection {
  const { vpnGateway } = context.candidate.roles;
  const fields = [
    ...roleFields(context, ['vpnGateway', ...(vpnGateway ? (['gatewaySubnet'] as const) : [])]),
    ...(vpnGateway ? [clientAddressesField(context)] : []),
  ];
  const help = text('Developers come into the network with a VPN client, and sign in as themselves.');
  const summary = summaryOf(vpnGateway, text('left out'));
  return section(context, 'vpn', text('VPN for developers'), help, fields, { summary, folded: true });
}

function webAppSection(context: FormContext): FormSection {
  const { webApp } = context.candidate.roles;
  const fields = roleFields(context, ['webApp', ...(webApp ? (['webAppSubnet'] as const) : [])]);
  const help = text('The app that answers your users calls Azure OpenAI from inside the network.');
  const summary = summaryOf(webApp, text('left out'));
  return section(context, 'webApp', text('Web app'), help, fields, { summary, folded: true });
}

function summaryOf(binding: { readonly id: string; readonly create?: unknown } | undefined, otherwise: Text): Text {
  if (binding === undefined) return otherwise;
  const name = resourceName(binding.id);
  return binding.create === undefined ? text('{0}', name) : text('{0}, to be created', name);
}

function peopleSection(context: FormContext): FormSection {
  const { developers, project } = context.candidate.options;
  const fields = [
    developersField(context),
    ...(developers.length > 0 ? DEVELOPER_EXTRAS.map((extra) => extraField(extra, context)) : []),
    projectField(context),
  ];
  const count =
    project === undefined
      ? text('Developers: {0}', developers.length)
      : text('Developers: {0}, and a project', developers.length);
  const help = text('People and applications that get roles on the services, so that nobody needs a key.');
  const folded = developers.length > 0;
  return section(context, 'people', text('Developers and projects'), help, fields, { summary: count, folded });
}

function moreSection(context: FormContext, isData: boolean): FormSection {
  const fields: readonly FormField[] = isData
    ? [
        switchField('defender', context),
        switchField('sharedPrivateLink', context),
        switchField('searchWritesToStorage', context),
        switchField('fileEndpoint', context),
        ...documentAccessFields(context),
        ...PROOFS.map((proof) => proofField(proof, context)),
        customSubdomainField(context),
      ]
    : [customSubdomainField(context)];
  const help = text('What the defaults are good for in most cases.');
  return section(context, 'more', text('More options'), help, fields, { folded: true });
}

function roleFields(context: FormContext, wanted: readonly RoleId[]): readonly FormField[] {
  const roles = rolesOf(context.candidate.scenarios);
  return wanted
    .flatMap((id): readonly Role[] => roles.filter((role) => role.id === id))
    .map((role) => presentRole(role, context));
}

function section(
  { t }: FormContext,
  id: string,
  title: Text,
  help: Text,
  fields: readonly FormField[],
  { summary, folded = false }: { readonly summary?: Text; readonly folded?: boolean },
): FormSection {
  return {
    section: id,
    title: t(title),
    help: t(help),
    summary: summary === undefined ? '' : t(summary),
    folded: folded && !fields.some(needsAttention),
    fields,
  };
}

function needsAttention(field: FormField): boolean {
  if (field.kind === 'toggle') return false;
  return field.error !== null || (field.kind === 'role' && field.fields.some(({ error }) => error !== null));
}
