import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunningCli, runCli, serveSandbox, type CliResult, type ServedSandbox } from './support/cli';
import { runs } from './support/cliDocuments';

const scenario = ['--scenario', 'private-access'];
/** Fast enough for a test, and slow enough to be met in the middle. */
const SPEED = ['--speed', '60'];

/** A sandbox in a process of its own, and a folder for the runs on it. */
class Stage {
  constructor(
    readonly sandbox: ServedSandbox,
    readonly folder: string,
  ) {}

  args(command: string, ...more: readonly string[]): readonly string[] {
    return [command, ...this.sandbox.options, '--state', join(this.folder, 'state'), ...more];
  }

  run(command: string, ...more: readonly string[]): Promise<CliResult> {
    return runCli(this.args(command, ...more), this.sandbox.env);
  }

  /** Begins to apply, and waits until Azure is making the private endpoint. */
  async inMidRun(...more: readonly string[]): Promise<RunningCli> {
    const cli = new RunningCli(this.args('apply', ...scenario, '--yes', ...more), this.sandbox.env);
    await cli.said(/In progress: Private endpoint.* — Azure: running/);
    return cli;
  }

  async pastRuns() {
    return runs.parse(JSON.parse((await this.run('runs', '--format', 'json')).stdout)).runs;
  }

  /** What a command was asked and answered, as far as it wrote. */
  async writes(): Promise<readonly { readonly method: string; readonly url: string; readonly status: number }[]> {
    return (await readFile(join(this.folder, 'record.jsonl'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { method: string; url: string; status: number })
      .filter(({ method }) => method !== 'GET' && method !== 'POST');
  }
}

const stages: Stage[] = [];
async function setTheStage(...args: readonly string[]): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'ringfence-runs-'));
  const stage = new Stage(await serveSandbox(...args, '--record', join(folder, 'record.jsonl')), folder);
  stages.push(stage);
  return stage;
}
afterEach(async () => {
  for (const { sandbox, folder } of stages.splice(0)) {
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

describe('a client that was killed in mid-run', () => {
  it('left a run that is listed as interrupted and is continued to its end, with no resource written twice', async () => {
    const stage = await setTheStage(...SPEED);
    const cli = await stage.inMidRun();
    cli.signal('SIGKILL');
    expect((await cli.ended).code).toBeNull();

    const [interrupted] = await stage.pastRuns();
    expect(interrupted).toMatchObject({ kind: 'apply', outcome: 'interrupted', next: ['resume', 'undo', 'abandon'] });
    expect(interrupted?.uncertain).toBeGreaterThan(0);
    expect(interrupted?.done).toBeGreaterThan(0);

    const resumed = await stage.run('resume', '--yes');
    expect(resumed.code).toBe(0);
    const order = [
      'Done:\n',
      'Not known, and read again before anything is written:\n',
      'What is left:\n',
      'succeeded',
    ];
    const places = order.map((words) => resumed.stdout.indexOf(words));
    expect(places).toEqual([...places].sort((left, right) => left - right));
    expect(places).not.toContain(-1);
    expect((await stage.run('check', ...scenario)).code).toBe(0);
    expect(await stage.pastRuns()).toMatchObject([{ runId: interrupted?.runId, outcome: 'succeeded', next: ['undo'] }]);

    const written = (await stage.writes())
      .filter(({ method, status }) => method === 'PUT' && status < 300)
      .map(({ url }) => url.split('?')[0]);
    expect(written.length).toBeGreaterThan(3);
    expect(new Set(written).size).toBe(written.length);
  });

  it('left a run that can be given up: what it made stays, and can be taken back', async () => {
    const stage = await setTheStage(...SPEED);
    const cli = await stage.inMidRun();
    stage.sandbox.freeze();
    const [underWay] = await stage.pastRuns();
    expect(underWay).toMatchObject({ outcome: 'underWay', next: [] });
    const id = underWay?.runId ?? '';
    const early = await stage.run('abandon', id);
    expect([early.code, early.stderr]).toEqual([2, `Run ${id} is under way on this machine. Stop it there first.\n`]);
    cli.signal('SIGKILL');
    await cli.ended;
    stage.sandbox.thaw();

    const before = (await stage.writes()).length;
    const abandoned = await stage.run('abandon');
    expect(abandoned.code).toBe(0);
    expect(abandoned.stdout).toMatch(
      /is abandoned\.\nWhat it has made, and stays:\n {2}✓ .* · snet-private-endpoints\n/,
    );
    expect(abandoned.stdout).toContain(`How to go on:\n  ringfence undo ${id} --sandbox ${stage.sandbox.endpoint}`);
    expect(abandoned.stdout).not.toContain('ringfence resume');
    // Only the mark by which other machines were told goes.
    const after = (await stage.writes()).slice(before);
    expect(after.filter(({ url }) => !url.includes('/Microsoft.Resources/tags/'))).toEqual([]);
    expect(await stage.pastRuns()).toMatchObject([{ outcome: 'abandoned', next: ['undo'] }]);
    expect((await stage.run('resume', id, '--yes')).code).toBe(2);
    expect((await stage.run('abandon')).stderr).toBe('There is no run to abandon.\n');
    expect((await stage.run('undo', '--yes')).code).toBe(0);
    expect(await stage.pastRuns()).toMatchObject([
      { kind: 'undo', of: id },
      { runId: id, next: [] },
    ]);
  });
});

describe('Ctrl+C in mid-run', () => {
  it('cancels it: what began is looked at, what can be done is said, and it ends with 130', async () => {
    const stage = await setTheStage(...SPEED);
    const cli = await stage.inMidRun();
    cli.signal('SIGINT');
    const { code, stdout, stderr } = await cli.ended;
    expect(code).toBe(130);
    expect(stderr).toContain('Stopping.');
    expect(stderr).toMatch(/Private endpoint.* — Azure (had finished|is still at|shows nothing|may still)/);
    expect(stdout).toMatch(/– Cancelled: Public access disabled · contoso-openai\n/);
    const [cancelled] = await stage.pastRuns();
    expect(cancelled).toMatchObject({ outcome: 'cancelled', next: ['resume', 'undo', 'abandon'] });
    const id = cancelled?.runId ?? '';
    expect(stdout).toMatch(
      new RegExp(`Run ${id} cancelled: .*\nHow to go on:\n  ringfence resume ${id} .*\n.*\n  ringfence undo ${id} `),
    );
  });

  it('a second time leaves at once, and the run can be continued as after any interruption', async () => {
    const stage = await setTheStage(...SPEED);
    const cli = await stage.inMidRun();
    stage.sandbox.freeze();
    cli.signal('SIGINT');
    await cli.said(/press Ctrl\+C again/);
    cli.signal('SIGINT');
    const { code, stdout } = await cli.ended;
    expect(code).toBe(130);
    expect(stdout).not.toContain('cancelled');
    expect(await stage.pastRuns()).toMatchObject([{ outcome: 'interrupted', next: ['resume', 'undo', 'abandon'] }]);
  });
});

describe('while somebody else is at it', () => {
  let stage: Stage;
  const SINCE = Date.now() - 60_000;

  /** Another machine leaves its mark, as a run of it would. */
  beforeEach(async () => {
    stage = await setTheStage();
    const { endpoint, token } = stage.sandbox;
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const facts = (await (await fetch(`${endpoint}/.sandbox`, { headers })).json()) as { subscriptionId: string };
    const tags = `/subscriptions/${facts.subscriptionId}/resourceGroups/rg-contoso-ai/providers/Microsoft.Resources/tags/default`;
    const value = `${SINCE} ${Date.now()} 0f0f the build server`;
    const { ok } = await fetch(`${endpoint}${tags}?api-version=2021-04-01`, {
      method: 'PATCH',
      headers,
      body: JSON.stringify({ operation: 'Merge', properties: { tags: { 'ringfence-run-theirs': value } } }),
    });
    if (!ok) throw new Error('The sandbox did not take the mark.');
  });

  it('no run begins: who it is, since when and the two ways on are said, and it ends with 1', async () => {
    const refused = await stage.run('apply', ...scenario, '--yes');
    const since = new Date(SINCE).toISOString().slice(0, 16).replace('T', ' ');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toBe(
      `Run theirs on the build server has been writing to the same resources since ${since} UTC. ` +
        'Nothing was changed. Wait until it has ended, or begin all the same with --take-over.\n',
    );
    expect((await stage.writes()).filter(({ url }) => !url.includes('/Microsoft.Resources/tags/'))).toEqual([]);
    expect(await stage.pastRuns()).toEqual([]);

    const json = await stage.run('apply', ...scenario, '--yes', '--format', 'json');
    expect([json.code, JSON.parse(json.stdout.trim().split('\n').at(-1) ?? '')]).toEqual([
      1,
      {
        schema: 'ringfence.elsewhere/1',
        runId: 'theirs',
        machine: 'the build server',
        since: new Date(SINCE).toISOString(),
      },
    ]);
  });

  it('apply, and then undo, begin with --take-over', async () => {
    expect((await stage.run('apply', ...scenario, '--yes', '--take-over')).code).toBe(0);
    expect((await stage.run('undo', '--yes')).code).toBe(1);
    expect((await stage.run('undo', '--yes', '--take-over')).code).toBe(0);
  });
});

describe('one step of a run', () => {
  it('is taken back with what was made on the strength of it, and the rest stays', async () => {
    const stage = await setTheStage();
    expect((await stage.run('apply', ...scenario, '--yes')).code).toBe(0);
    const [applied] = await stage.pastRuns();
    const shown = await stage.run('undo', '--step', 'aoai-private-dns-zone');
    expect([shown.code, shown.stderr]).toEqual([2, expect.stringContaining('--yes')]);
    const [, deleted = '', restored = ''] = shown.stdout.split(/^What is (?:deleted|written back):$/m);
    expect(deleted).toContain('delete Microsoft.Network/privateDnsZones privatelink.openai.azure.com');
    expect(restored).toMatch(/update .* · Public access disabled\n {2}- publicNetworkAccess: Disabled\n {2}\+ /);
    expect(shown.stdout).not.toContain('snet-private-endpoints');

    expect((await stage.run('undo', '--step', 'aoai-private-dns-zone', '--yes')).code).toBe(0);
    const [undone, still] = await stage.pastRuns();
    expect(undone).toMatchObject({ kind: 'undo', of: applied?.runId, outcome: 'succeeded', next: [] });
    expect(still).toMatchObject({ runId: applied?.runId, next: ['undo'] });

    const again = await stage.run('undo', '--step', 'aoai-private-dns-zone', '--yes');
    expect([again.code, again.stderr]).toEqual([
      2,
      'No run has made anything of aoai-private-dns-zone that can be taken back.\n',
    ]);
    const named = await stage.run('undo', applied?.runId ?? '', '--step', 'aoai-private-dns-zone', '--yes');
    expect([named.code, named.stderr]).toEqual([
      2,
      `Nothing of that is left in run ${applied?.runId} that can be taken back.\n`,
    ]);
    const unknown = await stage.run('undo', applied?.runId ?? '', '--step', 'world-peace', '--yes');
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('has no step world-peace. It has ')]);
  });
});

describe('runs of another side', () => {
  it('are not listed, and one that is named says where it was made', async () => {
    const stage = await setTheStage();
    await stage.run('apply', ...scenario, '--yes');
    const [run] = await stage.pastRuns();
    const state = ['--state', join(stage.folder, 'state')];
    for (const side of [[], ['--sandbox'], ['--sandbox', 'http://127.0.0.1:1']]) {
      expect(await runCli(['runs', ...state, ...side])).toEqual({
        code: 0,
        stdout: 'There are no runs.\n',
        stderr: '',
      });
    }
    expect(await runCli(['undo', run?.runId ?? '', '--yes', ...state])).toEqual({
      code: 2,
      stdout: '',
      stderr: `Run ${run?.runId} was made on the sandbox at ${stage.sandbox.endpoint}: name it with --sandbox.\n`,
    });
  });
});
