/** What `npm start` and tests ask for through the environment. */
export interface EnvironmentWishes {
  /**
   * `RINGFENCE_TRY_SANDBOX`: open the wizard on the sandbox at the start; a world, or the address of a running one.
   * `RINGFENCE_SANDBOX_TOKEN`: the token of the running one.
   */
  readonly sandbox: { readonly target: string; readonly token: string | undefined } | undefined;
}

/** Reads the environment, once, at the start. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): EnvironmentWishes {
  const target = env['RINGFENCE_TRY_SANDBOX'];
  return { sandbox: target ? { target, token: env['RINGFENCE_SANDBOX_TOKEN'] } : undefined };
}
