import type { Json } from '../../../src/core/resources/json';
import { REGISTERED, resourceGroup } from '../../../src/sandbox/worlds/builders';
import type { SandboxOptions } from '../../../src/sandbox/sandbox';
import { at, withSandbox, type Received, type SandboxClient, type Sent } from '../client';
import type { Arrangement, Preparation } from './arrangement';
import { compare } from './compare';
import { readRecord, replaceTexts, type RecordedExchange } from './record';

/** Plays a record against a fresh sandbox at the speed of life, on a clock that stands still, and tells the differences. */
export async function differencesOf(name: string, arrangement: Arrangement): Promise<readonly string[]> {
  let time = Date.parse('2026-01-05T09:00:00Z');
  const options: SandboxOptions = {
    world: {
      name,
      registered: arrangement.registered ?? REGISTERED,
      steps: arrangement.seed ?? [resourceGroup('contoso-rg', 'westus2')],
    },
    speed: 1,
    now: () => time,
  };
  return withSandbox(options, async (client, sandbox) => {
    for (const denial of arrangement.denials ?? []) await client.post('/.sandbox/denials', { ...denial });
    const instead = { ...arrangement.instead, ...(await madeUpName(client, arrangement)) };
    let last: Received | undefined;
    for (const step of arrangement.before ?? []) {
      if (isWait(step)) time += step.waitSeconds * 1000;
      else
        last = await client.send(
          typeof step === 'string' ? request(readRecord(step, instead)) : replaced(step, instead),
        );
    }
    const record = readRecord(name, instead);
    const followed = arrangement.follow && last?.headers[arrangement.follow];
    if (arrangement.follow && followed === undefined) throw new Error(`${name}: nothing to follow`);
    const received = await client.send({
      ...request(record, arrangement.body),
      ...(followed === undefined ? {} : { url: followed }),
      ...(arrangement.headers ? { headers: arrangement.headers } : {}),
    });
    const { part } = arrangement;
    if (part === undefined) return compare(record, received, sandbox.endpoint);
    const cut = (body: Json | undefined): Json => at(body, ...part) ?? null;
    return compare({ ...record, body: cut(record.body) }, { ...received, body: cut(received.body) }, sandbox.endpoint);
  });
}

function isWait(step: Preparation): step is { readonly waitSeconds: number } {
  return typeof step === 'object' && 'waitSeconds' in step;
}

function request(record: RecordedExchange, body = record.request) {
  return { method: record.method, url: record.url, ...(body === undefined ? {} : { body }) };
}

function replaced(sent: Sent, instead: Readonly<Record<string, string>>): Sent {
  return JSON.parse(replaceTexts(JSON.stringify(sent), instead)) as Sent;
}

async function madeUpName(client: SandboxClient, { madeUpName: made }: Arrangement): Promise<Record<string, string>> {
  if (made === undefined) return {};
  const id = at((await client.get(made.listUrl)).body, ...made.path);
  if (typeof id !== 'string') throw new Error(`No id at ${made.path.join('.')} of ${made.listUrl}`);
  return { [made.recorded]: id.slice(id.lastIndexOf('/') + 1) };
}
