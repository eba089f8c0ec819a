import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { placesOf } from '../../scripts/generate/sentences';

type Bundle = Readonly<Record<string, string>>;

/** The folders of translations: the English file, and what the names of the others look like. */
const FAMILIES = [
  { folder: 'l10n', english: 'bundle.l10n.json', others: /^bundle\.l10n\.([\w-]+)\.json$/ },
  { folder: '.', english: 'package.nls.json', others: /^package\.nls\.([\w-]+)\.json$/ },
];

const TRANSLATIONS = FAMILIES.flatMap(({ folder, english, others }) =>
  readdirSync(folder)
    .filter((name) => others.test(name))
    .map((name) => ({ name, bundle: read(`${folder}/${name}`), english: read(`${folder}/${english}`) })),
);

function read(path: string): Bundle {
  return JSON.parse(readFileSync(path, 'utf8')) as Bundle;
}

/** What is wrong with a translation, sentence by sentence. */
function faultsOf(bundle: Bundle, english: Bundle): readonly string[] {
  const missing = Object.keys(english).filter((key) => !Object.hasOwn(bundle, key));
  const unknown = Object.keys(bundle).filter((key) => !Object.hasOwn(english, key));
  const uneven = Object.entries(english).filter(([key, words]) => {
    const translated = bundle[key];
    return translated !== undefined && [...placesOf(words)].sort().join() !== [...placesOf(translated)].sort().join();
  });
  const empty = Object.entries(bundle).filter(([, words]) => words.trim() === '');
  return [
    ...missing.map((key) => `missing: ${key}`),
    ...unknown.map((key) => `unknown: ${key}`),
    ...uneven.map(([key]) => `other places: ${key}`),
    ...empty.map(([key]) => `empty: ${key}`),
  ];
}

describe('a translation', () => {
  test.for(TRANSLATIONS)(
    '$name has the same sentences as the English one, with the same places',
    ({ bundle, english }) => {
      expect(faultsOf(bundle, english)).toEqual([]);
    },
  );

  test('of the sentences comes with one of the manifest, and the other way round', () => {
    const [bundles, manifests] = FAMILIES.map(({ folder, others }) =>
      readdirSync(folder).flatMap((name) => others.exec(name)?.[1] ?? []),
    );
    expect(bundles?.sort()).toEqual(manifests?.sort());
  });

  test.each<[string, Bundle, readonly string[]]>([
    ['a good one', { 'a {0}': '{0} ä', b: 'β' }, []],
    ['a missing sentence', { 'a {0}': '{0}' }, ['missing: b']],
    ['a sentence that is gone', { 'a {0}': '{0}', b: 'β', c: 'γ' }, ['unknown: c']],
    ['a lost place', { 'a {0}': 'ä', b: 'β' }, ['other places: a {0}']],
    ['a place too many', { 'a {0}': '{0}', b: '{0}' }, ['other places: b']],
    ['an empty sentence', { 'a {0}': '{0}', b: ' ' }, ['empty: b']],
  ])('is checked for %s', (_, bundle, faults) => {
    expect(faultsOf(bundle, { 'a {0}': 'a {0}', b: 'b' })).toEqual(faults);
  });
});

test('the English sentences are their own translation, so that translators see what they mean', () => {
  expect(existsSync('l10n/bundle.l10n.json')).toBe(true);
  expect(Object.entries(read('l10n/bundle.l10n.json')).filter(([key, words]) => key !== words)).toEqual([]);
});
