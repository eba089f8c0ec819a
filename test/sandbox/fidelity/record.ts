import type { Json } from '../../../src/core/resources/json';
import { SUBSCRIPTION_ID } from '../../../src/sandbox/azure';
import edge from '../edgeRecords.json';
import governance from '../governanceRecords.json';
import recorded from '../records.json';

/** One exchange with the real Azure, as it was recorded: neutral names, ids and secrets. */
export interface RecordedExchange {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly request?: Json;
  readonly body: Json;
  /** Who recorded it. */
  readonly source: string;
}

const NO_SUBSCRIPTION = '00000000-0000-0000-0000-000000000000';

const { _common: common, ...others } = recorded;
const exchanges = { ...others, ...edge, ...governance };

/** Headers that practically every answer has. */
export const COMMON_HEADERS: readonly string[] = Object.keys(common.responseHeaders);

export const RECORD_NAMES: readonly string[] = Object.keys(exchanges);

/** A record with the sandbox's subscription, and with other texts put in the place of some. */
export function readRecord(name: string, instead: Readonly<Record<string, string>> = {}): RecordedExchange {
  const found = (exchanges as Readonly<Record<string, unknown>>)[name];
  if (found === undefined) throw new Error(`There is no record ${name}.`);
  const text = replaceTexts(JSON.stringify(found), { [NO_SUBSCRIPTION]: SUBSCRIPTION_ID, ...instead });
  return JSON.parse(text) as RecordedExchange;
}

export function replaceTexts(text: string, instead: Readonly<Record<string, string>>): string {
  return Object.entries(instead).reduce((current, [old, replacement]) => current.replaceAll(old, replacement), text);
}
