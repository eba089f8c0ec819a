import { describe, expect, test } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../src/core/setup/setup';
import { formatSetupFile, parseSetupFile } from '../../../src/core/setup/setupFile';
import { ID, SUBSCRIPTION } from '../support/ids';
import { english } from '../support/reading';
import { setup, setupFromNothing } from '../support/setups';

/** A whole file, in which each line can be replaced. */
const LINES = {
  open: '{',
  version: '  "version": 1,',
  name: '  "name": "contoso",',
  subscription: `  "subscription": "${SUBSCRIPTION}",`,
  scenarios: '  "scenarios": ["private-access"],',
  roles: `  "roles": { "openAi": { "id": "${ID.account}" } },`,
  options: '  "options": {}',
  close: '}',
};

function fileWith(lines: Partial<typeof LINES>, newline = '\n'): string {
  return Object.values({ ...LINES, ...lines }).join(newline);
}

/** `line:column: message` of every problem. */
function problemsOf(content: string): readonly string[] {
  const result = parseSetupFile(content);
  return result.ok ? [] : result.problems.map(({ line, column, message }) => `${line}:${column}: ${english(message)}`);
}

describe('a good file', () => {
  test('gives the setup, with defaults for what is left out', () => {
    const result = parseSetupFile(fileWith({}));
    expect(result).toEqual({
      ok: true,
      setup: setup({ roles: { openAi: { id: ID.account } }, options: DEFAULT_OPTIONS }),
    });
  });

  test('may begin with a byte order mark and have Windows line ends', () => {
    expect(problemsOf(`\uFEFF${fileWith({}, '\r\n')}`)).toEqual([]);
  });

  test('may name the schema that it follows', () => {
    expect(problemsOf(fileWith({ version: '  "$schema": "https://example.com/s.json", "version": 1,' }))).toEqual([]);
  });

  test.each([
    setup(),
    setupFromNothing(),
    setupFromNothing('AIServices', {
      publicAccess: 'selectedNetworks',
      allowedAddresses: ['20.1.2.3', '20.4.0.0/24'],
      apiKeys: 'keep',
      customSubdomain: 'a-b',
    }),
  ])('is what Ringfence writes, and reads back to the same setup', (written) => {
    expect(parseSetupFile(formatSetupFile(written))).toEqual({ ok: true, setup: written });
  });
});

describe('a file that is not JSON says where', () => {
  test.each<[string, string, string]>([
    ['nothing at all', '', '1:1: This is not JSON: value expected.'],
    ['only a byte order mark', '\uFEFF', '1:1: This is not JSON: value expected.'],
    ['a missing comma', fileWith({ name: '  "name": "contoso"' }), '4:3: This is not JSON: comma expected.'],
    ['a trailing comma', fileWith({ options: '  "options": {},' }), '8:1: This is not JSON: property name expected.'],
    ['a comment', fileWith({ options: '  "options": {} // later' }), '7:17: This is not JSON: invalid comment token.'],
    ['an open text', fileWith({ options: '  "options": "' }), '7:14: This is not JSON: unexpected end of string.'],
    ['something behind the end', `${fileWith({})} x`, '8:3: This is not JSON: invalid symbol.'],
  ])('%s', (_, content, problem) => {
    expect(problemsOf(content)[0]).toBe(problem);
  });
});

describe('a file that is JSON, but no setup, says where', () => {
  test.each<[string, string, readonly string[]]>([
    ['a list', '[]', ['1:1: “ringfence.json” must be of type object.']],
    ['null', 'null', ['1:1: “ringfence.json” must be of type object.']],
    ['a missing property, at what should hold it', fileWith({ name: '' }), ['1:1: “name” is missing.']],
    [
      'a misspelt property, at its name',
      fileWith({ name: '  "name": "contoso", "tenat": "x",' }),
      ['3:22: “tenat” is not a property that Ringfence knows.'],
    ],
    [
      'a misspelt role',
      fileWith({ roles: '  "roles": { "openAI": {} },' }),
      ['6:14: “roles.openAI” is not a property that Ringfence knows.'],
    ],
    [
      'a misspelt option',
      fileWith({ options: '  "options": { "apikeys": "off" }' }),
      ['7:16: “options.apikeys” is not a property that Ringfence knows.'],
    ],
    [
      'a wrong word, at its value',
      fileWith({ options: '  "options": { "apiKeys": "on" }' }),
      ['7:27: “options.apiKeys” must be one of off, keep.'],
    ],
    ['another version', fileWith({ version: '  "version": 2,' }), ['2:14: “version” must be one of 1.']],
    ['a wrong type', fileWith({ name: '  "name": 5,' }), ['3:11: “name” must be of type string.']],
    ['an empty name', fileWith({ name: '  "name": "",' }), ['3:11: “name” must not be empty.']],
    ['a name beyond all measure', fileWith({ name: `  "name": "${'x'.repeat(81)}",` }), ['3:11: “name” is not valid.']],
    ['no scenario', fileWith({ scenarios: '  "scenarios": [],' }), ['5:16: “scenarios” must not be empty.']],
    [
      'a scenario that nobody knows, at its place in the list',
      fileWith({ scenarios: '  "scenarios": ["private-access", "magic"],' }),
      ['5:35: “scenarios.1” must be one of private-access, on-your-data, api-gateway, ai-search.'],
    ],
    [
      'a subscription that is no GUID',
      fileWith({ subscription: '  "subscription": "mine",' }),
      ['4:19: “subscription” must be a GUID.'],
    ],
    [
      'an id of the wrong type',
      fileWith({ roles: `  "roles": { "openAi": { "id": "${ID.network}" } },` }),
      ['6:32: “roles.openAi.id” must be the id of an Azure resource of the right type.'],
    ],
    [
      'an id that is none',
      fileWith({ roles: '  "roles": { "openAi": { "id": "contoso" } },' }),
      ['6:32: “roles.openAi.id” must be the id of an Azure resource of the right type.'],
    ],
    [
      'an address that is private',
      fileWith({ options: '  "options": { "allowedAddresses": ["10.0.0.1"] }' }),
      ['7:37: “options.allowedAddresses.0” must be a public IPv4 address or range.'],
    ],
    [
      'a subdomain that Azure does not take',
      fileWith({ options: '  "options": { "customSubdomain": "-a" }' }),
      ['7:35: “options.customSubdomain” must be a subdomain: letters, digits and hyphens, 2 to 64 of them.'],
    ],
    [
      'a skipped step without a reason',
      fileWith({ close: ', "skip": { "vnet": "" } }' }),
      ['8:21: “skip.vnet” must not be empty.'],
    ],
    [
      'a skipped step that nobody knows, at its name',
      fileWith({ close: ', "skip": { "vnets": "later" } }' }),
      ['8:13: “vnets” is not a step that Ringfence knows.'],
    ],
    [
      'a property that is given twice, at the second',
      fileWith({ name: '  "name": "a", "name": "b",' }),
      ['3:16: “name” is given twice.'],
    ],
    [
      'an inner property that is given twice',
      fileWith({ roles: `  "roles": { "openAi": { "id": "${ID.account}", "id": "x" } },` }),
      [`6:${36 + ID.account.length}: “roles.openAi.id” is given twice.`],
    ],
    [
      'a name that every object inherits',
      fileWith({ name: '  "name": "a", "__proto__": { "admin": true }, "constructor": 1,' }),
      [
        '3:16: “__proto__” is not a property that Ringfence knows.',
        '3:48: “constructor” is not a property that Ringfence knows.',
      ],
    ],
  ])('%s', (_, content, problems) => {
    expect(problemsOf(content)).toEqual(problems);
  });

  test('every fault is reported, not only the first', () => {
    expect(
      problemsOf(fileWith({ name: '  "name": 5,', options: '  "options": { "apiKeys": "on", "x": 1 }' })),
    ).toHaveLength(3);
  });

  test('columns count characters, with Windows line ends too', () => {
    expect(problemsOf(fileWith({ name: '  "name": 5,' }, '\r\n'))).toEqual(['3:11: “name” must be of type string.']);
  });
});

describe('an id that could be more than an id is refused', () => {
  test.each(['a?api-version=1', 'a#b', 'a%2fb', '..', '.', 'a\\\\b', 'a\\nb', '<b>', 'a&b'])('%s', (name) => {
    const id = ID.account.replace('contoso-openai', name);
    expect(problemsOf(fileWith({ roles: `  "roles": { "openAi": { "id": "${id}" } },` }))).toEqual([
      '6:32: “roles.openAi.id” must be the id of an Azure resource of the right type.',
    ]);
  });
});

describe('parts that do not fit each other say where', () => {
  const network = `"virtualNetwork": { "id": "${ID.network}", "create": { "location": "japaneast", "addressPrefixes": ["10.0.0.0/22"] } }`;

  function subnetIn(id: string, range: string): readonly string[] {
    return problemsOf(
      fileWith({
        roles: [
          '  "roles": {',
          network,
          `, "privateEndpointSubnet": { "id": "${id}",`,
          `"create": { "addressPrefix": "${range}" } } },`,
        ].join('\n'),
      }),
    );
  }

  test('a range inside the network is good', () => {
    expect(subnetIn(ID.subnet, '10.0.3.224/27')).toEqual([]);
  });

  test('a range outside the network', () => {
    expect(subnetIn(ID.subnet, '10.0.4.0/27')).toEqual([
      '9:30: This range is not inside the address space of the virtual network.',
    ]);
  });

  test.each(['10.0.0.0/30', '10.0.0.1/27', '10.0.0/27', '10.0.0.0', 'fd00::/64'])(
    '%s is no range for a subnet',
    (range) => {
      expect(subnetIn(ID.subnet, range)[0]).toContain('an IPv4 range of /29 or larger');
    },
  );

  test('a subnet of another network', () => {
    expect(subnetIn(ID.otherSubnet, '10.0.1.0/27')).toEqual([
      '8:36: This subnet is not in the virtual network of the setup.',
    ]);
  });

  test('a resource of another subscription', () => {
    const id = ID.account.replace(SUBSCRIPTION, '99999999-2222-3333-4444-555555555555');
    expect(problemsOf(fileWith({ roles: `  "roles": { "openAi": { "id": "${id}" } },` }))).toEqual([
      '6:32: This resource is in another subscription than the setup.',
    ]);
  });
});
