import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { generateDocuments } from '../../scripts/generate/documents';
import { setupSchema } from '../../src/core/setup/setupSchema';

const documents = [...generateDocuments('.')];

describe('what is generated from the source', () => {
  test.each(documents)('%s is up to date, or npm run generate was forgotten', (path, content) => {
    expect(existsSync(path) && readFileSync(path, 'utf8')).toBe(content);
  });

  test('comes out the same every time', () => {
    expect([...generateDocuments('.')]).toEqual(documents);
  });

  test('names no path of the machine that it was made on', () => {
    for (const [path, content] of documents) expect(content.includes(process.cwd()), path).toBe(false);
  });
});

describe('the published schema', () => {
  const schema = JSON.parse(new Map(documents).get('media/ringfence.schema.json') ?? '{}') as {
    readonly properties: Readonly<Record<string, { readonly description?: string }>>;
    readonly required: readonly string[];
    readonly additionalProperties: boolean;
  };

  test('knows every property of a setup, and refuses others, as Ringfence does', () => {
    expect(Object.keys(schema.properties).sort()).toEqual(Object.keys(setupSchema.def.shape).sort());
    expect(schema.additionalProperties).toBe(false);
  });

  test('asks for no more than Ringfence does', () => {
    expect([...schema.required].sort()).toEqual(['name', 'scenarios', 'subscription', 'version']);
  });

  test('has words for whoever edits the file', () => {
    const silent = Object.entries(schema.properties).filter(
      ([name, { description }]) => name !== '$schema' && !description,
    );
    expect(silent.map(([name]) => name)).toEqual(['options']);
  });
});
