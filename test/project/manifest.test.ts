import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface MenuItem {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly keywords: readonly string[];
  readonly engines: { readonly vscode: string };
  readonly activationEvents: readonly string[];
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string; readonly enablement?: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly viewsWelcome: readonly { readonly contents: string; readonly when: string }[];
    readonly walkthroughs: readonly { readonly steps: readonly { readonly media: { readonly svg: string } }[] }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly scope: string }>> };
  };
}

const text = readFileSync('package.json', 'utf8');
const manifest = JSON.parse(text) as Manifest;
const strings = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Readonly<Record<string, string>>;
const { commands, menus, viewsWelcome, walkthroughs, configuration } = manifest.contributes;
const sources = readFileSync('src/vscode/contextKeys.ts', 'utf8');

describe('the manifest', () => {
  it('takes every text for people from package.nls.json, and leaves none there unused', () => {
    const used = [...text.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key ?? '');
    expect(used.filter((key) => strings[key] === undefined)).toEqual([]);
    expect(Object.keys(strings).filter((key) => !used.includes(key))).toEqual([]);
  });

  it('names only files that are there', () => {
    const svgs = walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg));
    const missing = [manifest.icon, 'media/activity.svg', ...svgs].filter((file) => !existsSync(file));
    expect(missing).toEqual([]);
  });

  it('speaks of no command that it does not declare', () => {
    const declared = new Set([...commands.map(({ command }) => command), 'ringfence.resources.focus']);
    const linked = Object.values(strings).flatMap((value) =>
      [...value.matchAll(/command:([\w.]+)/g)].map(([, id]) => id ?? ''),
    );
    const inMenus = Object.values(menus).flatMap((items) => items.map(({ command }) => command));
    expect([...linked, ...inMenus].filter((id) => !declared.has(id))).toEqual([]);
  });

  it('goes by no context key that nobody sets', () => {
    const whens = [
      ...Object.values(menus).flatMap((items) => items.map(({ when }) => when)),
      ...viewsWelcome.map(({ when }) => when),
      ...commands.map(({ enablement }) => enablement),
    ];
    const keys = whens.flatMap((when) =>
      [...(when ?? '').matchAll(/(?<![/=~\w.^] ?)ringfence\.\w+/g)].map(([key]) => key),
    );
    const known = [...sources.matchAll(/'(ringfence\.\w+)':/g)].map(([, key]) => key);
    const values = ['ringfence.resources', 'ringfence.setups', 'ringfence.wizard'];
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.filter((key) => !known.includes(key) && !values.includes(key))).toEqual([]);
  });

  it('puts every command under one category, and offers each from the palette unless it needs a row', () => {
    expect(new Set(commands.map(({ category }) => category))).toEqual(new Set(['Ringfence']));
    const hidden = (menus['commandPalette'] ?? []).map(({ command }) => command);
    expect(hidden).toEqual(['ringfence.openInPortal', 'ringfence.copyResourceId']);
  });

  it('gives a row at most three inline actions', () => {
    const kinds = ['canSecure', 'ringfence\\.setup', 'ringfence\\.step', 'ringfence\\.run'];
    for (const kind of kinds) {
      const inline = (menus['view/item/context'] ?? []).filter(
        ({ when, group }) => group?.startsWith('inline') && when?.includes(kind),
      );
      expect(inline.length, kind).toBeGreaterThan(0);
      expect(inline.length, kind).toBeLessThanOrEqual(3);
    }
  });

  it('wakes for a setup file or a wizard only, never at every start', () => {
    expect(manifest.activationEvents).toEqual([
      'workspaceContains:**/ringfence.json',
      'onWebviewPanel:ringfence.wizard',
    ]);
  });

  it('lets no untrusted folder decide how somebody signs in', () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    expect(restrictedConfigurations).toEqual(['ringfence.signIn', 'ringfence.cloud', 'ringfence.tenant']);
    for (const { scope } of Object.values(configuration.properties)) expect(scope).toBe('machine-overridable');
  });

  it('keeps the types of VS Code at the version that it asks for', () => {
    const minor = (version: string | undefined) => /\d+\.\d+/.exec(version ?? '')?.[0];
    expect(minor(manifest.devDependencies['@types/vscode'])).toBe(minor(manifest.engines.vscode));
  });

  it('has no more keywords than the Marketplace takes', () => {
    expect(manifest.keywords.length).toBeLessThanOrEqual(5);
  });
});
