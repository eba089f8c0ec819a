import { describe, expect, it } from 'vitest';
import { readTarget } from '../../../src/vscode/commands/commandTarget';

const NOTHING = { setup: undefined, step: undefined, runId: undefined, resource: undefined };

describe('what a command is to work on', () => {
  it('is nothing where the argument is nothing that it knows', () => {
    for (const argument of [undefined, null, 'text', 7, {}, [], { setup: 5, runId: '' }]) {
      expect(readTarget(argument)).toEqual(NOTHING);
    }
  });

  it('is what a row of the Resources view is about', () => {
    const entry = { resource: { id: '/subscriptions/s/x' }, setup: 'key' };
    const step = { finding: { step: 'vnet' } };
    expect(readTarget({ entry, step })).toEqual({
      setup: 'key',
      step: 'vnet',
      runId: undefined,
      resource: '/subscriptions/s/x',
    });
  });

  it('is what a row of the Setups view is about', () => {
    expect(readTarget({ setup: 'key', runId: 'run' })).toEqual({ ...NOTHING, setup: 'key', runId: 'run' });
    expect(readTarget({ setup: 'key', stepId: 'vnet' })).toEqual({ ...NOTHING, setup: 'key', step: 'vnet' });
  });

  it('is the resource that another extension’s row is about', () => {
    expect(readTarget({ resource: { id: '/subscriptions/s/x' } }).resource).toBe('/subscriptions/s/x');
    expect(readTarget({ id: '/subscriptions/s/y' }).resource).toBe('/subscriptions/s/y');
  });
});
