import { findSlot } from '../../core/keys/keySlots';
import type { Rotation, RotationWish } from '../../core/keys/rotation';
import type { KeyRotation } from '../../core/session/keyRotation';
import type { KeyedRole } from '../../core/setup/setup';
import { EXIT, UsageError, type ExitCode } from '../exitCode';
import type { TargetOptions } from '../options';
import { printable, type Output } from '../output';
import { openSession } from '../session';
import { agreed, askOnTerminal } from '../terminal';

export interface RotateKeyOptions extends TargetOptions {
  readonly yes?: boolean;
  /** The key that the callers use now. */
  readonly inUse?: string;
  /** The key that the callers have moved to. */
  readonly movedTo?: string;
  /** For AI Search: the key that may only query which is replaced. */
  readonly queryKey?: string;
}

/**
 * `ringfence rotate-key`: makes the key anew that nobody uses, says what to do with it, and makes the other one anew
 * once the callers have moved. No key is read for people, printed or kept.
 */
export async function rotateKey(
  role: KeyedRole,
  options: RotateKeyOptions,
  output: Output,
  signal: AbortSignal,
): Promise<ExitCode> {
  if (options.queryKey !== undefined && role !== 'search') throw new UsageError('Only AI Search has query keys.');
  const { session, close } = await openSession(options, output, signal);
  try {
    const rotation = session.keyRotation();
    const obstacle = await rotation.obstacle(role, signal);
    if (obstacle !== undefined) throw new UsageError(output.localize(obstacle));
    const name = printable((await rotation.keyHolder(role, signal)).name);
    return options.queryKey === undefined
      ? await rotateSlot(rotation, { role, name }, options, output, signal)
      : await rotateQueryKey(rotation, name, options.queryKey, options, output, signal);
  } finally {
    await close();
  }
}

interface Service {
  readonly role: KeyedRole;
  readonly name: string;
}

async function rotateSlot(
  rotation: KeyRotation,
  { role, name }: Service,
  options: RotateKeyOptions,
  output: Output,
  signal: AbortSignal,
): Promise<ExitCode> {
  const next = await decide(rotation, { ...options, role }, output, signal);
  const { kind, renew, keep } = next;
  output.words(
    `The callers of ${name} use the key “${keep}”. “${renew}” is made anew: whoever uses it is refused then.`,
  );
  if (!(await agreed(options, output, `Make the key “${renew}” of ${name} anew?`))) return EXIT.ok;
  await rotation.renew(role, renew, signal);
  const done = kind === 'finish';
  if (options.format === 'json') {
    const report = { schema: 'ringfence.rotation/1', service: role, renewed: renew, inUse: keep, done };
    output.result(
      JSON.stringify({ ...report, ...(done && { keysRotated: { [role]: rotation.today } }) }, undefined, 2),
    );
    return EXIT.ok;
  }
  output.result(`The key “${renew}” of ${name} is new.`);
  if (done) {
    output.words('Both keys are new. Write that into the options of the setup, so that the next check knows of it:');
    output.result(`"keysRotated": { "${role}": "${rotation.today}" }`);
  } else {
    output.words(`Copy the key “${renew}” in the Azure portal, and let every caller use it. Then finish with:`);
    output.result(`ringfence rotate-key ${role} --moved-to ${renew}`);
  }
  return EXIT.ok;
}

type Decided = Extract<Rotation, { readonly renew: string }>;

/** What to do next; asks where nobody has said which key is in use, and somebody can be asked. */
async function decide(
  rotation: KeyRotation,
  wish: RotationWish,
  output: Output,
  signal: AbortSignal,
): Promise<Decided> {
  const next = await rotation.next(wish, signal);
  if (next.kind === 'refused') throw new UsageError(output.localize(next.reason));
  if (next.kind !== 'ask') return next;
  const [first, second] = next.slots;
  if (!process.stdin.isTTY) {
    throw new UsageError(`No setting shows which key the callers use. Say so with --in-use ${first} or ${second}.`);
  }
  const answer = await askOnTerminal(`Which key do the callers use, ${first} or ${second}?`);
  if (findSlot(wish.role, answer) === undefined) throw new UsageError(`The keys are called ${first} and ${second}.`);
  return decide(rotation, { ...wish, inUse: answer }, output, signal);
}

/** The key without a name that every service comes with is called `default` here. */
const UNNAMED = 'default';

async function rotateQueryKey(
  rotation: KeyRotation,
  name: string,
  queryKey: string,
  options: RotateKeyOptions,
  output: Output,
  signal: AbortSignal,
): Promise<ExitCode> {
  const wanted = queryKey === UNNAMED ? '' : queryKey;
  const present = await rotation.queryKeys(signal);
  const names = present.map((each) => printable(each || UNNAMED)).join(', ');
  const missing = [wanted, ...(options.movedTo === undefined ? [] : [options.movedTo])].find(
    (each) => !present.includes(each),
  );
  if (missing !== undefined)
    throw new UsageError(`The query keys of ${name} are called ${names || 'nothing: it has none'}.`);
  if (options.movedTo === wanted) throw new UsageError('The callers have to move to another key before it can go.');
  if (options.movedTo === undefined) {
    if (!(await agreed(options, output, `Make a query key of ${name} beside “${queryKey}”?`))) return EXIT.ok;
    const made = await rotation.replaceQueryKey(wanted, signal);
    output.words(`Copy the query key “${made}” in the Azure portal, and let every caller use it. Then finish with:`);
    output.result(`ringfence rotate-key search --query-key ${printable(queryKey)} --moved-to ${printable(made)}`);
    return EXIT.ok;
  }
  if (
    !(await agreed(options, output, `Delete the query key “${queryKey}” of ${name}? Whoever uses it is refused then.`))
  )
    return EXIT.ok;
  await rotation.deleteQueryKey(wanted, signal);
  output.result(`The query key “${printable(queryKey)}” of ${name} is gone.`);
  return EXIT.ok;
}
