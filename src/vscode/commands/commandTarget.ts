/** What a row, or whoever calls a command, says that the command is to work on. Everything is optional. */
export interface CommandTarget {
  readonly setup: string | undefined;
  readonly step: string | undefined;
  readonly runId: string | undefined;
  /** ARM id of the resource that the row is about. */
  readonly resource: string | undefined;
}

/** Reads a command's argument, whatever it is made of: a row of a tree, or what another extension passes. */
export function readTarget(argument: unknown): CommandTarget {
  const entry = property(argument, 'entry');
  const step = property(argument, 'step');
  return {
    setup: string(property(argument, 'setup')) ?? string(property(entry, 'setup')),
    step: string(property(argument, 'stepId')) ?? string(step) ?? string(property(property(step, 'finding'), 'step')),
    runId: string(property(argument, 'runId')),
    resource:
      string(property(property(entry, 'resource'), 'id')) ??
      string(property(property(argument, 'resource'), 'id')) ??
      string(property(argument, 'id')),
  };
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function string(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
