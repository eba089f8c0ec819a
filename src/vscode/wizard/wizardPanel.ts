import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { readIntent } from '../../protocol/guards';
import { PROTOCOL_VERSION, type Notice } from '../../protocol/messages';
import type { Localize } from '../localize';
import type { ActiveSetup } from '../setups/activeSetup';
import type { SetupActions } from '../setups/setupActions';
import { wizardHtml } from './html';
import { createIntentHandler, type IntentHandler } from './intents';
import { presentWizard } from './presentWizard';

/** States that come in quick succession are sent as one. */
const SEND_DELAY_MS = 60;
/** How often "checked 20 seconds ago" is said anew while nothing else happens. */
const CLOCK_MS = 10_000;

export interface WizardPanelOptions {
  readonly active: ActiveSetup;
  readonly extensionUri: vscode.Uri;
  readonly actions: SetupActions;
  readonly t: Localize;
  readonly log: vscode.LogOutputChannel;
}

/** The wizard of one setup. It sends whole states and obeys intents; it keeps nothing of its own. */
export class WizardPanel implements vscode.Disposable {
  private readonly disposables: vscode.Disposable[] = [];
  private revision = 0;
  private isReady = false;
  private pending: NodeJS.Timeout | undefined;
  private focus: string | undefined;
  private readonly handle: IntentHandler;

  constructor(
    readonly panel: vscode.WebviewPanel,
    private readonly options: WizardPanelOptions,
  ) {
    const { webview } = panel;
    this.handle = createIntentHandler(options.actions);
    const icon = (theme: string): vscode.Uri =>
      vscode.Uri.joinPath(options.extensionUri, 'media', `wizard-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    webview.options = {
      enableScripts: true,
      enableForms: false,
      enableCommandUris: false,
      localResourceRoots: [vscode.Uri.joinPath(options.extensionUri, 'dist')],
    };
    const clock = setInterval(() => this.sendSoon(), CLOCK_MS);
    this.disposables.push(
      new vscode.Disposable(options.active.onChange.add(() => this.sendSoon())),
      new vscode.Disposable(() => clearInterval(clock)),
      webview.onDidReceiveMessage((message: unknown) => this.receive(message)),
      panel.onDidChangeViewState(() => this.sendSoon()),
    );
    webview.html = this.html(webview);
  }

  /** True once the page has said that it runs. */
  get ready(): boolean {
    return this.isReady;
  }

  /** The state as the page has it, for tests. */
  get state() {
    return this.present();
  }

  /** Shows a view by its name in the page's memory: at once, or as soon as the page is there. */
  showView(view: string): void {
    this.focus = view;
    this.sendSoon();
  }

  dispose(): void {
    clearTimeout(this.pending);
    for (const disposable of this.disposables) disposable.dispose();
  }

  private html(webview: vscode.Webview): string {
    const file = (name: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(this.options.extensionUri, 'dist', name)).toString();
    return wizardHtml(
      {
        protocol: PROTOCOL_VERSION,
        setupUri: this.options.active.key,
        bundle: vscode.l10n.bundle ?? {},
        locale: vscode.env.language,
      },
      {
        script: file('webview.js'),
        style: file('webview.css'),
        cspSource: webview.cspSource,
        nonce: randomBytes(16).toString('hex'),
      },
    );
  }

  private receive(message: unknown): void {
    const intent = readIntent(message);
    if (intent === undefined) {
      this.options.log.warn('The page sent a message that is no intent; it was ignored.');
      return;
    }
    if (intent.type === 'ready') {
      this.isReady = true;
      this.send();
      return;
    }
    void this.handle(intent, this.options.active)
      .catch((error: unknown) => {
        this.options.log.error(error instanceof Error ? error : String(error));
        void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
      })
      // The page waits for an answer to whatever it asks for, also where nothing has changed.
      .finally(() => this.sendSoon());
  }

  private sendSoon(): void {
    this.pending ??= setTimeout(() => this.send(), SEND_DELAY_MS);
  }

  /** A hidden page does not receive anything; it gets the whole state when it is shown again. */
  private send(): void {
    clearTimeout(this.pending);
    this.pending = undefined;
    this.panel.title = this.options.active.state.candidate.name;
    if (!this.isReady || !this.panel.visible) return;
    this.post({ type: 'state', state: this.present() });
    if (this.focus !== undefined) this.post({ type: 'showView', view: this.focus });
    this.focus = undefined;
  }

  private post(notice: Notice): void {
    void this.panel.webview.postMessage(notice);
  }

  private present() {
    const { state } = this.options.active;
    this.revision += 1;
    const { key } = this.options.active;
    const file = key.startsWith('draft:') ? null : vscode.workspace.asRelativePath(vscode.Uri.parse(key));
    const { candidate, faults, inventory, signedIn, search, unsaved, log, ...shown } = state;
    return presentWizard(
      {
        ...shown,
        revision: this.revision,
        form: { candidate, faults, inventory, signedIn, search, file, unsaved },
        log: log.map(({ at, level, message }) => ({
          time: new Date(at).toLocaleTimeString(vscode.env.language),
          level,
          message: this.options.t(message),
        })),
        now: Date.now(),
      },
      this.options.t,
    );
  }
}
