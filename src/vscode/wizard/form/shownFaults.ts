import type { SetupFault } from '../../../core/setup/setupFault';
import type { Text } from '../../../core/text';

/** What is wrong with a setup, handed out to the fields; what no field has taken is left. */
export class ShownFaults {
  private readonly shown = new Set<SetupFault>();

  constructor(private readonly faults: readonly SetupFault[]) {}

  /** The first fault of exactly this part. */
  at(path: SetupFault['path']): Text | undefined {
    return this.take((fault) => fault.path.length === path.length && isBelow(fault, path));
  }

  /** The first fault of this part, or of something in it. */
  within(path: SetupFault['path']): Text | undefined {
    return this.take((fault) => isBelow(fault, path));
  }

  /** What no field shows. */
  rest(): readonly Text[] {
    return this.faults.filter((fault) => !this.shown.has(fault)).map(({ message }) => message);
  }

  private take(isMeant: (fault: SetupFault) => boolean): Text | undefined {
    const found = this.faults.filter(isMeant);
    for (const fault of found) this.shown.add(fault);
    return found[0]?.message;
  }
}

function isBelow(fault: SetupFault, path: SetupFault['path']): boolean {
  return path.every((part, index) => fault.path[index] === part);
}
