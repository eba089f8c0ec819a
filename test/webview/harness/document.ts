import type { PageBootstrap } from '../../../src/protocol/messages';
import type { Theme } from './theme';

/** What VS Code 1.139 puts into every webview before the page's own styles. */
const VSCODE_STYLES = `@layer vscode-default {
  html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
  body { overscroll-behavior-x: none; background-color: transparent; color: var(--vscode-editor-foreground);
    font-family: var(--vscode-font-family); font-weight: var(--vscode-font-weight); font-size: var(--vscode-font-size);
    margin: 0; padding: 0 20px; }
  a, a code { color: var(--vscode-textLink-foreground); }
  a:focus, input:focus, select:focus, textarea:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }
  code { color: var(--vscode-textPreformat-foreground); background-color: var(--vscode-textPreformat-background); }
  ::-webkit-scrollbar { width: 10px; height: 10px; }
}`;

const NONCE = 'dGhpcyBpcyBhIG5vbmNl';

/** The page's document as the extension host writes it, in a fake of what VS Code puts around it. */
export function documentFor(origin: string, theme: Theme, bootstrap: PageBootstrap): string {
  const csp = [
    "default-src 'none'",
    `style-src ${origin} 'nonce-${NONCE}'`,
    `script-src 'nonce-${NONCE}'`,
    `font-src ${origin}`,
    `img-src ${origin} data:`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
  <head>
    <style>${VSCODE_STYLES}</style>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${csp}">
    <meta property="csp-nonce" content="${NONCE}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Ringfence</title>
    <link rel="stylesheet" href="/webview.css">
    <script nonce="${NONCE}">(${fakeVsCode.toString()})(${inert(theme.variables)})</script>
  </head>
  <body class="${bodyClass(theme)}" data-vscode-theme-kind="${theme.kind}">
    <div id="root"></div>
    <script type="application/json" id="bootstrap" nonce="${NONCE}">${inert(bootstrap)}</script>
    <script nonce="${NONCE}" src="/webview.js"></script>
  </body>
</html>`;
}

/** The class by which a page knows the kind of its theme. */
export function bodyClass({ kind }: Theme): string {
  return kind === 'vscode-high-contrast-light' ? `vscode-high-contrast ${kind}` : kind;
}

/** JSON that cannot end the script element that it stands in. */
function inert(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

export interface FakeVsCodeWindow {
  posted: unknown[];
  acquireVsCodeApi: () => unknown;
}

/** Runs in the page, before its own script: the bridge to the host, with a memory that outlives a reload. */
function fakeVsCode(variables: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty(name, value);
  const fake = window as unknown as FakeVsCodeWindow;
  fake.posted = [];
  fake.acquireVsCodeApi = () => ({
    postMessage: (message: unknown) => fake.posted.push(message),
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: (state: unknown) => sessionStorage.setItem('state', JSON.stringify(state)),
  });
}
