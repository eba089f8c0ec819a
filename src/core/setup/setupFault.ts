import type { Text } from '../text';

/** Something wrong with a setup, at a path such as `['roles', 'openAi', 'id']`. */
export interface SetupFault {
  readonly path: readonly (string | number)[];
  /** The name of the property is what is wrong, not its value. */
  readonly atName?: boolean;
  readonly message: Text;
}
