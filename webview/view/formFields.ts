import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { text } from '../../src/core/text';
import type {
  Choice,
  ChoiceField,
  CreationField,
  RoleField,
  TextOptionField,
  ToggleField,
} from '../../src/protocol/setupForm';
import { icon } from '../ui/icons';
import { checkbox, dropdown, textField as textInput } from '../ui/kit';
import type { ViewContext } from './context';

/** A role: which resource plays it, and what a new one would be. */
export function roleField(context: ViewContext, role: RoleField): TemplateResult {
  const { send } = context;
  const onChange = (value: string): void => send({ type: 'chooseRole', role: role.role, value });
  const chosen = choices(context, { ...role, id: `role-${role.role}`, onChange });
  if (role.fields.length === 0) return chosen;
  return html`${chosen}
    <div class="new-resource" role="group" aria-label=${role.label}>
      ${repeat(
        role.fields,
        ({ name }) => name,
        (field) => creationField(context, role.role, field),
      )}
    </div>`;
}

function creationField(context: ViewContext, role: string, field: CreationField): TemplateResult {
  const id = `${role}-${field.name}`;
  const onChange = (value: string): void => context.send({ type: 'setRoleField', role, name: field.name, value });
  return field.choices.length > 0
    ? choices(context, { ...field, id, help: '', onChange })
    : typed({ ...field, id, help: '', onChange });
}

export function choiceField(context: ViewContext, field: ChoiceField): TemplateResult {
  const onChange = (value: string): void => context.send({ type: 'setOption', option: field.option, value });
  return choices(context, { ...field, id: idOf(field.option), onChange });
}

export function textField({ send }: ViewContext, field: TextOptionField): TemplateResult {
  const onChange = (value: string): void => send({ type: 'setOption', option: field.option, value });
  return typed({ ...field, id: idOf(field.option), onChange });
}

export function toggleField({ send }: ViewContext, { option, label, help, checked }: ToggleField): TemplateResult {
  return html`<div class="field toggle">
    ${checkbox({
      label,
      checked,
      onChange: (now) => send({ type: 'setOption', option, value: String(now) }),
      key: idOf(option),
    })}
    ${about(`about-${idOf(option)}`, help, null)}
  </div>`;
}

function idOf(option: string): string {
  return `option-${option.replaceAll('.', '-')}`;
}

interface Field {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly value: string;
  readonly error: string | null;
  readonly onChange: (value: string) => void;
}

/** A label, a list of choices, and what there is to say about them. */
function choices(context: ViewContext, field: Field & { readonly choices: readonly Choice[] }): TemplateResult {
  const { id, label, help, value, error, onChange } = field;
  const describedBy = `about-${id}`;
  return html`<div class="field ${error === null ? '' : 'invalid'}">
    <span class="label" aria-hidden="true">${label}</span>
    ${dropdown({
      label,
      value,
      choices: withBlank(context, field.choices, value),
      onChange,
      describedBy,
      invalid: error !== null,
    })}
    ${about(describedBy, help, error)}
  </div>`;
}

function typed(field: Field & { readonly placeholder: string }): TemplateResult {
  const { id, label, help, value, placeholder, error, onChange } = field;
  const describedBy = `about-${id}`;
  return html`<div class="field ${error === null ? '' : 'invalid'}">
    ${textInput({ label, value, placeholder, onChange, describedBy, invalid: error !== null })}
    ${about(describedBy, help, error)}
  </div>`;
}

/** What is wrong with a field, then what it is for. */
export function about(id: string, help: string, error: string | null): TemplateResult {
  return html`<div id=${id} class="about">
    ${error === null ? nothing : html`<p class="error">${icon('cross')}<span>${error}</span></p>`}
    ${help === '' ? nothing : html`<p class="help">${help}</p>`}
  </div>`;
}

/** The choices as they are shown. Without a value the list would show its first choice as if it had been made. */
function withBlank({ t }: ViewContext, list: readonly Choice[], value: string): readonly Choice[] {
  const shown = list.map((choice) => ({
    value: choice.value,
    label: choice.description === undefined ? choice.label : t(text('{0} ({1})', choice.label, choice.description)),
  }));
  return list.some((choice) => choice.value === value) ? shown : [{ value: '', label: t(text('Choose…')) }, ...shown];
}
