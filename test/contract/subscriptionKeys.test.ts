import { describe, expect, it } from 'vitest';
import { withRotation } from '../../src/core/keys/rotation';
import { childId, resourceName } from '../../src/core/resources/resourceId';
import type { Setup } from '../../src/core/setup/setup';
import { SITE } from '../../src/sandbox/worlds/exposed';
import { OLD_SUBSCRIPTION } from './removals/estates';
import type { ByHand } from './support/byHand';
import { statuses } from './support/journey';
import { inEstate, losingAnswers } from './support/keys';
import { signal, type SandboxSession } from './support/sandboxSession';

const role = 'apiManagement';
const SECRET = /sandbox-apim-(primary|secondary)/;

async function withOldKeys(
  use: (opening: SandboxSession, hand: ByHand, lines: readonly string[]) => Promise<void>,
): Promise<void> {
  const lines: string[] = [];
  const onExchange = ({ method, url }: { readonly method: string; readonly url: string }) =>
    lines.push(`${method} ${url}`);
  await inEstate({ ...OLD_SUBSCRIPTION, onExchange }, (opening, hand) => use(opening, hand, lines));
}

const subscriptionOf = ({ roles }: Setup): string => childId(roles.apiManagement?.id ?? '', 'subscriptions', 'partner');

describe('the keys of API Management', () => {
  it('are replaced one after the other, and what uses one is never cut off', () =>
    withOldKeys(async ({ openAnother, session }, hand, lines) => {
      const setup: Setup = { ...session.state.setup, roles: { ...session.state.setup.roles, webApp: { id: SITE } } };
      const keys = () => hand.answer(subscriptionOf(setup), 'listSecrets');
      const setting = (key: unknown) =>
        hand.put(childId(SITE, 'config', 'appsettings'), { properties: { OTHER: 'x', API_KEY: String(key) } });
      const rotation = openAnother(setup).keyRotation();
      const before = await keys();
      expect(await rotation.next({ role }, signal)).toEqual({ kind: 'ask', slots: ['primary', 'secondary'] });
      await setting(before['primaryKey']);
      expect(await rotation.next({ role }, signal)).toEqual({ kind: 'begin', renew: 'secondary', keep: 'primary' });
      await rotation.renew(role, 'secondary', signal);
      const between = await keys();
      expect(between['primaryKey']).toBe(before['primaryKey']);
      expect(between['secondaryKey']).not.toBe(before['secondaryKey']);

      const movedTo = { role, movedTo: 'secondary' } as const;
      expect((await rotation.next(movedTo, signal)).kind).toBe('refused');
      expect(await rotation.copy(role, 'secondary', signal)).toBe(between['secondaryKey']);
      await setting(between['secondaryKey']);
      expect(await rotation.next(movedTo, signal)).toEqual({ kind: 'finish', renew: 'primary', keep: 'secondary' });
      await rotation.renew(role, 'primary', signal);
      const after = await keys();
      expect(after['secondaryKey']).toBe(between['secondaryKey']);
      expect(after['primaryKey']).not.toBe(before['primaryKey']);

      const done = openAnother(withRotation(setup, role, rotation.today));
      await done.refresh(signal);
      expect(statuses(done)['apim-key-rotation']).toBe('compliant');
      expect(JSON.stringify(done.state)).not.toMatch(SECRET);
      expect(lines.join('\n')).not.toMatch(SECRET);
    }));

  it('are read by nobody who only looks, and made anew with one request, even where the answer is lost', () =>
    withOldKeys(async (opening, _, lines) => {
      const { session } = opening;
      await session.refresh(signal);
      expect(statuses(session)['apim-key-rotation']).toBe('manual');
      expect(lines.filter((line) => /listSecrets|regenerate/.test(line))).toEqual([]);
      const { azure, asked } = losingAnswers(opening);
      const subscription = { role, id: subscriptionOf(session.state.setup) } as const;
      await expect(azure.keys.regenerate(subscription, 'secondary', signal)).rejects.toMatchObject({ status: 503 });
      expect(asked.map(({ method, url }) => `${method} ${resourceName(new URL(url).pathname)}`)).toEqual([
        'POST regenerateSecondaryKey',
      ]);
    }));
});
