import { describe, expect, it } from 'vitest';
import { account, named, put, putAlert, putCard, putJourney, resolved } from '../builders.ts';
import type { OpenEmpty } from '../store.contract.ts';
import { withStore } from './with-store.ts';

export function ownedContract(openEmpty: OpenEmpty): void {
  describe('what belongs to somebody', () => {
    const store = withStore(openEmpty);
    const dana = 'dana@us.example';
    const of = async (email = dana, limit = 10, offset = 0) => (await store().accountsOfOwner(email, limit, offset)).rows.map(({ name }) => name);
    const owned = (dealId: string, accountId: string | null, more = {}) => putJourney(dealId, { accountId, ownerEmail: dana, ...more });
    const alertOn = (id: string, dealId: string, more: Parameters<typeof putAlert>[1] = {}) =>
      putAlert(id, { identity: `${dealId}/${id}`, journeyId: `deal:${dealId}`, ...more });

    it('is listed by what nobody has taken, the worst and then the oldest first; then what is taken, then what is all clear', async () => {
      await store().commit([
        ...['Clear', 'Taken', 'Young', 'Old', 'Critical'].flatMap((name) => [put(account(name, named(name))), owned(`d-${name}`, name)]),
        alertOn('al-1', 'd-Taken', { state: 'acknowledged', finding: { severity: 'critical' } }),
        alertOn('al-2', 'd-Young', { finding: { since: 9 } }),
        alertOn('al-3', 'd-Old', { finding: { since: 3 } }),
        alertOn('al-4', 'd-Critical', { finding: { severity: 'critical', since: 9 } }),
        alertOn('al-5', 'd-Clear', resolved(9)),
        alertOn('al-6', 'd-Clear', { inhibitedBy: 'mute' }),
      ]);
      expect(await of()).toEqual(['Critical', 'Old', 'Young', 'Taken', 'Clear']);
      expect((await store().accountsOfOwner(dana, 10, 0)).rows).toMatchObject([
        { accountId: 'Critical', journeyId: 'deal:d-Critical', alerts: 1, worst: 'critical', isTaken: false },
        { alerts: 1, worst: 'warning', isTaken: false },
        { alerts: 1, worst: 'warning', isTaken: false },
        { alerts: 1, worst: 'critical', isTaken: true },
        { alerts: 0, worst: null },
      ]);
    });

    it('is an account once, however many journeys and alerts it has, and only with those that are theirs', async () => {
      await store().commit([
        put(account('a-1', named('Acme'))),
        owned('d-1', 'a-1'),
        owned('d-2', 'a-1'),
        putJourney('d-3', { accountId: 'a-1', ownerEmail: 'sam@us.example' }),
        alertOn('al-1', 'd-1'),
        alertOn('al-2', 'd-1'),
        alertOn('al-3', 'd-2'),
        alertOn('al-4', 'd-3'),
      ]);
      expect(await store().accountsOfOwner('Dana@US.example', 10, 0)).toMatchObject({
        total: 1,
        rows: [{ accountId: 'a-1', name: 'Acme', alerts: 3 }],
      });
    });

    it('is a deal where it has no account, and nothing that has ended', async () => {
      await store().commit([owned('d-1', null, { name: 'Lonely deal' }), owned('d-2', 'a-2', { outcome: 'won', outcomeAt: 4 })]);
      expect((await store().accountsOfOwner(dana, 10, 0)).rows).toMatchObject([{ accountId: null, journeyId: 'deal:d-1', name: 'Lonely deal' }]);
    });

    it('follows a journey to its next owner, and to its end', async () => {
      await store().commit([owned('d-1', 'a-1')]);
      await store().commit([owned('d-1', 'a-1', { revision: 1, ownerEmail: 'sam@us.example' })]);
      expect([await of(), await of('sam@us.example')]).toEqual([[], ['d-1']]);
      await store().commit([owned('d-1', 'a-1', { revision: 2, ownerEmail: 'sam@us.example', outcome: 'lost', outcomeAt: 5 })]);
      expect(await of('sam@us.example')).toEqual([]);
    });

    it('comes in pages, each account on one of them', async () => {
      await store().commit(Array.from({ length: 7 }, (_, index) => owned(`d-${index}`, `a-${index}`)));
      expect((await store().accountsOfOwner(dana, 3, 3)).total).toBe(7);
      expect([...(await of(dana, 3, 0)), ...(await of(dana, 3, 3)), ...(await of(dana, 3, 6))].toSorted()).toEqual(await of());
    });

    it('are alerts of what they own, and those assigned to them, once', async () => {
      const to = (userId: string) => ({ assigned: { to: userId, by: 'U9', at: 5 } });
      await store().commit([
        owned('d-1', 'a-1'),
        putJourney('d-2', { ownerEmail: 'sam@us.example' }),
        alertOn('al-1', 'd-1', to('U1')),
        alertOn('al-2', 'd-2', to('U1')),
        alertOn('al-3', 'd-2'),
        alertOn('al-4', 'd-2', { ...to('U1'), ...resolved(9) }),
      ]);
      const mine = async (ownerEmail: string | null, userId: string) =>
        (await store().openAlerts({ mine: { ownerEmail, userId } }, 10, 0)).rows.map(({ alert }) => alert.id);
      expect(await mine('Dana@us.example', 'U1')).toEqual(['al-1', 'al-2']);
      expect(await mine(null, 'U1')).toEqual(['al-1', 'al-2']);
      expect(await mine(dana, 'U2')).toEqual(['al-1']);
      expect(await mine(null, 'U2')).toEqual([]);
      await store().commit([alertOn('al-2', 'd-2', to('U2'))]);
      expect(await mine(null, 'U2')).toEqual(['al-2']);
    });
  });

  describe('whom the cards of a channel are about', () => {
    const store = withStore(openEmpty);
    const posted = (ts: string) => ({ posted: { channelId: 'C1', ts, at: 5, fingerprint: 'f1' } });

    it('is told by the channel, or by where one card stands', async () => {
      await store().commit([
        putJourney('d-1', { accountId: 'a-1' }),
        putJourney('d-2', { accountId: 'a-1' }),
        putJourney('d-3', { accountId: 'a-3' }),
        putJourney('d-4', { accountId: 'a-4' }),
        putCard('deal:d-1', '#deals', posted('1.1')),
        putCard('deal:d-2', '#deals', posted('2.2')),
        putCard('deal:d-3', 'C1', posted('3.3')),
        putCard('deal:d-4', '#deals'),
      ]);
      const about = async (channels: string[], ts: string | null = null) => (await store().accountsOnCards(channels, ts, 5)).toSorted();
      expect(await about(['#deals'])).toEqual(['a-1']);
      expect(await about(['#deals', 'C1'])).toEqual(['a-1', 'a-3']);
      expect(await about(['#deals', 'C1'], '3.3')).toEqual(['a-3']);
      expect(await about(['#deals'], '9.9')).toEqual([]);
      expect(await store().accountsOnCards(['#deals', 'C1'], null, 1)).toHaveLength(1);
    });
  });
}
