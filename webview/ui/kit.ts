/**
 * The primitives of `@vscode/webview-ui-toolkit` as typed factories. Nothing else imports the toolkit, so that the
 * archived library can be replaced in this file. What is worked around here, each in one place: names that are set
 * once and never updated, a busy ring that shouts, ARIA states that do not reach the inner control.
 */
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDivider,
  vsCodeDropdown,
  vsCodeLink,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeTextField,
  type Checkbox,
  type Dropdown,
  type TextField,
} from '@vscode/webview-ui-toolkit';
import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { hostValue } from './hostValue';
import { describedBy } from './describedBy';

/** Defines the elements. Once, before anything is rendered. */
export function registerKit(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDivider(),
    vsCodeDropdown(),
    vsCodeLink(),
    vsCodeOption(),
    vsCodeProgressRing(),
    vsCodeTextField(),
  );
}

export interface ButtonOptions {
  readonly label: string;
  readonly onClick: (event: Event) => void;
  readonly kind?: 'primary' | 'secondary';
  readonly disabled?: boolean;
  /** By what the focus finds it again when the page is drawn anew. */
  readonly key?: string;
  /** For a button that shows and hides something. */
  readonly expanded?: boolean;
  readonly opens?: 'menu';
  /** What a screen reader says, where the label alone does not say what it is about. It contains the label. */
  readonly spoken?: string;
}

export function button(options: ButtonOptions): TemplateResult {
  return html`<vscode-button
    appearance=${options.kind ?? 'secondary'}
    data-focus=${options.key ?? nothing}
    ?disabled=${options.disabled ?? false}
    .ariaExpanded=${options.expanded === undefined ? null : String(options.expanded)}
    .ariaHaspopup=${options.opens ?? null}
    .ariaLabel=${options.spoken ?? null}
    @click=${options.onClick}
    >${options.label}</vscode-button
  >`;
}

export interface LinkOptions {
  readonly label: string;
  readonly onClick: () => void;
  readonly key?: string;
}

/** A link to something that only the host can open: the page knows no address. */
export function link(options: LinkOptions): TemplateResult {
  const follow = (event: Event): void => {
    event.preventDefault();
    options.onClick();
  };
  return html`<vscode-link href="#" data-focus=${options.key ?? nothing} @click=${follow}
    >${options.label}</vscode-link
  >`;
}

export interface CheckboxOptions {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly key?: string;
}

export function checkbox(options: CheckboxOptions): TemplateResult {
  const changed = (event: Event): void => {
    const { checked } = event.currentTarget as Checkbox;
    if (checked !== options.checked) options.onChange(checked);
  };
  return html`<vscode-checkbox
    aria-label=${options.label}
    data-focus=${options.key ?? nothing}
    @change=${changed}
    .checked=${options.checked}
    >${options.label}</vscode-checkbox
  >`;
}

export interface DropdownOptions {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
  /** Id of the element with the help or the error. */
  readonly describedBy?: string;
  readonly invalid?: boolean;
}

export function dropdown(options: DropdownOptions): TemplateResult {
  const changed = (event: Event): void => {
    const { value } = event.currentTarget as Dropdown;
    if (value !== options.value) options.onChange(value);
  };
  return html`<vscode-dropdown
    aria-label=${options.label}
    aria-describedby=${options.describedBy ?? nothing}
    aria-invalid=${options.invalid === true ? 'true' : nothing}
    @change=${changed}
    ${hostValue(options.value, options.choices.map(({ value }) => value).join('\n'))}
    >${repeat(
      options.choices,
      ({ value }) => value,
      ({ value, label }) =>
        html`<vscode-option value=${value} aria-label=${label} title=${label}>${label}</vscode-option>`,
    )}</vscode-dropdown
  >`;
}

export interface TextFieldOptions {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  /** Called when the user has finished: Enter, or leaving the field. */
  readonly onChange: (value: string) => void;
  readonly describedBy?: string;
  readonly invalid?: boolean;
}

export function textField(options: TextFieldOptions): TemplateResult {
  const changed = (event: Event): void => {
    const { value } = event.currentTarget as TextField;
    if (value !== options.value) options.onChange(value);
  };
  return html`<vscode-text-field
    aria-label=${options.label}
    placeholder=${options.placeholder}
    spellcheck="false"
    .ariaInvalid=${options.invalid === true ? 'true' : null}
    @change=${changed}
    ${hostValue(options.value)}
    ${describedBy(options.describedBy)}
    >${options.label}</vscode-text-field
  >`;
}

/** Something is going on. Silent: the toolkit's ring calls itself an alert, so the sentence beside it has to speak. */
export function progressRing(): TemplateResult {
  return html`<span class="ring" aria-hidden="true"><vscode-progress-ring></vscode-progress-ring></span>`;
}

export function divider(): TemplateResult {
  return html`<vscode-divider></vscode-divider>`;
}
