/** Commands by id. Each can be called with a row of a tree, or with nothing: then it asks. */
export type CommandTable = Readonly<Record<`ringfence.${string}`, (argument: unknown) => unknown>>;
