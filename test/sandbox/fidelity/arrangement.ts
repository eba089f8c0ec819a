import type { Json } from '../../../src/core/resources/json';
import type { ScopedAction } from '../../../src/sandbox/arm/access';
import type { SeedStep } from '../../../src/sandbox/worlds/seed';
import type { Sent } from '../client';

/** Something that is done before the recorded request: a record that is played, a request, or time that passes. */
export type Preparation = string | Sent | { readonly waitSeconds: number };

/** What has to be the case so that a record can be played, and how it is played. */
export interface Arrangement {
  /** What exists. A resource group `contoso-rg` in westus2 where nothing is said. */
  readonly seed?: readonly SeedStep[];
  /** Registered resource providers; all of them where nothing is said. */
  readonly registered?: readonly string[];
  readonly before?: readonly Preparation[];
  /** The URL to ask is that of this header in the answer before. */
  readonly follow?: 'azure-asyncoperation' | 'location';
  readonly denials?: readonly ScopedAction[];
  readonly headers?: Readonly<Record<string, string>>;
  /** For records without their request body. */
  readonly body?: Json;
  /** Texts of the record, here and in `before`, that stand for something that the sandbox has. */
  readonly instead?: Readonly<Record<string, string>>;
  /** The record holds this part of the body only. */
  readonly part?: readonly string[];
  /** A name that Azure made up, and where the sandbox's is found: the last segment of that id. */
  readonly madeUpName?: {
    readonly recorded: string;
    readonly listUrl: string;
    readonly path: readonly (string | number)[];
  };
}
