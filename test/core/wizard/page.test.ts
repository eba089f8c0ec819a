import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { STEPS } from '../../../src/core/steps/registry';
import { inertJson, wizardHtml } from '../../../src/vscode/wizard/html';
import { addressOfLink, presentSources } from '../../../src/vscode/wizard/sources';
import { english } from './support';

const addresses = {
  script: 'https://x/webview.js',
  style: 'https://x/webview.css',
  cspSource: 'https://x',
  nonce: 'abc',
};
const HOSTILE = `</script><script>alert(1)</script>" onload='alert(1)' \u2028`;

function documentFor(setupUri: string) {
  const html = wizardHtml({ protocol: 1, setupUri, bundle: { [HOSTILE]: HOSTILE }, locale: 'en' }, addresses);
  return new JSDOM(html).window.document;
}

describe('the wizard’s document', () => {
  it('allows nothing that is not named: no network, no inline code, no form', () => {
    const policy = documentFor('x')
      .querySelector('meta[http-equiv="Content-Security-Policy"]')
      ?.getAttribute('content');
    expect(policy).toContain(`default-src 'none'`);
    expect(policy).toContain(`script-src 'nonce-abc'`);
    expect(policy).toContain(`base-uri 'none'`);
    expect(policy).not.toMatch(/unsafe|connect-src|https:\*/);
  });

  it('tells the toolkit the nonce for its own styles', () => {
    expect(documentFor('x').querySelector('meta[property="csp-nonce"]')?.getAttribute('content')).toBe('abc');
  });

  it('gives hostile text to the page unharmed, and to the browser as nothing that runs', () => {
    const document = documentFor(HOSTILE);
    expect(document.scripts).toHaveLength(2);
    const bootstrap = JSON.parse(document.getElementById('bootstrap')?.textContent ?? '') as { setupUri: string };
    expect(bootstrap.setupUri).toBe(HOSTILE);
  });

  it('writes JSON in which nothing looks like a tag', () => {
    expect(inertJson({ a: HOSTILE })).not.toMatch(/[<\u2028]/);
  });
});

describe('the sources of a step', () => {
  it('are named by the host, which alone knows the addresses behind them', () => {
    for (const { id, sources } of STEPS) {
      for (const { linkId } of presentSources(id, sources, english)) {
        if (linkId === null) continue;
        expect(addressOfLink(linkId, 'public')).toMatch(/^https:\/\/(learn\.microsoft\.com|portal\.azure\.com)\//);
      }
    }
  });

  it('lead to the portal of the cloud in use', () => {
    const withPolicy = STEPS.flatMap(({ id, sources }) =>
      sources.flatMap((source, i) => ('policy' in source ? `${id}#${i}` : [])),
    );
    expect(withPolicy.length).toBeGreaterThan(0);
    for (const linkId of withPolicy) expect(addressOfLink(linkId, 'china')).toMatch(/^https:\/\/portal\.azure\.cn\//);
  });

  it('are none for a name that was not issued', () => {
    for (const linkId of ['https://example.com', 'vnet#99', 'vnet#0', '#', 'constructor#0']) {
      expect(addressOfLink(linkId, 'public')).toBeUndefined();
    }
  });
});
