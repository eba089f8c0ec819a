import { noChange, type TemplateResult } from 'lit-html';
import { AsyncDirective, directive } from 'lit-html/async-directive.js';
import type { ChildPart } from 'lit-html';

const BEFORE_MEASURED = 640;

/** Renders content for the width of the element around it, and anew whenever that width changes. */
class AtWidth extends AsyncDirective {
  private draw: (width: number) => TemplateResult = () => {
    throw new Error('atWidth has nothing to draw yet.');
  };
  private width = BEFORE_MEASURED;
  private container: Element | undefined;
  private readonly observer = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry?.contentRect.width ?? 0);
    if (width === 0 || width === this.width) return;
    this.width = width;
    this.setValue(this.draw(width));
  });

  render(_draw: (width: number) => TemplateResult): unknown {
    return noChange;
  }

  override update(part: ChildPart, [draw]: [(width: number) => TemplateResult]): unknown {
    this.draw = draw;
    if (this.container === undefined && part.parentNode instanceof Element) this.observe(part.parentNode);
    return draw(this.width);
  }

  override disconnected(): void {
    this.observer.disconnect();
  }

  override reconnected(): void {
    if (this.container !== undefined) this.observer.observe(this.container);
  }

  private observe(container: Element): void {
    this.container = container;
    this.observer.observe(container);
  }
}

/** Child directive: the only child of the element whose width counts. */
export const atWidth = directive(AtWidth);
