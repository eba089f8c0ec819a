import { beforeEach, describe, expect, test, vi } from 'vitest';
import { readRun } from '../../../src/core/apply/journal';
import type { Holder } from '../../../src/core/ports';
import { resourceKey } from '../../../src/core/resources/resourceId';
import { ID } from '../support/ids';
import { hardenedAccount } from '../support/resources';
import { exposedWorld, hardenedWorld } from '../support/worlds';
import { Desk, english } from '../wizard/support';

/** What the editor shows, and what it is answered: the button of that name, where it is offered. */
const editor = vi.hoisted(() => ({
  asked: [] as { readonly message: string; readonly detail: string; readonly buttons: readonly string[] }[],
  said: [] as string[],
  answers: [] as string[],
  clipboard: '',
}));

vi.mock('vscode', () => {
  const ask = (message: string, ...rest: readonly (string | { detail?: string })[]): Promise<string | undefined> => {
    const buttons = rest.filter((item) => typeof item === 'string');
    const options = rest.find((item) => typeof item !== 'string');
    editor.asked.push({ message, detail: options?.detail ?? '', buttons });
    return Promise.resolve(buttons.find((button) => editor.answers.includes(button)));
  };
  return {
    window: {
      showWarningMessage: ask,
      showInformationMessage: ask,
      setStatusBarMessage: (message: string) => void editor.said.push(message),
    },
    env: { clipboard: { writeText: (text: string) => Promise.resolve(void (editor.clipboard = text)) } },
  };
});

const { RunActions } = await import('../../../src/vscode/setups/runActions');
const { InterruptedRuns } = await import('../../../src/vscode/interruptedRuns');
const { DeviationNotices } = await import('../../../src/vscode/deviationNotices');
const { RunNotices } = await import('../../../src/vscode/runNotices');
const { Listeners } = await import('../../../src/vscode/listeners');

beforeEach(() => {
  editor.asked.length = 0;
  editor.said.length = 0;
  editor.answers = [];
  editor.clipboard = '';
});

const connections = { onChange: new Listeners(), duringGesture: <T>(work: () => Promise<T>) => work() };
const actions = new RunActions(connections as never, english);

/** Wizards that only remember what they were asked to show. */
function wizards(isVisible = false) {
  const shown: string[] = [];
  const open = () => (shown.push('wizard'), { showView: (view: string) => shown.push(view) });
  return { shown, panels: { open, isVisible: () => isVisible } as never };
}

const fail = (error: unknown): void => void editor.said.push(String(error));

/** Everything that was begun without being waited for has come to its end. */
const settled = (): Promise<void> => vi.waitFor(() => expect(editor.asked.length).toBeGreaterThan(0));

describe('taking back', () => {
  test('shows what goes and what stays, and does nothing before somebody has agreed', async () => {
    const desk = await Desk.open(exposedWorld());
    await desk.applyAll();
    const before = desk.azure.writes().length;
    await actions.undo(desk.active, 'run-001');
    expect(editor.asked[0]?.message).toMatch(/^Take this run back\? Changes: \d+$/);
    expect(editor.asked[0]?.detail).toMatch(/^Write back: API keys off \(contoso-openai\)$/m);
    expect(desk.azure.writes()).toHaveLength(before);
  });

  test('one step names what goes with it because it depends on it, and takes nothing else back', async () => {
    const desk = await Desk.open(exposedWorld());
    await desk.applyAll();
    editor.answers = ['Take Back'];
    await actions.undoStep(desk.active, 'aoai-private-endpoint');
    const { message, detail } = editor.asked[0] ?? { message: '', detail: '' };
    expect(message).toMatch(/^Take back “Private endpoint of Azure OpenAI”\? Changes: \d+$/);
    expect(detail.split('\n')[0]).toBe('Delete: Private endpoint of Azure OpenAI (pe-contoso-openai)');
    expect(detail).toMatch(
      /^Write back as well, because it depends on that: Public access disabled \(contoso-openai\)$/m,
    );
    expect(detail).not.toContain('System-assigned identity');
    expect(desk.active.state.session.run).toMatchObject({ kind: 'undo', outcome: 'succeeded' });
    expect(desk.world.get(ID.endpoint)).toBeUndefined();
  });

  test('a step that no run has made says so', async () => {
    const desk = await Desk.open(hardenedWorld());
    await actions.undoStep(desk.active, 'aoai-private-endpoint');
    expect(editor.asked[0]?.message).toMatch(/^No run of Ringfence has made this step/);
  });
});

test('a run without a review that something is in the way of is refused with the reasons, and begins when somebody insists', async () => {
  const desk = await Desk.open(exposedWorld());
  await desk.applyAll();
  desk.azure.permissions = () => [{ actions: ['*/read'], notActions: [], dataActions: [], notDataActions: [] }];
  editor.answers = ['Take Back'];
  await actions.undo(desk.active, 'run-001');
  expect(editor.asked[1]?.message).toBe('Something is in the way of this run, so nothing was changed.');
  expect(editor.asked[1]?.detail.split('\n').length).toBeGreaterThan(1);
  expect(desk.active.state.session.run?.kind).toBe('apply');
  editor.answers = ['Take Back', 'Go On Anyway'];
  await actions.undo(desk.active, 'run-001');
  expect(desk.active.state.session.run).toMatchObject({ kind: 'undo', outcome: 'succeeded' });
});

test('the details of an error go to the clipboard with its cause', async () => {
  const desk = await Desk.open(exposedWorld());
  desk.probes.kinds = ['internet'];
  await desk.applyAll();
  const failed = desk.active.state.session.run?.changes.find(({ error }) => error !== undefined);
  await actions.copyError(desk.active, failed?.change.id ?? '');
  expect(editor.clipboard).toMatch(/not reached through its private endpoint.*\nCode: GuardNotMet\n$/s);
});

describe('an interrupted run', () => {
  /**
   * A window in which a run was interrupted, and is asked about.
   * @param takenUp By another window, before the answer.
   */
  async function reopened(answer: string, underWay: readonly string[] = [], takenUp = false) {
    const before = await Desk.open(exposedWorld());
    await before.applyAll();
    before.journal.leave('run-001', before.journal.beginning('run-001'));
    const desk = await Desk.open(before.world, undefined, before.journal);
    if (takenUp) desk.claims.held.set('scope', { runId: 'run-001', machine: 'laptop', machineId: 'm', since: 0 });
    editor.answers = [answer];
    const { shown, panels } = wizards();
    const setups = {
      ready: () => Promise.resolve([]),
      keyFor: () => 'key',
      open: () => Promise.resolve(desk.active),
    };
    const runs = new InterruptedRuns({
      connections: connections as never,
      setups: setups as never,
      journal: desk.journal,
      underWay: () => Promise.resolve(underWay),
      panels,
      actions,
      locale: 'en',
      failed: fail,
      t: english,
    });
    runs.look();
    return { desk, shown, runs };
  }

  test('is asked about once, with how far it came; nothing goes on by itself', async () => {
    const { desk, runs } = await reopened('');
    await settled();
    expect(editor.asked[0]?.message).toMatch(
      /^The run of .+ on contoso was interrupted: \d of \d+ changes done\. Nothing continues by itself\.$/,
    );
    expect(editor.asked[0]?.buttons).toEqual(['Resume', 'Take Back…', 'Abandon']);
    runs.look();
    connections.onChange.emit();
    await new Promise((resolve) => setImmediate(resolve));
    expect(editor.asked).toHaveLength(1);
    expect(desk.azure.writes()).toEqual([]);
  });

  test('is finished when somebody says so, before their eyes', async () => {
    const { desk, shown } = await reopened('Resume');
    await vi.waitFor(() => expect(desk.active.state.session.run?.outcome).toBe('succeeded'));
    expect(shown).toEqual(['wizard', 'run']);
  });

  test('is given up when somebody says so', async () => {
    const { desk } = await reopened('Abandon');
    await vi.waitFor(async () => expect((await readRun(desk.journal, 'run-001'))?.outcome).toBe('abandoned'));
    expect(desk.azure.writes()).toEqual([]);
  });

  test('is taken back only after what goes was shown', async () => {
    const { desk } = await reopened('Take Back…');
    await vi.waitFor(() => expect(editor.asked).toHaveLength(2));
    expect(editor.asked[1]?.message).toMatch(/^Take this run back\?/);
    expect(desk.azure.writes()).toEqual([]);
  });

  test.each(['Resume', 'Take Back…', 'Abandon'])(
    'that another window has taken up meanwhile is left to it: %s',
    async (answer) => {
      const { desk, shown } = await reopened(answer, [], true);
      const before = desk.journal.content('run-001');
      await vi.waitFor(() => expect(editor.asked).toHaveLength(2));
      expect(editor.asked[1]?.message).toBe('This run is no longer waiting for an answer.');
      expect(shown).toEqual([]);
      expect(desk.journal.content('run-001')).toBe(before);
    },
  );

  test('is none while it goes on in another window', async () => {
    await reopened('Resume', ['run-001']);
    await new Promise((resolve) => setImmediate(resolve));
    expect(editor.asked).toEqual([]);
  });
});

describe('somebody who does not look at the wizard', () => {
  const inOneSetup = ({ active }: Desk) => ({ onChange: active.onChange, all: () => [active] }) as never;

  test('is told of a run that failed, with what can be done about it', async () => {
    const desk = await Desk.open(exposedWorld());
    const { panels } = wizards();
    new RunNotices(inOneSetup(desk), panels, actions, fail, english);
    desk.probes.kinds = ['internet'];
    await desk.applyAll();
    expect(editor.asked.map(({ buttons }) => buttons)).toEqual([
      ['Retry the Rest', 'Take Back What Was Done…', 'Open Wizard'],
    ]);
  });

  test('is told that somebody else is at it, once', async () => {
    const desk = await Desk.open(exposedWorld());
    const holder: Holder = { runId: 'run-9', machine: 'build-07', machineId: 'other', since: 0 };
    desk.claims.take = () => Promise.resolve(holder);
    const { panels } = wizards();
    new RunNotices(inOneSetup(desk), panels, actions, fail, english);
    await desk.applyAll();
    desk.active.onChange.emit();
    expect(editor.asked.map(({ message }) => message)).toEqual(['Somebody else is at contoso, so nothing was begun.']);
  });

  test('is told once of each set of steps that are no longer compliant, and shown the first', async () => {
    const desk = await Desk.open(hardenedWorld());
    const { shown, panels } = wizards();
    new DeviationNotices(inOneSetup(desk), panels, english);
    editor.answers = ['Show'];
    desk.world.put(hardenedAccount({ properties: { publicNetworkAccess: 'Enabled' } }));
    await desk.active.refresh(true);
    await settled();
    await desk.active.refresh(true);
    expect(editor.asked).toHaveLength(1);
    expect(editor.asked[0]?.message).toMatch(/^contoso has changed without Ringfence\. No longer compliant: /);
    await vi.waitFor(() => expect(shown).toHaveLength(2));
    desk.world.remove(ID.endpoint);
    await desk.active.refresh(true);
    await vi.waitFor(() => expect(editor.asked).toHaveLength(2));
    expect(editor.asked[1]?.message).toContain('Private endpoint');
    expect(editor.asked[1]?.message).not.toContain('Public access disabled');
  });
});

test('nothing of a resource is kept from one look to the next', async () => {
  const desk = await Desk.open(hardenedWorld());
  const kept = JSON.stringify({ ...desk.look, setup: undefined });
  expect(kept).not.toContain(resourceKey(ID.account));
  expect(Object.keys(desk.look ?? {}).sort()).toEqual(['at', 'compliant', 'setup', 'world']);
});
