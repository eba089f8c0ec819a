import type { DeveloperExtra, ProofId, SetupOptions } from '../../../core/setup/setup';
import { text, type Text } from '../../../core/text';
import type { ChoiceField, TextOptionField, ToggleField } from '../../../protocol/setupForm';
import type { FormContext } from './formInput';

/** Whether the account answers the internet. */
export function publicAccessField(context: FormContext): ChoiceField {
  return accessField(context, 'publicAccess', text('Public access to Azure OpenAI'));
}

/** Whether the search service answers the internet. */
export function searchPublicAccessField(context: FormContext): ChoiceField {
  return accessField(context, 'searchPublicAccess', text('Public access to Azure AI Search'));
}

function accessField(context: FormContext, option: 'publicAccess' | 'searchPublicAccess', label: Text): ChoiceField {
  const help = text('“Disabled” is what the scenario is for. “Selected networks” is the documented alternative.');
  const choices = { disabled: text('Disabled'), selectedNetworks: text('Selected networks') };
  return choiceField(context, option, label, help, choices);
}

export function allowedAddressesField(context: FormContext): TextOptionField {
  const label = text('Addresses that may still call');
  const help = text('Public IPv4 addresses and ranges, separated by commas.');
  const value = context.candidate.options.allowedAddresses.join(', ');
  return textField(context, 'allowedAddresses', label, help, value, '203.0.113.7');
}

export function apiKeysField(context: FormContext): ChoiceField {
  const isData = context.candidate.scenarios.includes('on-your-data');
  const help = isData
    ? text(
        'In production all three services refuse keys, and every caller is a named identity with a role. The studio calls with keys from your browser, so an evaluation keeps them.',
      )
    : text('Without keys, every caller is a named identity with a role.');
  return choiceField(context, 'apiKeys', text('What is it for?'), help, {
    off: text('Production: turn API keys off'),
    keep: text('Evaluation: leave API keys as they are'),
  });
}

export function customSubdomainField(context: FormContext): TextOptionField {
  const help = text('For an account that has none yet; its own name where this is empty. It can never be changed.');
  const value = context.candidate.options.customSubdomain ?? '';
  return textField(context, 'customSubdomain', text('Custom subdomain'), help, value, '');
}

export function clientAddressesField(context: FormContext): TextOptionField {
  const label = text('Addresses of VPN clients');
  const help = text('A private range that no network of yours uses.');
  const value = context.candidate.options.vpnClientAddressPool ?? '';
  return textField(context, 'vpnClientAddressPool', label, help, value, '172.16.201.0/24');
}

export function documentAccessFields(context: FormContext): readonly TextOptionField[] {
  const { documentAccess } = context.candidate.options;
  const index = textField(
    context,
    'documentAccess.index',
    text('Index whose documents are only for some'),
    text('Each document names the groups that may see it. Leave it empty where everybody may see everything.'),
    documentAccess?.index ?? '',
    'contracts',
  );
  if (documentAccess === undefined) return [index];
  const help = text('The field of the index with the groups of a document.');
  return [
    index,
    textField(context, 'documentAccess.field', text('Field with the groups'), help, documentAccess.field, 'group_ids'),
  ];
}

type Switch =
  | 'sharedPrivateLink'
  | 'fileEndpoint'
  | 'searchWritesToStorage'
  | 'defender'
  | 'defenderForServices'
  | 'locks'
  | 'customerManagedKeys';

interface ToggleWords {
  readonly label: Text;
  readonly help: Text;
}

const SWITCHES: Readonly<Record<Switch, ToggleWords>> = {
  sharedPrivateLink: {
    label: text('Search calls Azure OpenAI through a shared private link'),
    help: text('The stricter way of the documents. Without it, Search comes in as a trusted service.'),
  },
  fileEndpoint: {
    label: text('Private endpoint for file shares'),
    help: text('Projects of AI Studio and Foundry keep files in the storage account.'),
  },
  searchWritesToStorage: {
    label: text('Search writes to the storage account'),
    help: text('For a knowledge store, an enrichment cache or debug sessions. It then gets a role that may write.'),
  },
  defender: {
    label: text('Microsoft Defender watches AI workloads'),
    help: text('A plan of the whole subscription, billed by use.'),
  },
  defenderForServices: {
    label: text('Microsoft Defender watches the other services'),
    help: text(
      'Its plans for storage, key vaults, APIs and web apps, each billed for every such resource of the subscription.',
    ),
  },
  locks: {
    label: text('Lock the resources against deletion'),
    help: text('Whoever wants to delete one has to take its lock off first. Undo takes the locks off before all else.'),
  },
  customerManagedKeys: {
    label: text('Encrypt data at rest with keys of your own as well'),
    help: text('It takes a key vault. Indexes grow, and queries take 30 to 60 percent longer.'),
  },
};

export function switchField(option: Switch, context: FormContext): ToggleField {
  return toggleField(context, option, SWITCHES[option], context.candidate.options[option]);
}

const EXTRAS: Readonly<Record<DeveloperExtra, ToggleWords>> = {
  listKeys: {
    label: text('Developers may list the keys of Azure OpenAI'),
    help: text('A role of the documents that work without keys does not need.'),
  },
  assignRoles: {
    label: text('Developers may assign roles'),
    help: text('For deployments from the studio that assign roles themselves.'),
  },
};

export function extraField(extra: DeveloperExtra, context: FormContext): ToggleField {
  const checked = context.candidate.options.developerExtras.includes(extra);
  return toggleField(context, `developerExtras.${extra}`, EXTRAS[extra], checked);
}

const PROOF_WORDS: Readonly<Record<ProofId, ToggleWords>> = {
  ingestion: {
    label: text('Prove it by ingesting documents'),
    help: text('A verification makes an index of the documents in your container, called ringfence-proof.'),
  },
  inference: {
    label: text('Prove it by asking a question'),
    help: text('A verification asks one question about your documents. Microsoft is retiring the feature itself.'),
  },
};

export function proofField(proof: ProofId, context: FormContext): ToggleField {
  const checked = context.candidate.options.proofs.includes(proof);
  return toggleField(context, `proofs.${proof}`, PROOF_WORDS[proof], checked);
}

/** Something that is wanted or not. */
export function toggleField(
  { t }: FormContext,
  option: string,
  { label, help }: ToggleWords,
  checked: boolean,
): ToggleField {
  return { kind: 'toggle', option, label: t(label), help: t(help), checked };
}

/** An option with a few values, which are offered in the order in which they are given. */
export function choiceField<
  Option extends 'publicAccess' | 'searchPublicAccess' | 'apiKeys' | 'firewallMode' | 'policies',
>(
  { candidate, t }: FormContext,
  option: Option,
  label: Text,
  help: Text,
  words: Readonly<Record<SetupOptions[Option], Text>>,
): ChoiceField {
  const choices = Object.entries<Text>(words).map(([value, word]) => ({ value, label: t(word) }));
  const value = candidate.options[option];
  return { kind: 'choice', option, label: t(label), help: t(help), choices, value, error: null };
}

/** An option that is typed, with what is wrong with it. */
export function textField(
  { shown, t }: FormContext,
  option: string,
  label: Text,
  help: Text,
  value: string,
  placeholder: string,
): TextOptionField {
  const [name = '', ...below] = option.split('.') as [keyof SetupOptions, ...string[]];
  const fault = shown.within(['options', name, ...below]);
  const error = fault === undefined ? null : t(fault);
  return { kind: 'text', option, label: t(label), help: t(help), value, placeholder, error };
}
