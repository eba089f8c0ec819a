import type { Services } from './services';

/** What `activate` returns, for tests inside the extension host. Not an API for other extensions. */
export interface TestApi {
  /** Loads the services if nobody has yet. */
  services(): Promise<Services>;
}
