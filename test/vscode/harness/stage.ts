import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, FrameLocator } from 'playwright-core';
import type { RunnerTestCase } from 'vitest';
import { startSandboxProcess, type RunningSandbox } from '../../../scripts/lib/sandbox.mjs';
import { startServer, type Server } from '../../../scripts/lib/vscodeServer.mjs';
import { launchBrowser } from './browser';
import { lookInEveryTheme } from './themes';
import { openWorkbench, type Workbench } from './workbench';

const repo = path.resolve(import.meta.dirname, '..', '..', '..');

/** What a journey is played with. */
export interface Scene {
  readonly workbench: Workbench;
  /** The wizard's page. */
  readonly page: FrameLocator;
  /** The workspace. */
  readonly folder: string;
}

/** VS Code with the extension on a world of a sandbox, both for one journey alone. */
export class Stage {
  private readonly screenshots: string;
  private sandbox: RunningSandbox | undefined;
  private server: Server | undefined;
  private browser: Browser | undefined;
  private scene: Scene | undefined;
  private folder: string | undefined;

  /**
   * @param name Of the folder for pictures.
   * @param speed How much faster than life the sandbox's time runs.
   * @param world The one that the sandbox begins with.
   */
  constructor(
    name: string,
    private readonly speed: number,
    private readonly world = 'exposed',
  ) {
    this.screenshots = path.join(repo, 'out', 'screenshots', name);
  }

  /** @param fill Puts the files into the workspace before VS Code opens it. */
  async open(fill: (folder: string, sandbox: RunningSandbox) => void): Promise<Scene> {
    rmSync(this.screenshots, { recursive: true, force: true });
    mkdirSync(this.screenshots, { recursive: true });
    this.sandbox = await startSandboxProcess({ world: this.world, speed: this.speed });
    this.folder = mkdtempSync(path.join(tmpdir(), 'ringfence-workspace-'));
    fill(this.folder, this.sandbox);
    this.server = await startServer({ vsix: path.join(repo, 'out', 'ringfence.vsix'), env: this.sandbox.env });
    this.browser = await launchBrowser();
    const workbench = await openWorkbench(this.browser, this.server, this.folder);
    this.scene = { workbench, page: workbench.webview(), folder: this.folder };
    return this.scene;
  }

  /** Kills the extension host, as a crash would. The sandbox lives on, as Azure would. */
  killExtensionHost(): void {
    if (this.server?.killExtensionHosts() !== 1) throw new Error('There is not exactly one extension host to kill.');
  }

  changeSettings(values: Readonly<Record<string, unknown>>): void {
    this.server?.changeSettings(values);
  }

  /** Changes a resource as somebody would who knows nothing of Ringfence. */
  changeByHand(id: string, apiVersion: string, body: unknown): Promise<void> {
    return this.tellSandbox('PATCH', `${id}?api-version=${apiVersion}`, body);
  }

  /** Lets the sandbox's time run so fast that hardly anything is waited for: nobody looks at what goes on now. */
  hurry(): Promise<void> {
    return this.tellSandbox('PUT', '/.sandbox/speed', { speed: 200 });
  }

  private async tellSandbox(method: string, url: string, body: unknown): Promise<void> {
    const { endpoint, token } = this.sandbox ?? { endpoint: '', token: '' };
    const answer = await fetch(`${endpoint}${url}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  }

  /** Also after an opening that came to nothing. */
  async close(): Promise<void> {
    await this.browser?.close();
    await this.server?.stop();
    await this.sandbox?.stop();
    if (this.folder !== undefined) rmSync(this.folder, { recursive: true, force: true });
  }

  /** What there was to see when a test failed. */
  async keepFailure({ name, result }: Pick<RunnerTestCase, 'name' | 'result'>): Promise<void> {
    if (result?.state === 'fail') await this.picture(`FAILED ${name.replace(/\W+/g, '-')}`);
  }

  readonly picture = async (name: string): Promise<void> => {
    await this.scene?.workbench.page.screenshot({ path: path.join(this.screenshots, `${name}.png`) });
  };

  /** Tree and wizard in every theme, with a picture and an accessibility scan of each. */
  readonly look = async (moment: string): Promise<void> => {
    if (this.scene === undefined || this.server === undefined) throw new Error('Nothing is open.');
    await lookInEveryTheme(this.scene.workbench, this.server, this.screenshots, moment);
  };

  /** `12 of 80`, as the wizard counts the steps. */
  readonly progress = async (): Promise<string> => {
    const sentence = await this.scene?.page
      .getByText(/^\d+ of \d+ steps compliant/)
      .first()
      .innerText();
    return /^\d+ of \d+/.exec(sentence ?? '')?.[0] ?? '';
  };

  /** The id of the resource that is chosen for a role in the form. */
  readonly chosen = async (role: string): Promise<string> => {
    const list = this.scene?.page.getByRole('combobox', { name: role, exact: true });
    return (await list?.evaluate((element: HTMLSelectElement) => element.value)) ?? '';
  };
}
