import { beforeEach, describe, expect, test, vi } from 'vitest';
import { AzureError } from '../../../src/core/ports';
import { CertificateImport } from '../../../src/core/session/certificateImport';
import { renderText } from '../../../src/core/text';
import { FakeAzure } from '../support/fakeAzure';
import { certificate, FRONT, frontSetup, frontWorld, frontWorldWithout } from '../support/gatewayWorlds';
import type { World } from '../support/world';

/** What the editor shows, and what it is answered. */
const editor = vi.hoisted(() => ({
  shown: [] as string[],
  file: { path: '/api.pfx' } as object | undefined,
  password: 'correct horse' as string | undefined,
  replaces: true,
  boxes: [] as unknown[],
}));

vi.mock('vscode', () => ({
  ProgressLocation: { Notification: 15 },
  window: {
    showInformationMessage: (message: string) => Promise.resolve(void editor.shown.push(message)),
    showWarningMessage: (message: string, options?: { detail: string }, answer?: string) => {
      editor.shown.push([message, options?.detail ?? ''].join(' '));
      return Promise.resolve(editor.replaces ? answer : undefined);
    },
    showOpenDialog: () => Promise.resolve(editor.file && [editor.file]),
    showInputBox: (options: unknown) => {
      editor.boxes.push(options);
      return Promise.resolve(editor.password);
    },
    withProgress: ({ title }: { title: string }, work: () => Promise<unknown>) => {
      editor.shown.push(title);
      return work();
    },
  },
  workspace: { fs: { readFile: () => Promise.resolve(Buffer.from('bytes of the file')) } },
}));

const { importGatewayCertificate } = await import('../../../src/vscode/keys/importGatewayCertificate');

function guide(world: World) {
  const azure = new FakeAzure(world);
  azure.onImport = () => world.put(certificate({ subject: 'CN=imported', issuer: 'CN=authority' }));
  const refreshed: number[] = [];
  const active = {
    tools: { certificateImport: () => new CertificateImport(frontSetup(), azure) },
    refresh: () => Promise.resolve(void refreshed.push(1)),
  };
  return { azure, refreshed, run: () => importGatewayCertificate(active as never, (words) => renderText(words)) };
}

beforeEach(() => {
  Object.assign(editor, { file: { path: '/api.pfx' }, password: 'correct horse', replaces: true });
  editor.shown.length = 0;
  editor.boxes.length = 0;
});

describe('the guide in the editor', () => {
  test('imports the file that was chosen, says what the vault has then, and looks again', async () => {
    const { azure, refreshed, run } = guide(frontWorldWithout(FRONT.certificate));
    await run();
    const content = Buffer.from('bytes of the file').toString('base64');
    expect(azure.imported).toEqual([{ id: FRONT.certificate, supplied: { content, password: 'correct horse' } }]);
    expect(editor.shown.at(-1)).toContain('CN=imported, for api.contoso.com, issued by CN=authority');
    expect(refreshed).toHaveLength(1);
    expect(editor.boxes).toEqual([expect.objectContaining({ password: true })]);
    expect(editor.shown.join('\n')).not.toContain('horse');
  });

  test('asks before it puts a new version in front of another', async () => {
    const { azure, run } = guide(frontWorld());
    editor.replaces = false;
    await run();
    expect([azure.imported, editor.boxes]).toEqual([[], []]);
    expect(editor.shown).toEqual([expect.stringContaining('has the certificate ringfence-gateway already')]);
    editor.replaces = true;
    await run();
    expect(azure.imported).toHaveLength(1);
  });

  test.each(['file', 'password'] as const)('imports nothing without a %s', async (missing) => {
    const { azure, refreshed, run } = guide(frontWorldWithout(FRONT.certificate));
    editor[missing] = undefined;
    await run();
    expect([azure.imported, refreshed]).toEqual([[], []]);
  });

  test('says what to do where Azure refuses', async () => {
    const { azure, run } = guide(frontWorldWithout(FRONT.certificate));
    azure.onImport = () => {
      throw new AzureError('BadParameter', 'It can not be read.', 400, undefined);
    };
    await expect(run()).rejects.toThrow(/can not be read\. Either the password is wrong/);
  });

  test('says so where there is no place for it', async () => {
    const { azure, run } = guide(frontWorldWithout(frontSetup().roles.keyVault?.id ?? ''));
    await run();
    expect([azure.imported, editor.shown]).toEqual([[], [expect.stringContaining('does not exist yet')]]);
  });
});
