import type { Principal } from '../../../core/setup/setup';

/** Whether somebody has an object id, in whatever casing. */
export function samePerson(person: Principal, id: string): boolean {
  return person.id.toLowerCase() === id.toLowerCase();
}
