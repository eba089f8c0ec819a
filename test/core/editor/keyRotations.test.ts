import { beforeEach, describe, expect, test, vi } from 'vitest';
import { KeyRotation } from '../../../src/core/session/keyRotation';
import type { Setup } from '../../../src/core/setup/setup';
import { renderText } from '../../../src/core/text';
import { searchService } from '../support/dataResources';
import { FakeAzure } from '../support/fakeAzure';
import { ownKeysSetup, ownKeysWorld } from '../support/keyVaults';

/** What the editor shows and is told; each question is answered by whoever the test is. */
const editor = vi.hoisted(() => ({
  shown: [] as string[],
  clipboard: [] as string[],
  answer: (_question: string, answers: readonly string[]): string | undefined => answers[0],
}));

vi.mock('vscode', () => {
  const show = (message: string, ...rest: unknown[]): Promise<string | undefined> => {
    const answers = rest.filter((each) => typeof each === 'string');
    editor.shown.push(JSON.stringify([message, ...rest]));
    return Promise.resolve(answers.length === 0 ? undefined : editor.answer(message, answers));
  };
  return {
    window: {
      showInformationMessage: show,
      showWarningMessage: show,
      setStatusBarMessage: (message: string) => editor.shown.push(message),
      showQuickPick: (items: readonly (string | { label: string })[], { title }: { title: string }) => {
        const labels = items.map((item) => (typeof item === 'string' ? item : item.label));
        editor.shown.push(JSON.stringify([title, items]));
        const chosen = editor.answer(title, labels);
        return Promise.resolve(items[labels.indexOf(chosen ?? '')]);
      },
    },
    env: { clipboard: { writeText: (content: string) => Promise.resolve(editor.clipboard.push(content)) } },
  };
});

const { KeyRotations } = await import('../../../src/vscode/keys/keyRotations');

function guide() {
  const azure = new FakeAzure(ownKeysWorld(searchService({ properties: { disableLocalAuth: false } })));
  const memory = new Map<string, unknown>();
  const edited: Setup[] = [];
  const setup = ownKeysSetup({ apiKeys: 'keep' });
  const active = {
    key: 'draft:x/1',
    state: { session: { setup }, unsaved: true },
    tools: { keyRotation: () => new KeyRotation(setup, azure, azure.clock) },
    edit: (change: (candidate: Setup) => Setup) => edited.push(change(setup)),
  };
  const connections = { duringGesture: <T>(work: () => Promise<T>) => work() };
  const memento = {
    get: (key: string) => memory.get(key),
    update: (key: string, value: unknown) => Promise.resolve(memory.set(key, value)),
  };
  const rotations = new KeyRotations(connections as never, {} as never, memento as never, (words) => renderText(words));
  return { azure, memory, edited, rotate: () => rotations.rotate(active as never) };
}

/** Chooses what the questions are answered with by their words; the first answer, where nothing is said. */
function answering(answers: Readonly<Record<string, string | undefined>>): void {
  editor.answer = (question, choices) => {
    const said = Object.entries(answers).find(([words]) => question.includes(words));
    return said === undefined
      ? choices[0]
      : choices.find((choice) => said[1] !== undefined && choice.includes(said[1]));
  };
}

beforeEach(() => {
  editor.shown.length = 0;
  editor.clipboard.length = 0;
});

describe('the guide in the editor', () => {
  test('makes one key anew, and the other one when it is asked again', async () => {
    const { azure, memory, edited, rotate } = guide();
    answering({ 'Whose key': 'contoso-search', 'Which key do': 'primary', 'is new': undefined });
    await rotate();
    expect([azure.renewed, edited, editor.clipboard]).toEqual([['secondary'], [], []]);
    await rotate();
    expect(azure.renewed).toEqual(['secondary', 'primary']);
    expect(edited[0]?.options.keysRotated).toHaveProperty('search');
    expect(memory.get('ringfence.rotations')).toEqual({});
  });

  test('puts the new key on the clipboard on a click, and nowhere else', async () => {
    const { memory, rotate } = guide();
    answering({ 'Whose key': 'contoso-search', 'Which key do': 'primary' });
    await rotate();
    expect(editor.clipboard).toEqual(['secret-secondary']);
    expect([...editor.shown, JSON.stringify([...memory])].join('\n')).not.toContain('secret-');
  });

  test.each(['Whose key', 'Which kind', 'Which key do', 'Make the key'])(
    'changes nothing where nobody answers “%s”',
    async (question) => {
      const { azure, memory, rotate } = guide();
      answering({ 'Whose key': 'contoso-search', [question]: undefined });
      await rotate();
      expect([azure.renewed, memory.size]).toEqual([[], 0]);
    },
  );

  test('begins anew where the callers have not moved', async () => {
    const { azure, rotate } = guide();
    answering({ 'Whose key': 'contoso-search', 'Which key do': 'primary' });
    await rotate();
    answering({ 'Whose key': 'contoso-search', 'How far': 'Begin anew', 'Which key do': 'primary' });
    await rotate();
    expect(azure.renewed).toEqual(['secondary', 'secondary']);
  });

  test('makes a query key beside the old one, and deletes that when it is asked again', async () => {
    const { azure, memory, rotate } = guide();
    answering({ 'Whose key': 'contoso-search', 'Which kind': 'query key' });
    await rotate();
    expect(azure.renewed).toEqual([expect.stringMatching(/^query-\d{4}-\d{2}-\d{2}$/)]);
    await rotate();
    expect(memory.get('ringfence.rotations')).toEqual({});
  });

  test('says where no key is accepted', async () => {
    const { azure, rotate } = guide();
    azure.world.put(searchService());
    answering({ 'Whose key': 'contoso-search' });
    await rotate();
    expect(editor.shown.at(-1)).toContain('accepts no key');
    expect(azure.renewed).toEqual([]);
  });
});
