import { resourceName } from '../../../core/resources/resourceId';
import type { FirewallMode } from '../../../core/setup/setup';
import { text, type Text } from '../../../core/text';
import type { ChoiceField, FormField, FormSection } from '../../../protocol/setupForm';
import type { FormContext } from './formInput';
import { roleFields, section, summaryOf } from './formSection';
import { choiceField, textField } from './optionFields';

/** API Management inside the network, and the application gateway through which callers outside come to it. */
export function gatewaySection(context: FormContext): FormSection {
  const { apiManagement, applicationGateway } = context.candidate.roles;
  const fields: readonly FormField[] = [
    ...roleFields(context, ['apiManagement', 'apiManagementSubnet', 'applicationGateway', 'applicationGatewaySubnet']),
    hostNameField(context),
    ...roleFields(context, ['keyVault']),
    certificateField(context),
    firewallField(context),
  ];
  const help = text(
    'Callers outside of Azure come in through the application gateway alone. It and API Management cost by the hour, and API Management takes up to 45 minutes to create.',
  );
  const summary =
    apiManagement && applicationGateway
      ? text('{0} and {1}', resourceName(apiManagement.id), resourceName(applicationGateway.id))
      : summaryOf(apiManagement ?? applicationGateway, text('nothing chosen yet'));
  // A new service is published under somebody's name and address, which only the user knows.
  const folded = apiManagement?.create === undefined;
  return section(context, 'apiGateway', text('API gateway'), help, fields, { summary, folded });
}

function hostNameField(context: FormContext): FormField {
  const help = text(
    'A name of yours that leads to the gateway. Where this is empty, it is the name that Azure gives to the public IP address.',
  );
  const value = context.candidate.options.gatewayHostName ?? '';
  return textField(
    context,
    'gatewayHostName',
    text('Host name for callers outside'),
    help,
    value,
    'openai.contoso.com',
  );
}

function certificateField(context: FormContext): FormField {
  const help = text(
    'Its name in the key vault. Where this is empty, the vault makes one for tests, which callers do not trust by themselves.',
  );
  const value = context.candidate.options.gatewayCertificate ?? '';
  return textField(context, 'gatewayCertificate', text('Certificate of the gateway'), help, value, 'openai-contoso');
}

const MODES: Readonly<Record<FirewallMode, Text>> = {
  Prevention: text('Block what looks like an attack'),
  Detection: text('Only log it, to begin with'),
};

function firewallField(context: FormContext): ChoiceField {
  const help = text('Logging first shows whether the rules would refuse calls that are meant. It protects nobody yet.');
  return choiceField(context, 'firewallMode', text('Web application firewall'), help, MODES);
}
