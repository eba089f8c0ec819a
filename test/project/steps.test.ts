import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { factsOf } from '../../scripts/generate/stepFacts';
import { SCENARIOS } from '../../src/core/setup/scenarios';
import { privatePathSteps } from '../../src/core/steps/privateServices';
import { STEPS } from '../../src/core/steps/registry';
import { renderText } from '../../src/core/text';

const ids = STEPS.map(({ id }) => id);

/** Steps that Azure offers no change for. */
const ONLY_LOOK = [
  'gateway-region-quotas',
  'search-tier-supports-private-link',
  'search-same-region-storage',
  'search-data-residency',
  'search-key-rotation',
  'aoai-key-rotation',
  'storage-key-rotation',
  'apim-key-rotation',
];

/** What a step needs of another scenario where both are meant, and does without where only its own is. */
const NEEDED_TOGETHER: Readonly<Record<string, readonly string[]>> = {
  // Azure OpenAI asks Search for nothing but “On your data”.
  'search-disable-local-auth': ['rbac-aoai-search-index-reader', 'rbac-aoai-search-contributor'],
};

describe('the catalogue of steps', () => {
  test('no two steps have one id, or one title', () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(STEPS.map(({ title }) => renderText(title))).size).toBe(ids.length);
  });

  test('every scenario has steps, and every step has a scenario', () => {
    for (const { id } of SCENARIOS)
      expect(
        STEPS.some(({ scenarios }) => scenarios.includes(id)),
        id,
      ).toBe(true);
    expect(STEPS.filter(({ scenarios }) => scenarios.length === 0)).toEqual([]);
  });

  test('every step is named in a test of the steps', () => {
    const folder = 'test/core/steps';
    const tests = readdirSync(folder)
      .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
      .join('\n');
    expect(ids.filter((id) => !tests.includes(`'${id}'`))).toEqual([]);
  });
});

describe.each(STEPS.map((step, index) => [step.id, step, index] as const))('%s', (_, step, index) => {
  const earlier = ids.slice(0, index);
  const changesNothing = ONLY_LOOK.includes(step.id);

  test('comes after everything that it needs', () => {
    expect([...step.after, ...(step.preferAfter ?? [])].filter((id) => !earlier.includes(id))).toEqual([]);
  });

  test('needs only what its own scenarios have', () => {
    for (const scenario of step.scenarios) {
      const others = STEPS.filter(({ id }) => step.after.includes(id)).filter(
        ({ scenarios }) => !scenarios.includes(scenario),
      );
      const together = NEEDED_TOGETHER[step.id] ?? [];
      expect(others.map(({ id }) => id).filter((id) => !together.includes(id))).toEqual([]);
    }
  });

  test('says where it comes from: a document or the vendor’s reference, and nothing that is no link or no definition', () => {
    expect(step.sources.some((source) => 'seed' in source || 'reference' in source)).toBe(true);
    for (const source of step.sources) {
      if ('policy' in source) expect(source.policy).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      if ('url' in source) expect(source.url).toMatch(/^https:\/\/learn\.microsoft\.com\//);
    }
  });

  test('explains itself in whole sentences, and warns where there is a risk', () => {
    expect(renderText(step.why)).toMatch(/^[A-Z].*\.$/);
    if (step.risk.kind !== 'none') expect(renderText(step.risk.note ?? step.title)).toMatch(/^[A-Z].*\.$/);
    if (changesNothing) expect(step).toMatchObject({ typicalSeconds: 0, risk: { kind: 'none' } });
    else expect(step.typicalSeconds).toBeGreaterThan(0);
  });

  test('names the permissions that it needs, as Azure writes them', () => {
    const { permissions } = factsOf(step);
    expect(permissions.length > 0).toBe(!changesNothing);
    for (const action of permissions) expect(action).toMatch(/^Microsoft\.\w+(\/\w+)*\/(write|action)$/);
  });

  test('says how it is taken back', () => {
    if (changesNothing) return;
    const { undoCreate, undoUpdate } = factsOf(step);
    expect([undoCreate, undoUpdate].filter((undo) => undo !== undefined)).not.toEqual([]);
    if (step.risk.kind === 'irreversible') expect((undoUpdate ?? undoCreate)?.kind).toBe('none');
  });
});

describe('whatever closes a service to its callers’ network', () => {
  const closing = STEPS.filter(({ guards }) => guards?.includes('privatePathAnswers'));

  test('is known', () => {
    expect(closing.map(({ id }) => id).sort()).toEqual([
      'aoai-ip-allowlist',
      'aoai-network-default-deny',
      'aoai-public-access-disabled',
      'search-ip-allowlist',
      'search-public-access-disabled',
      'storage-network-default-deny',
      'storage-public-access-disabled',
    ]);
  });

  test.each(closing.map((step) => [step.id, step] as const))(
    '%s looks first whether they get in another way',
    (_, { on, after, risk }) => {
      const path = privatePathSteps(on as 'openAi' | 'search' | 'storage');
      expect(path.length).toBeGreaterThanOrEqual(3);
      expect(after).toEqual(expect.arrayContaining([...path]));
      expect(risk.kind).toBe('lockout');
    },
  );
});
