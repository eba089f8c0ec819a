import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { text } from '../../src/core/text';
import type { FormField, FormSection, SetupForm } from '../../src/protocol/setupForm';
import { isFolded } from '../state/pageState';
import { icon } from '../ui/icons';
import { button, checkbox } from '../ui/kit';
import type { ViewContext } from './context';
import { choiceField, roleField, textField, toggleField } from './formFields';
import { viewHeading } from './heading';
import { peopleField } from './peopleField';

/** Which scenarios, and which resource plays which part. Every choice goes to the host as it is made. */
export function setupForm(context: ViewContext): TemplateResult {
  const { wizard, t } = context;
  const { setup, connection } = wizard;
  return html`<article class="setup">
    ${viewHeading(t(text('Scenario and resources')))}
    <p class="why">
      ${t(text('What to secure, and which resource plays which part. Nothing in Azure changes until you apply a plan.'))}
    </p>
    <p class="connection-line">${t(text('{0}: {1}', connection.label, connection.tooltip))}</p>
    ${setup.scenarios.length === 0 ? nothing : scenarios(context, setup)}
    ${
      setup.problems.length === 0
        ? nothing
        : html`<ul class="form-problems">
            ${setup.problems.map((problem) => html`<li class="error">${icon('cross')}<span>${problem}</span></li>`)}
          </ul>`
    }
    ${repeat(
      setup.sections,
      ({ section }) => section,
      (section) => formSection(context, section),
    )}
    ${saving(context)}
  </article>`;
}

/** Several can be chosen: they share most of their steps. */
function scenarios({ t, send }: ViewContext, setup: SetupForm): TemplateResult {
  return html`<fieldset class="scenarios">
    <legend>${t(text('Scenarios'))}</legend>
    ${setup.scenarios.map(
      ({ scenario, label, goal, chosen }) =>
        html`<div class="scenario">
          ${checkbox({
            label,
            checked: chosen,
            onChange: (now) => send({ type: 'toggleScenario', scenario, chosen: now }),
            key: `scenario-${scenario}`,
          })}
          <p class="help">${goal}</p>
        </div>`,
    )}
  </fieldset>`;
}

function formSection(context: ViewContext, section: FormSection): TemplateResult {
  const { page, act } = context;
  const fold = `section:${section.section}`;
  const folded = isFolded(page, fold, section.folded);
  const body = `section-${section.section}`;
  return html`<section class="form-section">
    <h3>
      <button
        type="button"
        class="section-title"
        data-focus=${fold}
        aria-expanded=${String(!folded)}
        aria-controls=${body}
        @click=${() => act.setFold(fold, !folded)}
      >
        ${icon('chevron')}<span>${section.title}</span>
        ${folded && section.fields.some(needsAttention) ? attention(context) : nothing}
        ${folded && section.summary !== '' ? html`<span class="section-summary">${section.summary}</span>` : nothing}
      </button>
    </h3>
    <div id=${body} ?hidden=${folded}>
      ${
        folded
          ? nothing
          : html`<p class="help">${section.help}</p>
              <div class="fields">${repeat(section.fields, fieldKey, (each) => formField(context, each))}</div>`
      }
    </div>
  </section>`;
}

/** A section that the user has folded still says that something in it is wrong. */
function attention({ t }: ViewContext): TemplateResult {
  return html`${icon('cross', 'bad')}<span class="sr-only">${t(text('Needs attention'))}</span>`;
}

function needsAttention(field: FormField): boolean {
  if (field.kind === 'toggle') return false;
  return field.error !== null || (field.kind === 'role' && field.fields.some(({ error }) => error !== null));
}

function fieldKey(field: FormField): string {
  return field.kind === 'role' ? `role-${field.role}` : `option-${field.option}`;
}

function formField(context: ViewContext, field: FormField): TemplateResult {
  switch (field.kind) {
    case 'role':
      return roleField(context, field);
    case 'choice':
      return choiceField(context, field);
    case 'text':
      return textField(context, field);
    case 'toggle':
      return toggleField(context, field);
    case 'people':
      return peopleField(context, field);
  }
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
