import { noChange } from 'lit-html';
import { Directive, directive, type ElementPart } from 'lit-html/directive.js';

interface FieldElement extends HTMLElement {
  /** The input inside the toolkit's field. */
  readonly control?: HTMLElement;
}

/** Ties a toolkit field's inner input to a description outside of its shadow root, where an id does not reach. */
class DescribedBy extends Directive {
  render(_id: string | undefined): unknown {
    return noChange;
  }

  override update(part: ElementPart, [id]: [string | undefined]): unknown {
    const field = part.element as FieldElement;
    // The field makes its input when it is connected, and the description may be rendered after it.
    queueMicrotask(() => {
      const description = id === undefined ? null : field.ownerDocument.getElementById(id);
      if (field.control !== undefined)
        field.control.ariaDescribedByElements = description === null ? null : [description];
    });
    return noChange;
  }
}

/** Element directive: `<vscode-text-field ${describedBy('error-id')}>`. */
export const describedBy = directive(DescribedBy);
