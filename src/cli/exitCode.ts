/** What a command ends with; `docs/cli.md` repeats these. */
export const EXIT = {
  /** Everything is as it should be, or was done. */
  ok: 0,
  /** Findings, a run that did not succeed, a measurement that failed. */
  findings: 1,
  /** The command was not understood, or its input is not valid. Nothing was done. */
  usage: 2,
  /** It could not be told: Azure refused or did not answer. */
  unknown: 3,
  /** Interrupted by the user. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The command cannot be carried out as given; the message says what to do instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** It could not be told; the message says why. */
export class UnknownError extends Error {
  override readonly name = 'UnknownError';
}
