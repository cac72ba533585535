import { describe, expect, it } from 'vitest';
import { createMessagePlaces } from '../../src/app/link-message.ts';
import { aSignal } from '../core/builders.ts';
import { acme, aTeam, stalledAt } from './a-team.ts';
import { aSmallBot } from './small-bot.ts';

const birch = [
  aSignal('account.upserted', '2026-09-07 09:00', { account: { id: 'a-2', name: 'Birch' } }),
  aSignal('deal.upserted', '2026-09-07 09:00', { deal: { id: 'd-2', accountId: 'a-2', name: 'Birch renewal', stage: 'decision' } }),
];

async function placesAfter(...signals: ReturnType<typeof acme>) {
  const bot = await aSmallBot({ config: aTeam() });
  await bot.live(...signals);
  await bot.at(stalledAt);
  const places = createMessagePlaces({ store: bot.store });
  const [card] = (await bot.store.journeyState('deal:d-1')).cards;
  return { places, channel: card?.channel ?? '', ts: card?.posted?.ts ?? '' };
}
const nobody = { threadTs: null, authorEmail: null };

describe('whom a message is about', () => {
  it('is the account of the card in whose thread it stands, whatever else the channel holds', async () => {
    const { places, channel, ts } = await placesAfter(...acme(), ...birch);
    expect(await places.placeOf({ ...nobody, channels: ['C0OTHER', channel], threadTs: ts })).toEqual({ accountId: 'a-1', personId: null });
    expect(await places.placeOf({ ...nobody, channels: [channel], threadTs: '1.1' })).toBeNull();
  });

  it('is the only account that the channel has cards of', async () => {
    const { places, channel } = await placesAfter(...acme());
    expect(await places.placeOf({ ...nobody, channels: [channel] })).toEqual({ accountId: 'a-1', personId: null });
    expect(await places.placeOf({ ...nobody, channels: ['#elsewhere'] })).toBeNull();
  });

  it('is the account of the one person who has the author’s address', async () => {
    const person = (id: string) =>
      aSignal('person.upserted', '2026-09-07 09:00', { person: { id, accountId: 'a-1', name: id, email: 'Priya@acme.example' } });
    const asked = { channels: ['#elsewhere'], threadTs: null, authorEmail: 'priya@ACME.example' };
    const { places } = await placesAfter(...acme(), person('p-1'));
    expect(await places.placeOf(asked)).toEqual({ accountId: 'a-1', personId: 'p-1' });
    const twice = await placesAfter(...acme(), person('p-1'), person('p-2'));
    expect(await twice.places.placeOf(asked)).toBeNull();
    expect(await places.placeOf({ ...asked, authorEmail: 'nobody@acme.example' })).toBeNull();
  });
});
