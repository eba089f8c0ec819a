import { describe, expect, test } from 'vitest';
import { hostsBlock, HOSTS_FILES, isPlainHostName, withHostsBlock } from '../../../src/core/snippets/hostsBlock';
import { english } from '../support/reading';

const HOST = 'contoso.openai.azure.com';
const ONE = [{ host: HOST, address: '10.0.1.4' }];

function linesOf(name = 'contoso', hosts = ONE): readonly string[] {
  const result = hostsBlock(name, hosts);
  if (!result.ok) throw new Error(english(result.problem));
  return result.lines;
}

function problemOf(hosts: typeof ONE): string {
  const result = hostsBlock('contoso', hosts);
  return result.ok ? '' : english(result.problem);
}

describe('the block', () => {
  test('has each name with its address between its marks', () => {
    const hosts = [{ host: 'B.openai.azure.com', address: '10.0.1.5' }, ...ONE];
    expect(linesOf('contoso', hosts)).toEqual([
      '# BEGIN ringfence contoso',
      '10.0.1.4 contoso.openai.azure.com',
      '10.0.1.5 b.openai.azure.com',
      '# END ringfence contoso',
    ]);
  });

  test('leaves privatelink names out: no certificate is for those', () => {
    const hosts = [{ host: 'contoso.privatelink.openai.azure.com', address: '10.0.1.4' }, ...ONE];
    expect(linesOf('contoso', hosts).join()).not.toContain('privatelink');
  });

  test('names one name once', () => {
    expect(linesOf('contoso', [...ONE, { host: HOST.toUpperCase(), address: '10.0.1.4' }])).toHaveLength(3);
  });

  test.each<[string, typeof ONE, string]>([
    ['no names', [], 'no private endpoint'],
    [
      'privatelink names only',
      [{ host: 'contoso.privatelink.openai.azure.com', address: '10.0.1.4' }],
      'no private endpoint',
    ],
    ['a public address', [{ host: HOST, address: '20.1.2.3' }], 'not a private address'],
    ['this machine', [{ host: HOST, address: '127.0.0.1' }], 'not a private address'],
    [
      'an address with a second line',
      [{ host: HOST, address: '10.0.1.4\n20.1.2.3 login.microsoftonline.com' }],
      'not a private address',
    ],
    ['a name with a second line', [{ host: `${HOST}\n10.0.0.1 evil`, address: '10.0.1.4' }], 'not a host name'],
    ['a name with a comment', [{ host: 'a#b.example.com', address: '10.0.1.4' }], 'not a host name'],
    ['a name for a shell', [{ host: '$(reboot).example.com', address: '10.0.1.4' }], 'not a host name'],
    ['a name of one part', [{ host: 'localhost', address: '10.0.1.4' }], 'not a host name'],
    ['one name with two addresses', [...ONE, { host: HOST, address: '10.0.1.5' }], 'two private addresses'],
  ])('is refused for %s', (_, hosts, words) => {
    expect(problemOf(hosts)).toContain(words);
  });
});

describe('the marks', () => {
  test.each(['a\nb', 'a\r\nb', 'x # END ringfence y', '本番 環境', '\u0000', '\ud800', '😀'])(
    '%j cannot end the line, and stays in plain characters',
    (name) => {
      for (const line of linesOf(name)) expect(line).toMatch(/^[\x20-\x7e]+$/);
    },
  );

  test('two setups never have the same ones', () => {
    const names = ['a', 'A', 'a b', 'a-b', 'a%20b', '本番', '開発', 'x'.repeat(80), `${'x'.repeat(79)}y`];
    expect(new Set(names.map((name) => linesOf(name)[0])).size).toBe(names.length);
  });
});

describe.each([
  ['Unix', '\n'],
  ['Windows', '\r\n'],
])('a hosts file of %s', (_, newline) => {
  const file = (...lines: readonly string[]): string => lines.map((line) => `${line}${newline}`).join('');
  const lines = linesOf();
  const around = (content: string): string | undefined => withHostsBlock(content, 'contoso', lines, newline);

  test('gets the block at its end', () => {
    expect(around(file('127.0.0.1 localhost'))).toBe(file('127.0.0.1 localhost', ...lines));
    expect(around('')).toBe(file(...lines));
  });

  test('gets a line end first where the last line had none', () => {
    expect(around('127.0.0.1 localhost')).toBe(file('127.0.0.1 localhost', ...lines));
  });

  test('gets the block in the place of the former one', () => {
    const before = file(
      '127.0.0.1 localhost',
      '# BEGIN ringfence contoso',
      '10.9.9.9 old.example.com',
      '# END ringfence contoso',
      '# mine',
    );
    expect(around(before)).toBe(file('127.0.0.1 localhost', ...lines, '# mine'));
  });

  test('keeps the blocks of other setups', () => {
    const other = withHostsBlock('', 'other', linesOf('other'), newline) ?? '';
    expect(around(other)).toBe(`${other}${file(...lines)}`);
  });

  test('is left alone where a mark has no end, because nobody can tell what is ours', () => {
    expect(around(file('# BEGIN ringfence contoso', '10.9.9.9 mine.example.com'))).toBeUndefined();
    const torn = file('# BEGIN ringfence contoso', '10.9.9.9 mine.example.com', ...lines);
    expect(around(torn)).toBeUndefined();
  });

  test('is the same after the second time', () => {
    const once = around(file('127.0.0.1 localhost', '', '# end')) ?? '';
    expect(around(once)).toBe(once);
  });
});

test('a name is plain when a machine could have it', () => {
  expect(['a.b', 'contoso-openai.openai.azure.com', '1.example'].every(isPlainHostName)).toBe(true);
  const bad = [
    '',
    'a',
    '.a.b',
    'a..b',
    '-a.b',
    'a-.b',
    'A.b',
    'a_b.c',
    'a b.c',
    `${'a'.repeat(64)}.b`,
    `${'a.'.repeat(130)}b`,
    'a.b\n',
  ];
  expect(bad.filter(isPlainHostName)).toEqual([]);
});

test('each system has its own file and its own way to make it count', () => {
  expect(HOSTS_FILES.windows).toMatchObject({ lineEnd: '\r\n', flushCommand: 'ipconfig /flushdns' });
  expect(HOSTS_FILES.linux.path).toBe(HOSTS_FILES.macos.path);
});
