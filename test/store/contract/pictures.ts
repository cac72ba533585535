import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src/core/change.ts';
import type { PictureFile } from '../../../src/core/picture.ts';
import { account, deal, named, put } from '../builders.ts';
import type { OpenEmpty } from '../store.contract.ts';
import { ann, erase, erasingIn } from './ann-lee.ts';
import { withStore } from './with-store.ts';

const picture = (hash: string, changes: Partial<PictureFile> = {}): Change => ({
  kind: 'picture.put',
  picture: { hash, fileId: `F${hash}`, about: { accountId: null, journeys: [], names: [] }, at: 5, ...changes },
});

export function picturesContract(openEmpty: OpenEmpty): void {
  describe('pictures', () => {
    const store = withStore(openEmpty);
    const { erasing } = erasingIn(store);
    const forgotten = async () =>
      (await store().leaseDeliveries(1_000_000, 2_000_000, 50, [])).flatMap(({ message }) =>
        message.kind === 'forget-picture' ? [message.fileId] : [],
      );
    const kept = async (...hashes: string[]) => {
      const found = [];
      for (const hash of hashes) if ((await store().picture(hash)) !== null) found.push(hash);
      return found;
    };

    it('are known by what they show; the newest file counts, and another one goes', async () => {
      await store().commit([picture('1'), picture('2'), picture('1', { fileId: 'Fnew', at: 9 })]);
      expect(await store().picture('1')).toEqual({ hash: '1', fileId: 'Fnew', about: { accountId: null, journeys: [], names: [] }, at: 9 });
      expect(await store().picture('3')).toBeNull();
      expect(await forgotten()).toEqual(['F1']);
    });

    it('go from Slack when they are old', async () => {
      await store().commit([picture('1', { at: 5 }), picture('2', { at: 50 })]);
      await store().commit([{ kind: 'pictures.expire', before: 50, now: 100 }]);
      expect(await kept('1', '2')).toEqual(['2']);
      expect(await forgotten()).toEqual(['F1']);
    });

    it('of an erased account go from Slack, and no others', async () => {
      await store().commit([
        put(account('a-1', named('Acme'))),
        picture('1', { about: { accountId: 'a-1', journeys: ['deal:d-1'], names: ['Acme'] } }),
        picture('2', { about: { accountId: 'a-2', journeys: ['deal:d-2'], names: ['Acme'] } }),
        picture('3'),
      ]);
      await erasing([put(account('a-1', { erasedAt: 9 }), { revision: 1, terms: [] }), { kind: 'record.erase', record: 'account', id: 'a-1' }]);
      expect(await kept('1', '2', '3')).toEqual(['2', '3']);
      expect(await forgotten()).toEqual(['F1']);
    });

    it('of an erased deal go from Slack', async () => {
      await store().commit([
        put(deal('d-1', null, named('Pilot'))),
        picture('1', { about: { accountId: 'a-1', journeys: ['deal:d-1'], names: ['Acme', 'Pilot'] } }),
        picture('2', { about: { accountId: 'a-2', journeys: ['deal:d-2'], names: ['Pilot'] } }),
      ]);
      await erasing([put(deal('d-1', null, { erasedAt: 9 }), { revision: 1, terms: [] }), { kind: 'record.erase', record: 'deal', id: 'd-1' }]);
      expect(await kept('1', '2')).toEqual(['2']);
    });

    it('that show a deal named after an erased person go from Slack', async () => {
      await store().commit([
        put(ann),
        picture('1', { about: { accountId: 'a-1', journeys: ['deal:d-1'], names: ['Acme', 'Order of Ann Lee'] } }),
        picture('2', { about: { accountId: 'a-1', journeys: ['deal:d-2'], names: ['Acme', 'Annual order'] } }),
      ]);
      await erasing(erase);
      expect(await kept('1', '2')).toEqual(['2']);
      expect(await forgotten()).toEqual(['F1']);
      expect((await store().erasureOf({ kind: 'person', id: 'p-1' }))?.counts).toMatchObject({ pictures: 1 });
    });
  });
}
