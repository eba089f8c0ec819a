import type { PageBootstrap } from '../../protocol/messages';

export interface PageAddresses {
  readonly script: string;
  readonly style: string;
  /** What VS Code serves the extension's files from. */
  readonly cspSource: string;
  /** New for every page. */
  readonly nonce: string;
}

/**
 * The wizard's document. It has no network, no inline code without the nonce and no form; what the host tells it at
 * the start stands in a block that no browser executes.
 */
export function wizardHtml(bootstrap: PageBootstrap, { script, style, cspSource, nonce }: PageAddresses): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `img-src ${cspSource} data:`,
    `font-src ${cspSource}`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(bootstrap.locale)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="csp-nonce" content="${nonce}">
<title>Ringfence</title>
<link rel="stylesheet" href="${escapeAttribute(style)}">
</head>
<body>
<div id="root"></div>
<script id="bootstrap" type="application/json">${inertJson(bootstrap)}</script>
<script nonce="${nonce}" src="${escapeAttribute(script)}"></script>
</body>
</html>
`;
}

/** JSON that cannot end the element around it: nothing in it looks like a tag. */
export function inertJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
}

function escapeAttribute(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
