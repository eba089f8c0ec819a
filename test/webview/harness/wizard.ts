import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type Axe from 'axe-core';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Intent, Notice, PageBootstrap, PageMemory } from '../../../src/protocol/messages';
import { PROTOCOL_VERSION } from '../../../src/protocol/messages';
import type { WizardState } from '../../../src/protocol/wizardState';
import { RULES_OF_LOOKS } from './axeRules';
import { launchBrowser } from './browser';
import { bundle, type Bundle } from './bundle';
import { bodyClass, type FakeVsCodeWindow } from './document';
import { servePage, type PageServer } from './server';
import { THEMES, type ThemeName } from './theme';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const SCREENSHOTS = path.join(ROOT, 'out/screenshots/webview');
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const SETUP_URI = 'file:///workspace/ringfence.json';
const ENGLISH: PageBootstrap = { protocol: PROTOCOL_VERSION, setupUri: SETUP_URI, bundle: {}, locale: 'en' };

export interface OpenOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** 2 for a page that is zoomed to 200 %: half as many CSS pixels in the same window. */
  readonly zoom?: number;
  readonly state?: WizardState;
  readonly memory?: Partial<PageMemory>;
  readonly forcedColors?: boolean;
}

export interface AxeOptions {
  /** Only what colours, sizes and distances can break; what the page is made of is not looked at again. */
  readonly ofLooksOnly?: boolean;
  /** Ids of rules that mean nothing here. */
  readonly except?: readonly string[];
}

/** A browser with the built page in it, for all tests of one file. */
export class WizardBrowser {
  private constructor(
    readonly built: Bundle,
    private readonly browser: Browser,
    private readonly server: PageServer,
  ) {}

  static async start(options: { readonly entry?: string; readonly bootstrap?: Partial<PageBootstrap> } = {}) {
    const built = await bundle(path.join(ROOT, options.entry ?? 'webview/main.ts'));
    const server = await servePage(built, { ...ENGLISH, ...options.bootstrap });
    return new WizardBrowser(built, await launchBrowser(), server);
  }

  async open(options: OpenOptions = {}): Promise<WizardDriver> {
    const { theme = 'dark-modern', zoom = 1, memory } = options;
    const context = await this.browser.newContext({
      viewport: viewportOf(options),
      deviceScaleFactor: zoom,
      reducedMotion: 'reduce',
      ...(options.forcedColors === true ? { forcedColors: 'active' as const } : {}),
    });
    const page = await context.newPage();
    const wizard = new WizardDriver(page);
    if (memory !== undefined) {
      await page.goto(`${this.server.origin}/blank`);
      await wizard.remember(memory);
    }
    await page.goto(`${this.server.origin}/${theme}`, { waitUntil: 'load' });
    if (options.state !== undefined) await wizard.receive(options.state);
    return wizard;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.server.close();
  }
}

/** The window in CSS pixels. */
function viewportOf({ width = 1180, height = 880, zoom = 1 }: OpenOptions): { width: number; height: number } {
  return { width: Math.round(width / zoom), height: Math.round(height / zoom) };
}

/** One open page, with the test in the place of the extension host. */
export class WizardDriver {
  /** Uncaught errors, and everything that the Content-Security-Policy refused. */
  readonly complaints: string[] = [];

  constructor(readonly page: Page) {
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
  }

  /** Loads the page anew, with another memory than the one that it left. */
  async reload(memory: Partial<PageMemory> = {}): Promise<void> {
    await this.remember(memory);
    await this.page.reload({ waitUntil: 'load' });
  }

  /** Leaves a memory to the page that is loaded next. */
  async remember(memory: Partial<PageMemory>): Promise<void> {
    const whole: PageMemory = { setupUri: SETUP_URI, view: '', folds: {}, onlyToDo: false, logOpen: false, ...memory };
    await this.page.evaluate((state) => sessionStorage.setItem('state', state), JSON.stringify(whole));
  }

  /** Changes the theme, as VS Code does it to a page that is open. */
  async wear(name: ThemeName): Promise<void> {
    const { variables, kind } = THEMES[name];
    const worn = { variables, kind, className: bodyClass(THEMES[name]) };
    await this.page.evaluate((theme) => {
      const { style } = document.documentElement;
      for (const old of [...style]) style.removeProperty(old);
      for (const [variable, value] of Object.entries(theme.variables)) style.setProperty(variable, value);
      document.body.className = theme.className;
      document.body.dataset['vscodeThemeKind'] = theme.kind;
    }, worn);
    await this.settle();
  }

  /** Gives the window another size, and waits until what is drawn to measure is drawn anew. */
  async resize(options: OpenOptions): Promise<void> {
    await this.page.setViewportSize(viewportOf(options));
    await this.settle();
  }

  /** Delivers a new state, as VS Code delivers a message. */
  receive(state: WizardState): Promise<void> {
    return this.deliver({ type: 'state', state });
  }

  showView(view: string): Promise<void> {
    return this.deliver({ type: 'showView', view });
  }

  /** Anything that could be on the window's message bus. */
  async deliver(message: Notice | unknown): Promise<void> {
    await this.page.evaluate((data) => void window.dispatchEvent(new MessageEvent('message', { data })), message);
  }

  /** Waits until the toolkit has drawn what it was given: it does so in the next frames. */
  async settle(): Promise<void> {
    await this.page.evaluate(async () => {
      for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
    });
  }

  /** What the page asked of the host since it was loaded, but for the first `ready`. */
  async intents(): Promise<readonly Intent[]> {
    const posted = await this.page.evaluate(() => (window as unknown as FakeVsCodeWindow).posted);
    return (posted as Intent[]).filter(({ type }) => type !== 'ready');
  }

  /** What of that is more than a look. */
  async wishes(): Promise<readonly Intent[]> {
    return (await this.intents()).filter(({ type }) => type !== 'lookAhead' && type !== 'looked');
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
  }

  entry(step: string): Locator {
    return this.page.locator(`[data-entry="${step}"]`);
  }

  heading(): Locator {
    return this.page.locator('main h2');
  }

  /** What has the focus, in words: the key by which the page knows it, or its id. */
  focused(): Promise<string> {
    return this.page.evaluate(() => {
      const element = document.activeElement;
      return (element instanceof HTMLElement ? element.dataset['focus'] : undefined) ?? element?.id ?? '';
    });
  }

  /** Everything that axe finds wrong, one line for each element. */
  async violations({ ofLooksOnly = false, except = [] }: AxeOptions = {}): Promise<readonly string[]> {
    if (!(await this.page.evaluate(() => 'axe' in window))) await this.page.evaluate(axeSource);
    const results = await this.page.evaluate(
      async (options) => {
        const { axe } = window as unknown as { axe: typeof Axe };
        return (await axe.run(document, options)).violations;
      },
      {
        // What is right is not told of in full: that takes longer than finding out.
        resultTypes: ['violations'],
        ...(ofLooksOnly ? { runOnly: RULES_OF_LOOKS } : {}),
        rules: {
          'target-size': { enabled: true },
          ...Object.fromEntries(except.map((id) => [id, { enabled: false }])),
        },
      } satisfies Axe.RunOptions,
    );
    return results.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
    );
  }

  async screenshot(name: string, fullPage = false): Promise<void> {
    await this.page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`), fullPage });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
