import { noChange } from 'lit-html';
import { Directive, directive, PartType, type ElementPart, type PartInfo } from 'lit-html/directive.js';

interface ValueElement extends HTMLElement {
  value: string;
  readonly open?: boolean;
}

/**
 * Gives a field the value that the host has for it, whenever the host's value or the choices change, and never over
 * what the user is about to enter: a state may arrive in the middle of a word, or while a list is open.
 */
class HostValue extends Directive {
  private given: { readonly value: string; readonly choices: string } | undefined;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('hostValue belongs on an element.');
  }

  render(_value: string, _choices = ''): unknown {
    return noChange;
  }

  override update(part: ElementPart, [value, choices = '']: [string, string?]): unknown {
    const element = part.element as ValueElement;
    const { given } = this;
    if (given !== undefined) {
      const isSame = given.value === value && given.choices === choices;
      if (isSame || isBeingEdited(element, given.value)) return noChange;
    }
    const current = { value, choices };
    this.given = current;
    // A list takes a value only when its options are there, and they are rendered after it.
    setTimeout(() => {
      if (this.given === current && element.value !== value) element.value = value;
    });
    return noChange;
  }
}

function isBeingEdited(element: ValueElement, given: string): boolean {
  if (element.open === true) return true;
  return element.matches(':focus, :focus-within') && element.open === undefined && element.value !== given;
}

/** Element directive: `<vscode-text-field ${hostValue(value)}>`. A list also names its choices, in one string. */
export const hostValue = directive(HostValue);
