import { InvalidArgumentError, Option, type Command } from 'commander';
import { CLOUDS, type CloudId } from '../core/clouds';
import { ROLES } from '../core/setup/roles';
import { SCENARIOS, type ScenarioId } from '../core/setup/scenarios';
import type { RoleId } from '../core/setup/setup';
import { parseResourceId } from '../core/resources/resourceId';
import type { IdentityKind } from '../azure/credentials/identity';

/** Options that say what to work on and how to get there; every command that talks to Azure has them. */
export interface TargetOptions {
  readonly setup?: string;
  readonly subscription?: string;
  readonly tenant?: string;
  readonly cloud: CloudId;
  readonly signIn: IdentityKind;
  readonly sandbox?: string | true;
  readonly speed?: number;
  readonly scenario?: ScenarioId;
  readonly role: Readonly<Partial<Record<RoleId, string>>>;
  readonly location?: string;
  readonly state?: string;
  readonly format: 'text' | 'json';
}

/** Adds the options of `TargetOptions` to a command. */
export function withTarget(command: Command): Command {
  return withRuns(command)
    .option('--setup <file>', 'setup file (ringfence.json in this folder where it exists)')
    .option('--subscription <id>', 'subscription to look in, where there is no setup file')
    .option('--tenant <id>', 'Microsoft Entra tenant to sign in to')
    .addOption(new Option('--cloud <name>', 'Azure cloud').choices(Object.keys(CLOUDS)).default('public'))
    .addOption(
      new Option('--sign-in <way>', 'where the credential comes from')
        .choices(['azureCli', 'environment', 'default'])
        .default('default'),
    )
    .option('--speed <factor>', 'how much faster than life a fresh sandbox runs', positiveNumber)
    .addOption(new Option('--scenario <id>', 'what to secure it for').choices(SCENARIOS.map(({ id }) => id)))
    .option('--role <role=id>', 'the resource that plays a role; may be given several times', collectRole, {})
    .option('--location <region>', 'region for new resources where nothing that exists suggests one');
}

/** Adds the options that say whose runs are meant. */
export function withRuns(command: Command): Command {
  return withFormat(command)
    .option('--sandbox [world|address]', 'work on a fresh sandbox of this world, or on a running one at this address')
    .option('--state <folder>', 'where runs are kept (your state folder by default)');
}

export function withFormat(command: Command): Command {
  return command.addOption(
    new Option('--format <format>', 'how to print the result').choices(['text', 'json']).default('text'),
  );
}

function collectRole(value: string, roles: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [role = '', id = ''] = value.split(/=(.*)/s);
  const known = ROLES.find((candidate) => candidate.id.toLowerCase() === role.toLowerCase());
  if (!known) throw new InvalidArgumentError(`The roles are ${ROLES.map((candidate) => candidate.id).join(', ')}.`);
  if (parseResourceId(id)?.type.toLowerCase() !== known.type) {
    throw new InvalidArgumentError(`The value must be the resource id of a ${known.type}.`);
  }
  return { ...roles, [known.id]: id };
}

export function positiveNumber(value: string): number {
  const number = Number(value);
  if (!(number > 0)) throw new InvalidArgumentError('It must be a number above 0.');
  return number;
}
