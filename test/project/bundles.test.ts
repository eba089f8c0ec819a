import { readdirSync, readFileSync, statSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

/**
 * Kilobytes (of 1024 bytes) of what is loaded when; `npm test` builds for production first. The catalogue is the largest
 * part of the services, and each of its 120 steps takes about one and a half.
 */
const LIMITS: Readonly<Record<string, number>> = {
  'extension.js': 20,
  'services.js': 600,
  'webview.js': 400,
  'webview.css': 40,
  'sandbox.js': 1000,
};

describe('the bundles', () => {
  it('stay as small as they are meant to be', () => {
    for (const [name, limit] of Object.entries(LIMITS)) {
      expect(statSync(`dist/${name}`).size / 1024, name).toBeLessThan(limit);
    }
  });

  it('hold no SDK where the extension starts or works, and no editor where the page runs', () => {
    for (const name of ['extension.js', 'services.js']) {
      expect(readFileSync(`dist/${name}`, 'utf8'), name).not.toMatch(/@azure\/|msal|azsdk-js/i);
    }
    expect(readFileSync('dist/webview.js', 'utf8')).not.toMatch(/require\("vscode"\)|node:/);
  });

  it('have each SDK family in a file of its own, that no other bundle holds', () => {
    const azure = readdirSync('dist').filter((name) => /^azure-.*\.js$/.test(name));
    expect(azure.sort()).toEqual([
      'azure-app-service.js',
      'azure-authorization.js',
      'azure-cognitive-services.js',
      'azure-identity.js',
      'azure-network.js',
      'azure-private-dns.js',
      'azure-resources.js',
      'azure-search.js',
      'azure-storage.js',
    ]);
  });
});

describe('the package', () => {
  const vsce = 'node_modules/@vscode/vsce/vsce';
  const files = execFileSync(process.execPath, [vsce, 'ls', '--no-dependencies'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line !== '');

  it('ships what is on the list and nothing else', () => {
    const allowed =
      /^(package(\.nls(\.[\w-]+)?)?\.json|README\.md|CHANGELOG\.md|LICENSE|dist\/[\w-]+\.(js|css)|media\/.+|l10n\/.+\.json)$/;
    expect(files.filter((file) => !allowed.test(file))).toEqual([]);
  });

  it('ships every bundle', () => {
    const bundles = readdirSync('dist').filter((name) => /\.(js|css)$/.test(name));
    expect(bundles.filter((name) => !files.includes(`dist/${name}`))).toEqual([]);
  });
});
