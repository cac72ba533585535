import { describe, expect, it } from 'vitest';
import { ConflictError } from '../../../src/app/errors.ts';
import type { JourneyRow } from '../../../src/core/journey/journey-row.ts';
import type { Signal } from '../../../src/core/journey/signal.ts';
import { account, addDelivery, addSignal, content, deal, named, put, putAlert, putCard, putJourney, touchpoint } from '../builders.ts';
import type { OpenEmpty } from '../store.contract.ts';
import { ann, erase, erasingIn, said, tombstone, upserted } from './ann-lee.ts';
import { withStore } from './with-store.ts';

export function eraseContract(openEmpty: OpenEmpty): void {
  describe('erasing', () => {
    const store = withStore(openEmpty);
    const { erasing, round } = erasingIn(store);

    it('takes a person out of signals, and leaves their touchpoints as nobody’s', async () => {
      const meeting = touchpoint('s-2', { dealId: 'd-1', personId: 'p-1' });
      await store().commit([put(ann), addSignal(upserted('s-1', 'Ann Lee')), addSignal(meeting)]);
      await erasing(erase);
      expect(await store().signalsOf({ kind: 'person', id: 'p-1' }, 10)).toEqual([]);
      const left = await store().signalsOf({ kind: 'deal', id: 'd-1' }, 10);
      expect(left).toHaveLength(1);
      expect(left[0]).toMatchObject({ id: 's-2', touchpoint: { type: 'meeting', dealId: 'd-1', personId: null } });
    });

    it('takes nothing in that comes later, or stood beside it', async () => {
      await store().commit([put(ann)]);
      await erasing([addSignal(upserted('s-1', 'Ann Lee')), ...erase]);
      await store().commit([addSignal(upserted('s-2', 'Ann Lee'))]);
      expect(await store().signalsOf({ kind: 'person', id: 'p-1' }, 10)).toEqual([]);
    });

    it('reaches what is known by ids that were merged', async () => {
      await store().commit([
        put(ann),
        addSignal({ ...upserted('s-1', 'Ann L.'), person: { id: 'p-old', name: 'Ann L.' } } as Signal),
        { kind: 'record.alias', record: 'person', from: 'p-old', into: 'p-1' },
      ]);
      await erasing([tombstone, { kind: 'record.erase', record: 'person', id: 'p-old' }]);
      await store().commit([addSignal({ ...upserted('s-2', 'Ann L.'), person: { id: 'p-old', name: 'Ann L.' } } as Signal)]);
      expect(await store().signalsOf({ kind: 'person', id: 'p-1' }, 10)).toEqual([]);
    });

    it('takes a person out of alerts, cards, messages and the audit', async () => {
      await store().commit([
        put(ann, { terms: ['ann', 'lee'] }),
        putAlert('x', { finding: { headline: said.headline, nextStep: said.nextStep, people: ['p-1', 'p-2'], evidence: said.evidence } }),
        putCard('deal:d-1', '#deals', { content: content({ alerts: [said] }) }),
        addDelivery('1', '#deals', {
          kind: 'reply',
          cardId: 'c',
          reason: 'new',
          broadcast: false,
          notifyOwner: false,
          ownerEmail: null,
          journeyName: 'Rollout',
          alerts: [said],
        }),
        { kind: 'audit.add', entry: { id: '1', at: 1, journeyId: 'deal:d-1', alertId: 'x', who: 'U1', what: 'resolved', why: 'Ann Lee called' } },
      ]);
      await erasing(erase);
      const card = await store().card('deal:d-1|#deals');
      const everything = [
        await store().alert('x'),
        card,
        await store().leaseDeliveries(10, 70, 5, []),
        await store().audit('deal:d-1', 5),
        await store().findByTerm('person', 'ann', 5),
      ];
      expect(JSON.stringify(everything)).not.toMatch(/Ann Lee|ann@acme/);
      expect(await store().alert('x')).toMatchObject({
        finding: { headline: 'erased went quiet', people: ['p-2'], nextStep: 'Call erased, not Joann Leeds' },
      });
      expect(card?.content.alerts[0]?.people).toEqual([{ name: 'Bo', title: null }]);
      expect((await store().loadNeighbourhood([{ kind: 'deal', id: 'd-1' }])).people.size).toBe(0);
    });

    it('drops dead letters that name it, and keeps others and what is still to be processed', async () => {
      const bodies = ['{"id":"p-1"}', '{"id":"p-12"}', '{"id":"p-1","later":true}'];
      await store().accept(
        'hubspot',
        bodies.map((body, index) => ({ key: `k${index}`, body })),
        1,
      );
      const rows = await store().pendingInbox('hubspot', 1, 10);
      await store().commit(rows.slice(0, 2).map(({ id }) => ({ kind: 'inbox.dead', id, error: 'broken', at: 2 })));
      await store().commit([put(ann)]);
      await erasing(erase);
      expect((await store().deadLetters(10)).map(({ body }) => body)).toEqual(['{"id":"p-12"}']);
      expect((await store().pendingInbox('hubspot', 5, 10)).map(({ body }) => body)).toEqual(['{"id":"p-1","later":true}']);
    });

    it('takes the name out of bodies that wait, and leaves them else as they came', async () => {
      const bodies = [
        '{"id":"p-1", "name" : "Ann Lee","emails":[{"value":"ANN@acme.example"}],"Ann Lee":12345678901234567890,"text":"\\"Ann Lee\\" or Joann Leeds\\u0021"}',
        '{"id":"p-2","name":"Ann"}',
        '{"personId":"ann@acme.example","dealIds":["x","ann@acme.example"],"by":"ann@acme.example"}',
        '{"id":"p-1","first_name":"ANN","lastName":"Lee","type":"lee","text":"Annual"}',
        '{"objectId":"p-1","propertyName":"lastname","propertyValue":"Lee"}',
        '{"id":"p-2","first_name":"Ann","lastName":"Lee"}',
      ];
      await store().accept(
        'signals',
        bodies.map((body, index) => ({ key: `k${index}`, body })),
        1,
      );
      await store().commit([put(ann)]);
      await erasing(erase);
      expect((await store().pendingInbox('signals', 5, 10)).map(({ body }) => body)).toEqual([
        '{"id":"p-1", "name" : "erased","emails":[{"value":"erased"}],"Ann Lee":12345678901234567890,"text":"\\"erased\\" or Joann Leeds!"}',
        '{"id":"p-2","name":"Ann"}',
        '{"personId":"ann@acme.example","dealIds":["x","ann@acme.example"],"by":"erased"}',
        '{"id":"p-1","first_name":"erased","lastName":"erased","type":"lee","text":"Annual"}',
        '{"objectId":"p-1","propertyName":"lastname","propertyValue":"erased"}',
        '{"id":"p-2","first_name":"Ann","lastName":"Lee"}',
      ]);
      expect((await store().erasureOf({ kind: 'person', id: 'p-1' }))?.counts).toMatchObject({ 'waiting webhooks': 4 });
    });

    it('takes an account out of its signals and cards, and leaves its deals', async () => {
      const ofDeal: Signal = {
        id: 's-2',
        source: 'hubspot',
        type: 'deal.upserted',
        occurredAt: 2,
        deal: { id: 'd-1', accountId: 'a-1', name: 'Rollout' },
      };
      await store().commit([
        put(account('a-1', named('Acme'))),
        put(deal('d-1', 'a-1')),
        addSignal({ id: 's-1', source: 'hubspot', type: 'account.upserted', occurredAt: 1, account: { id: 'a-1', name: 'Acme' } }),
        addSignal(ofDeal),
        putCard('deal:d-1', '#deals', { content: content({ account: { id: 'a-1', name: 'Acme', url: 'https://crm.example/a-1' } }) }),
      ]);
      await erasing([put(account('a-1', { erasedAt: 9 }), { revision: 1, terms: [] }), { kind: 'record.erase', record: 'account', id: 'a-1' }]);
      const left = await store().signalsOf({ kind: 'account', id: 'a-1' }, 10);
      expect(left).toHaveLength(1);
      expect(left[0]).toMatchObject({ id: 's-2', deal: { name: 'Rollout', accountId: null } });
      expect(JSON.stringify(await store().card('deal:d-1|#deals'))).not.toContain('Acme');
    });

    it('counts what it has touched, and says so beforehand', async () => {
      await store().commit([
        put(ann),
        addSignal(upserted('s-1', 'Ann Lee')),
        addSignal(touchpoint('s-2', { dealId: 'd-1', personId: 'p-1' })),
        putCard('deal:d-1', '#deals', { content: content({ alerts: [said] }) }),
      ]);
      const counts = { signals: 1, 'touchpoints and links': 1, cards: 1 };
      expect(await store().previewErasure({ kind: 'person', id: 'p-1' })).toEqual(counts);
      await erasing(erase);
      expect(await store().erasureOf({ kind: 'person', id: 'p-1' })).toEqual({ at: 10, done: true, counts });
      expect(await store().erasureOf({ kind: 'deal', id: 'p-1' })).toBeNull();
    });

    it('counts what is put without the name beside the erasure, too, and each thing once', async () => {
      const named = { finding: { headline: said.headline, nextStep: said.nextStep, people: ['p-1'], evidence: said.evidence } };
      await store().commit([
        put(ann),
        putAlert('x', named),
        putAlert('y', { ...named, identity: 'another' }),
        putCard('deal:d-1', '#deals', { content: content({ alerts: [said] }) }),
      ]);
      const counts = { alerts: 2, cards: 1 };
      expect(await store().previewErasure({ kind: 'person', id: 'p-1' })).toEqual(counts);
      await erasing([...erase, putAlert('x', { finding: { headline: 'Nobody is there', nextStep: 'Ask', people: [], evidence: [] } })]);
      expect(await store().erasureOf({ kind: 'person', id: 'p-1' })).toMatchObject({ counts });
      await store().commit([putCard('deal:d-1', '#deals', { content: content({ alerts: [said] }) })]);
      await round(1_000_000);
      expect(JSON.stringify(await store().card('deal:d-1|#deals'))).not.toContain('Ann Lee');
      expect(await store().erasureOf({ kind: 'person', id: 'p-1' })).toMatchObject({ counts });
    });

    it('does nothing more when a person is erased again of whom nothing is left', async () => {
      await store().commit([put(ann)]);
      await erasing(erase);
      await round(1_000_000);
      await store().commit([{ kind: 'record.erase', record: 'person', id: 'p-1' }]);
      expect(await store().nextErasureAt()).toBeNull();
    });

    it('goes by every name that a person had, and every word of it in one case or another', async () => {
      const why = 'ann lee? ANN@ACME.EXAMPLE, Ann Müller, Ann';
      await store().commit([
        put(ann),
        addSignal(upserted('s-0', 'Ann Müller')),
        { kind: 'audit.add', entry: { id: '1', at: 1, journeyId: 'deal:d-1', alertId: 'x', who: 'U1', what: 'resolved', why } },
      ]);
      await erasing(erase);
      expect((await store().audit('deal:d-1', 1))[0]?.why).toBe('ann lee? erased, erased, Ann');
    });

    it('takes an alert’s subject and identity from it, and lets no evaluation write over it', async () => {
      await store().commit([
        put(ann),
        putJourney('d-1'),
        putAlert('x', { rule: 'silent-role', subject: 'person:p-1', identity: 'deal:d-1/silent-role/person:p-1', finding: { people: ['p-1'] } }),
      ]);
      const { row } = await store().journeyState('deal:d-1');
      await erasing(erase);
      const alert = await store().alert('x');
      expect(alert).toMatchObject({ subject: 'journey', identity: 'deal:d-1/silent-role/journey', finding: { subject: 'journey', people: [] } });
      await expect(store().commit([{ kind: 'journey.put', row: row as JourneyRow }])).rejects.toBeInstanceOf(ConflictError);
    });

    it('forgets what the map did not know of it', async () => {
      const seen = { kind: 'unknown.seen', source: 'hubspot', what: 'role', journeyId: 'person:p-1', at: 1 } as const;
      await store().commit([
        put(ann),
        ...['GURU', 'assistant of Ann Lee', 'SAGE'].map((value) => ({ ...seen, value })),
        { ...seen, value: 'GURU', journeyId: 'person:p-2' },
      ]);
      await erasing(erase);
      const values = await store().unknownValues(10);
      expect(values.map(({ value, count }) => [value, count])).toEqual([['GURU', 1]]);
      expect(await store().unknownOn(values[0] as (typeof values)[number], 10)).toEqual(['person:p-2']);
    });

    it('lets a body that dies later keep nothing that names it', async () => {
      await store().commit([put(ann)]);
      await erasing(erase);
      await store().accept(
        'signals',
        [
          { key: 'a', body: '{"id":"p-1","name":"Ann Lee"}' },
          { key: 'b', body: '[{"id":"p-1","name":"Ann Lee"},{"id":"p-2"}]' },
          { key: 'c', body: '{"id":"p-12"}' },
        ],
        1,
      );
      const rows = await store().pendingInbox('signals', 1, 10);
      await store().commit(rows.map(({ id }) => ({ kind: 'inbox.dead', id, error: 'broken', at: 2 })));
      expect((await store().deadLetters(10)).map(({ body }) => body)).toEqual(['[{"id":"p-2"}]', '{"id":"p-12"}']);
    });
  });
}
