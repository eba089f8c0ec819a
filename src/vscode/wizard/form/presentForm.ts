import { SCENARIOS, type ScenarioId } from '../../../core/setup/scenarios';
import { DEVELOPER_EXTRAS, PROOFS } from '../../../core/setup/setup';
import { text } from '../../../core/text';
import type { FormField, FormSection, SetupForm } from '../../../protocol/setupForm';
import type { Localize } from '../../localize';
import type { FormContext, FormInput } from './formInput';
import { roleFields, section, summaryOf } from './formSection';
import { gatewaySection } from './gatewaySection';
import {
  allowedAddressesField,
  apiKeysField,
  clientAddressesField,
  customSubdomainField,
  extraField,
  proofField,
  publicAccessField,
  searchPublicAccessField,
  switchField,
} from './optionFields';
import { developersField, projectField } from './peopleFields';
import { hasProtection, protectionSection } from './protectionSection';
import { searchSection } from './searchSection';
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
  const { scenarios } = context.candidate;
  const isData = scenarios.includes('on-your-data');
  return [
    servicesSection(context),
    networkSection(context),
    accessSection(context),
    ...(isData ? [vpnSection(context), webAppSection(context)] : []),
    ...(scenarios.includes('api-gateway') ? [gatewaySection(context)] : []),
    ...(hasSearch(scenarios) ? [peopleSection(context), searchSection(context)] : []),
    ...(hasProtection(scenarios) ? [protectionSection(context)] : []),
    moreSection(context),
  ];
}

function hasSearch(scenarios: readonly ScenarioId[]): boolean {
  return scenarios.includes('on-your-data') || scenarios.includes('ai-search');
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
  const { scenarios, options, roles } = context.candidate;
  const hasAccount = roles.openAi !== undefined || scenarios.some((scenario) => scenario !== 'ai-search');
  const isSearch = hasSearch(scenarios);
  const isLimited =
    (hasAccount && options.publicAccess === 'selectedNetworks') ||
    (isSearch && options.searchPublicAccess === 'selectedNetworks');
  const fields = [
    apiKeysField(context),
    ...(hasAccount ? [publicAccessField(context)] : []),
    ...(isSearch ? [searchPublicAccessField(context)] : []),
    ...(isLimited ? [allowedAddressesField(context)] : []),
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

function peopleSection(context: FormContext): FormSection {
  const { scenarios, options } = context.candidate;
  const { developers, project } = options;
  const isData = scenarios.includes('on-your-data');
  const fields = [
    developersField(context),
    ...(isData && developers.length > 0 ? DEVELOPER_EXTRAS.map((extra) => extraField(extra, context)) : []),
    ...(isData ? [projectField(context)] : []),
  ];
  const count =
    project === undefined || !isData
      ? text('Developers: {0}', developers.length)
      : text('Developers: {0}, and a project', developers.length);
  const help = text('People and applications that get roles on the services, so that nobody needs a key.');
  const folded = developers.length > 0;
  return section(context, 'people', text('Developers and projects'), help, fields, { summary: count, folded });
}

/** What no section of its own asks for. */
function moreSection(context: FormContext): FormSection {
  const { scenarios } = context.candidate;
  const isData = scenarios.includes('on-your-data');
  const fields: readonly FormField[] = [
    ...(isData && !hasProtection(scenarios) ? [switchField('defender', context)] : []),
    ...(isData ? [switchField('fileEndpoint', context)] : []),
    ...(isData ? PROOFS.map((proof) => proofField(proof, context)) : []),
    customSubdomainField(context),
  ];
  const help = text('What the defaults are good for in most cases.');
  return section(context, 'more', text('More options'), help, fields, { folded: true });
}
