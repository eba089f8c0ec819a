import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ARRANGEMENTS, NOT_SERVED } from './fidelity/arrangements';
import { compare } from './fidelity/compare';
import { DIFFERENCES, isKnown } from './fidelity/differences';
import { differencesOf } from './fidelity/play';
import { readRecord, RECORD_NAMES } from './fidelity/record';

describe('every recorded exchange of these resource types', () => {
  it('is either played or listed as not served, never both', () => {
    const known = [...Object.keys(ARRANGEMENTS), ...Object.keys(NOT_SERVED)];
    expect([...known].sort()).toEqual([...RECORD_NAMES].sort());
  });

  it.each(Object.entries(ARRANGEMENTS))('%s is answered as Azure did, but for what is listed', async (name, how) => {
    const found = await differencesOf(name, how);
    const listed = DIFFERENCES[name] ?? [];
    expect(
      found.filter((difference) => !listed.some((known) => isKnown(difference, known))),
      'not listed',
    ).toEqual([]);
    expect(
      listed.filter((known) => !found.some((difference) => isKnown(difference, known))),
      'listed, and gone',
    ).toEqual([]);
  });

  it('has no list of differences unless it is played', () => {
    expect(Object.keys(DIFFERENCES).filter((name) => ARRANGEMENTS[name] === undefined)).toEqual([]);
  });
});

describe('the comparison', () => {
  const record = readRecord('network.privateEndpoint.put.create');
  const received = { status: record.status, headers: record.headers, body: record.body };
  const differences = (changes: Partial<typeof received>) =>
    compare(record, { ...received, ...changes }, 'http://127.0.0.1:1').filter(
      (difference) => !/^header (x-|cache|pragma|expires|strict|date)/.test(difference),
    );

  it('finds nothing where nothing differs', () => {
    expect(differences({})).toEqual([]);
  });

  it.each([
    ['another status', { status: 200 }, 'status: 200 instead of 201'],
    [
      'another Retry-After',
      { headers: { ...record.headers, 'retry-after': '3' } },
      'header retry-after: 3 instead of 10',
    ],
    ['a header that Azure does not send', { headers: { ...record.headers, location: '/x' } }, 'header location: extra'],
    [
      'a lost header',
      { headers: Object.fromEntries(Object.entries(record.headers).filter(([name]) => name !== 'content-type')) },
      'header content-type: missing',
    ],
    ['a property too few', { body: without(record.body, 'etag') }, 'body etag: missing'],
    ['a property too many', { body: { ...(record.body as object), Etag: '' } }, 'body Etag: extra'],
    ['another type of value', { body: { ...(record.body as object), name: 1 } }, 'body name: number instead of string'],
  ])('finds %s', (_, change, expected) => {
    expect(differences(change)).toContain(expected);
  });
});

describe('docs/sandbox.md', () => {
  const page = readFileSync(new URL('../../docs/sandbox.md', import.meta.url), 'utf8');

  it('lists exactly the known differences, with their reasons', () => {
    const wanted = Object.entries(DIFFERENCES).flatMap(([record, list]) =>
      list.map(({ difference, because }) => [record, difference, because]),
    );
    expect(tableRows(page, 'Known differences')).toEqual(wanted);
  });

  it('lists exactly the records that are not served, with the reasons', () => {
    expect(tableRows(page, 'Records that are not served')).toEqual(Object.entries(NOT_SERVED));
  });
});

function without(body: unknown, name: string) {
  return Object.fromEntries(Object.entries(body as object).filter(([key]) => key !== name));
}

/** The cells of the table under a heading, without head and code marks. */
function tableRows(page: string, heading: string): readonly (readonly string[])[] {
  const section = page.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1')),
    );
}
