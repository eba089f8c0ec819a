import type { Output } from '../../../src/cli/output';
import { renderText } from '../../../src/core/text';

/** What a command prints, for commands that are called in this process. */
export class CliOutput implements Output {
  readonly results: string[] = [];
  readonly spoken: string[] = [];
  readonly localize = renderText;

  result(line: string): void {
    this.results.push(line);
  }

  words(line: string): void {
    this.spoken.push(line);
  }

  paint(_: string, content: string): string {
    return content;
  }
}
