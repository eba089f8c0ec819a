import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { text } from '../../src/core/text';
import type { Choice, OptionField, RoleField, TextField } from '../../src/protocol/wizardState';
import { icon } from '../ui/icons';
import { button, dropdown, textField } from '../ui/kit';
import type { ViewContext } from './context';
import { viewHeading } from './heading';

/** Which scenario, and which resource plays which part. Every choice goes to the host as it is made. */
export function setupForm(context: ViewContext): TemplateResult {
  const { wizard, t, send } = context;
  const { setup, connection } = wizard;
  return html`<article class="setup">
    ${viewHeading(t(text('Scenario and resources')))}
    <p class="why">
      ${t(text('What to secure, and which resource plays which part. Nothing in Azure changes until you apply a plan.'))}
    </p>
    <p class="connection-line">${t(text('{0}: {1}', connection.label, connection.tooltip))}</p>
    <div class="fields" role="group" aria-label=${t(text('Scenario'))}>
      ${field({
        id: 'scenario',
        label: t(text('Scenario')),
        help: setup.scenarios.find(({ value }) => value === setup.scenario)?.description ?? '',
        error: null,
        control: (describedBy) =>
          dropdown({
            label: t(text('Scenario')),
            value: setup.scenario,
            choices: withBlank(
              context,
              setup.scenarios.map(({ value, label }) => ({ value, label })),
              setup.scenario,
            ),
            onChange: (scenario) => send({ type: 'chooseScenario', scenario }),
            describedBy,
          }),
      })}
    </div>
    ${
      setup.roles.length === 0
        ? nothing
        : html`<h3>${t(text('Resources'))}</h3>
            <div class="fields">
              ${repeat(
                setup.roles,
                ({ role }) => role,
                (role) => roleField(context, role),
              )}
            </div>`
    }
    ${
      setup.options.length === 0
        ? nothing
        : html`<h3>${t(text('Options'))}</h3>
            <div class="fields">
              ${repeat(
                setup.options,
                ({ option }) => option,
                (option) => optionField(context, option),
              )}
            </div>`
    }
    ${saving(context)}
  </article>`;
}

interface FieldOptions {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly error: string | null;
  readonly control: (describedBy: string) => TemplateResult;
}

/** A label, a control, and what there is to say about it. */
function field({ id, label, help, error, control }: FieldOptions): TemplateResult {
  const describedBy = `about-${id}`;
  return html`<div class="field ${error === null ? '' : 'invalid'}">
    <span class="label" aria-hidden="true">${label}</span>
    ${control(describedBy)} ${about(describedBy, help, error)}
  </div>`;
}

function roleField(context: ViewContext, role: RoleField): TemplateResult {
  const { send } = context;
  return html`${field({
    id: `role-${role.role}`,
    label: role.label,
    help: role.help,
    error: role.error,
    control: (describedBy) =>
      dropdown({
        label: role.label,
        value: role.value,
        choices: withBlank(context, role.choices, role.value),
        onChange: (value) => send({ type: 'chooseRole', role: role.role, value }),
        describedBy,
        invalid: role.error !== null,
      }),
  })}
  ${
    role.fields.length === 0
      ? nothing
      : html`<div class="new-resource" role="group" aria-label=${role.label}>
          ${repeat(
            role.fields,
            ({ name }) => name,
            (input) =>
              inputField(`${role.role}-${input.name}`, input, '', (value) =>
                send({ type: 'setRoleField', role: role.role, name: input.name, value }),
              ),
          )}
        </div>`
  }`;
}

function inputField(id: string, input: TextField, help: string, onChange: (value: string) => void): TemplateResult {
  const describedBy = `about-${id}`;
  return html`<div class="field ${input.error === null ? '' : 'invalid'}">
    ${textField({
      label: input.label,
      value: input.value,
      placeholder: input.placeholder,
      onChange,
      describedBy,
      invalid: input.error !== null,
    })}
    ${about(describedBy, help, input.error)}
  </div>`;
}

/** What is wrong with a field, then what it is for. */
function about(id: string, help: string, error: string | null): TemplateResult {
  return html`<div id=${id} class="about">
    ${error === null ? nothing : html`<p class="error">${icon('cross')}<span>${error}</span></p>`}
    ${help === '' ? nothing : html`<p class="help">${help}</p>`}
  </div>`;
}

function optionField(context: ViewContext, option: OptionField): TemplateResult {
  const onChange = (value: string): void => context.send({ type: 'setOption', option: option.option, value });
  const id = `option-${option.option}`;
  const { label, help, error, value } = option;
  if (option.kind === 'text') {
    return inputField(id, { name: option.option, label, value, placeholder: '', error }, help, onChange);
  }
  return field({
    id,
    label,
    help,
    error,
    control: (describedBy) =>
      dropdown({
        label,
        value,
        choices: withBlank(context, option.choices, value),
        onChange,
        describedBy,
        invalid: error !== null,
      }),
  });
}

/** The choices as they are shown. Without a value the list would show its first choice as if it had been made. */
function withBlank({ t }: ViewContext, choices: readonly Choice[], value: string): readonly Choice[] {
  const shown = choices.map((choice) => ({
    value: choice.value,
    label: choice.description === undefined ? choice.label : t(text('{0} ({1})', choice.label, choice.description)),
  }));
  return choices.some((choice) => choice.value === value)
    ? shown
    : [{ value: '', label: t(text('Choose…')) }, ...shown];
}

function saving({ wizard, t, send, page }: ViewContext): TemplateResult {
  const { file, unsaved } = wizard.setup;
  return html`<div class="actions">
    ${button({
      label: t(text('Save')),
      kind: 'primary',
      disabled: !unsaved || page.waiting,
      onClick: () => send({ type: 'saveSetup' }),
      key: 'setup-save',
    })}
    ${
      file === null
        ? nothing
        : button({
            label: t(text('Open the file')),
            onClick: () => send({ type: 'openSetupFile' }),
            key: 'setup-open',
          })
    }
    <span class="hint">
      ${
        file === null
          ? t(text('Not saved to a file yet.'))
          : unsaved
            ? t(text('Changed since it was saved to {0}.', file))
            : t(text('Saved to {0}.', file))
      }
    </span>
  </div>`;
}
