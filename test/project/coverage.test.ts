import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  answersAt,
  DOCUMENTS,
  placesIn,
  stepsNaming,
  stepsNotAskedFor,
  stepsOf,
  type Place,
} from '../../scripts/generate/coverage/coverage';
import { DECISIONS } from '../../scripts/generate/coverage/decisions';
import type { Answer, Statement } from '../../scripts/generate/coverage/statement';
import { apiGateway } from '../../scripts/generate/coverage/statements/apiGateway';
import { clients } from '../../scripts/generate/coverage/statements/clients';
import { permissions } from '../../scripts/generate/coverage/statements/permissions';
import { resources } from '../../scripts/generate/coverage/statements/resources';
import { searchAccess } from '../../scripts/generate/coverage/statements/searchAccess';
import { searchAndStorage } from '../../scripts/generate/coverage/statements/searchAndStorage';
import { searchData } from '../../scripts/generate/coverage/statements/searchData';
import { searchTraffic } from '../../scripts/generate/coverage/statements/searchTraffic';
import { understanding } from '../../scripts/generate/coverage/statements/understanding';
import { vnetOnly } from '../../scripts/generate/coverage/statements/vnetOnly';
import { MEASUREMENTS, TOOLS } from '../../scripts/generate/coverage/tools';
import { ROLES } from '../../src/core/setup/roles';
import { setupJsonSchema } from '../../src/core/setup/setupSchema';
import { findStep, STEPS } from '../../src/core/steps/registry';

const places = DOCUMENTS.flatMap(placesIn);
const answers = places.flatMap((place) => answersAt(place).map((answer) => ({ answer, place })));
const seeds = DOCUMENTS.map(({ seed }) => seed);

/** `on-your-data.fr, Affectations de rôles, “Assignee”` */
function nameOf({ document, section, sentence: [foundBy] }: Place): string {
  return `${document.seed}, ${section.name}, “${foundBy}”`;
}

/** Adds to an answer, and is none by itself. */
function isAnAnswer({ kind }: Answer): boolean {
  return kind !== 'decision' && kind !== 'note';
}

describe('every sentence of the documents', () => {
  test('is answered by something', () => {
    const unanswered = places.filter(
      (place) =>
        !answersAt(place).some(
          (answer) => isAnAnswer(answer) && (answer.kind !== 'stepsOfSection' || stepsOf(answer, place).length > 0),
        ),
    );
    expect(unanswered.map(nameOf)).toEqual([]);
  });

  test('that asks for nothing has no answer', () => {
    const both = places.filter((place) => {
      const kinds = answersAt(place).filter(isAnAnswer);
      return kinds.length > 1 && kinds.some(({ kind }) => kind === 'asksNothing');
    });
    expect(both.map(nameOf)).toEqual([]);
  });

  test('is found by a few words, and no two of a section by the same', () => {
    for (const { document, section, sentence } of places) {
      const [foundBy] = sentence;
      expect(foundBy.length, foundBy).toBeLessThanOrEqual(48);
      const same = section.sentences.filter(([words]) => words === foundBy);
      expect(same.length, `${document.seed}, ${section.name}, “${foundBy}”`).toBe(1);
    }
  });

  test('is told in English', () => {
    expect(places.filter(({ sentence: [, { says }] }) => !/^[\x20-\x7E’“”]+$/.test(says)).map(nameOf)).toEqual([]);
  });
});

describe('every section of the documents', () => {
  test('is listed once, with what it says', () => {
    for (const { seed, sections } of DOCUMENTS) {
      const names = sections.map(({ name }) => name);
      expect(new Set(names).size, seed).toBe(names.length);
      expect(sections.filter(({ sentences }) => sentences.length === 0)).toEqual([]);
    }
  });

  test('that a step names as its source is there', () => {
    const listed = new Set(DOCUMENTS.flatMap(({ seed, sections }) => sections.map(({ name }) => `${seed}: ${name}`)));
    const named = STEPS.flatMap(({ id, sources }) =>
      sources.flatMap((source) =>
        'seed' in source && seeds.includes(source.seed) ? [{ id, section: `${source.seed}: ${source.section}` }] : [],
      ),
    );
    expect(named.length).toBeGreaterThan(STEPS.length);
    expect(named.filter(({ section }) => !listed.has(section))).toEqual([]);
  });

  test('has each step that names it in one of its sentences', () => {
    const missing = DOCUMENTS.flatMap((document) =>
      document.sections.flatMap((section) => {
        const inSection = placesIn(document).filter((place) => place.section === section);
        const answering = new Set(
          inSection.flatMap((place) => answersAt(place).flatMap((answer) => stepsOf(answer, place))),
        );
        return stepsNaming(document, section)
          .filter(({ id }) => !answering.has(id))
          .map(({ id }) => `${document.seed}, ${section.name}: ${id}`);
      }),
    );
    expect(missing).toEqual([]);
  });
});

describe('every answer', () => {
  test('names steps that exist', () => {
    const unknown = answers.flatMap(({ answer, place }) =>
      stepsOf(answer, place)
        .filter((id) => findStep(id) === undefined)
        .map((id) => `${nameOf(place)}: ${id}`),
    );
    expect(unknown).toEqual([]);
  });

  test('names roles and options of a setup, and every one of them answers something', () => {
    const { properties } = setupJsonSchema() as {
      readonly properties: { readonly options: { readonly properties: Readonly<Record<string, unknown>> } };
    };
    const options = answers.flatMap(({ answer }) => (answer.kind === 'option' ? [answer.option] : []));
    const roles = answers.flatMap(({ answer }) => (answer.kind === 'roles' ? answer.roles : []));
    expect([...new Set<string>(options)].sort()).toEqual(Object.keys(properties.options.properties).sort());
    expect([...new Set<string>(roles)].sort()).toEqual(ROLES.map(({ id }) => id).sort());
  });

  test('names commands that there are', () => {
    const commandsOf = (parent: readonly string[]): readonly string[] => {
      const help = execFileSync(process.execPath, ['dist/cli.js', ...parent, '--help'], { encoding: 'utf8' });
      return [...help.matchAll(/^ {2}([a-z-]+) /gm)].map(([, name]) => [...parent, name].join(' '));
    };
    const commands = [...commandsOf([]), ...commandsOf(['snippets'])];
    expect(Object.values(TOOLS).filter((tool) => !commands.includes(tool))).toEqual([]);
  });

  test('names a measurement by the title that a verification gives it', () => {
    const sentences = JSON.parse(readFileSync('l10n/bundle.l10n.json', 'utf8')) as Readonly<Record<string, string>>;
    expect(Object.values(MEASUREMENTS).filter((title) => sentences[title] === undefined)).toEqual([]);
  });

  test('that is no goal says why', () => {
    for (const { answer, place } of answers) {
      if (answer.kind === 'nonGoal') expect(answer.reason, nameOf(place)).toMatch(/^\S.{20,}\.$/);
    }
  });
});

describe('nothing is kept that nobody reads', () => {
  test('every statement is in a document', () => {
    const all: readonly Readonly<Record<string, Statement>>[] = [
      apiGateway,
      clients,
      permissions,
      resources,
      searchAccess,
      searchAndStorage,
      searchData,
      searchTraffic,
      understanding,
      vnetOnly,
    ];
    const used = new Set(places.map(({ sentence: [, statement] }) => statement));
    const unused = all.flatMap((group) =>
      Object.entries(group).flatMap(([name, statement]) => (used.has(statement) ? [] : [name])),
    );
    expect(unused).toEqual([]);
  });

  test('every decision, tool and measurement answers a sentence', () => {
    const decided = new Set(answers.flatMap(({ answer }) => (answer.kind === 'decision' ? [answer.decision] : [])));
    const used = new Set(answers.flatMap(({ answer }) => (answer.kind === 'tools' ? answer.tools : [])));
    const measured = new Set(
      answers.flatMap(({ answer }) => (answer.kind === 'measurements' ? answer.measurements : [])),
    );
    expect([...decided].sort()).toEqual(Object.keys(DECISIONS).sort());
    expect([...used].sort()).toEqual(Object.keys(TOOLS).sort());
    expect([...measured].sort()).toEqual(Object.keys(MEASUREMENTS).sort());
  });
});

test('a step that none of the documents asks for names none of them', () => {
  for (const { id, sources } of stepsNotAskedFor()) {
    expect(sources.length, id).toBeGreaterThan(0);
    expect(
      sources.filter((source) => 'seed' in source && seeds.includes(source.seed)),
      id,
    ).toEqual([]);
  }
});

test('the page has every sentence, and no link that leads nowhere', () => {
  const page = readFileSync('docs/coverage.md', 'utf8');
  expect(page.split('\n').filter((line) => line.startsWith('|')).length).toBeGreaterThan(places.length);
  const anchors = new Set(
    [page, readFileSync('docs/steps.md', 'utf8')].flatMap((text) =>
      [...text.matchAll(/^## (.+)$/gm)].map(([, title]) =>
        (title ?? '')
          .toLowerCase()
          .replace(/[^\p{L}\p{N} -]/gu, '')
          .replaceAll(' ', '-'),
      ),
    ),
  );
  const links = [...page.matchAll(/\]\((?:steps\.md)?#([^)]+)\)/g)].map(([, anchor]) => anchor ?? '');
  expect(links.filter((anchor) => !anchors.has(anchor))).toEqual([]);
});
