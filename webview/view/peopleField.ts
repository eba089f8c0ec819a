import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { text } from '../../src/core/text';
import type { PeopleField, Person } from '../../src/protocol/setupForm';
import { button, textField } from '../ui/kit';
import type { ViewContext } from './context';
import { about } from './formFields';

/** People and applications: who is chosen, who could be, and a search by name or object id. */
export function peopleField(context: ViewContext, field: PeopleField): TemplateResult {
  const { t, send } = context;
  const id = `people-${field.option}`;
  return html`<div class="field people ${field.error === null ? '' : 'invalid'}" role="group" aria-label=${field.label}>
    <span class="label" aria-hidden="true">${field.label}</span>
    ${about(`about-${id}`, field.help, field.error)} ${list(context, field, 'chosen')}
    ${
      field.canAdd
        ? html`${textField({
            label: t(text('Add by name or object id')),
            value: field.search,
            placeholder: t(text('The beginning of a name, then Enter')),
            onChange: (search) => send({ type: 'findPeople', option: field.option, search }),
          })}
          ${field.searchSentence === '' ? nothing : html`<p class="help" role="status">${field.searchSentence}</p>`}
          ${list(context, field, 'suggested')}`
        : nothing
    }
  </div>`;
}

function list(
  context: ViewContext,
  field: PeopleField,
  which: 'chosen' | 'suggested',
): TemplateResult | typeof nothing {
  const { t } = context;
  const people = which === 'chosen' ? field.people : field.suggestions;
  if (people.length === 0) return nothing;
  const label = which === 'chosen' ? field.label : t(text('Who can be added'));
  return html`<ul class="people-list ${which}" aria-label=${label}>
    ${repeat(
      people,
      ({ id, type }) => `${type} ${id}`,
      (person) => html`<li>${row(context, field.option, person, which)}</li>`,
    )}
  </ul>`;
}

function row({ t, send }: ViewContext, option: string, person: Person, which: 'chosen' | 'suggested'): TemplateResult {
  const { id, type, name, detail } = person;
  const key = `${which}-${option}-${type}-${id}`;
  const spoken = t(text('{0}, {1}', name, detail));
  return html`<span class="person-name" title=${id}>${name}</span> <span class="person-detail">${detail}</span> ${
      which === 'chosen'
        ? button({
            label: t(text('Remove')),
            spoken: t(text('Remove {0}', spoken)),
            onClick: () => send({ type: 'removePerson', option, id }),
            key,
          })
        : button({
            label: t(text('Add')),
            spoken: t(text('Add {0}', spoken)),
            onClick: () => send({ type: 'addPerson', option, id, kind: type, name }),
            key,
          })
    }`;
}
