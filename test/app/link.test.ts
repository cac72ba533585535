import { describe, expect, it } from 'vitest';
import { hubspotLink } from '../../src/adapters/crm/hubspot/record-links.ts';
import { createLinks } from '../../src/app/link.ts';
import type { Signal } from '../../src/core/journey/signal.ts';
import { aSignal } from '../core/builders.ts';
import { aTeam } from './a-team.ts';
import { aSmallBot } from './small-bot.ts';
import { eraseAll } from './whole-store.ts';

const said = (type: 'account' | 'deal' | 'person', fields: { id: string } & Record<string, unknown>, at = '2026-09-07 10:00'): Signal =>
  aSignal(`${type}.upserted`, at, { [type]: fields });
const acme = [
  said('account', { id: 'hubspot:1', name: 'Acme GmbH', url: 'https://app.hubspot.com/contacts/145/record/0-2/1' }),
  said('deal', {
    id: 'hubspot:2',
    accountId: 'hubspot:1',
    name: 'Rollout',
    stage: 'decision',
    url: 'https://app.hubspot.com/contacts/145/record/0-3/2',
  }),
  said('deal', {
    id: 'hubspot:3',
    accountId: 'hubspot:1',
    name: 'Renewal',
    stage: 'decision',
    url: 'https://app.hubspot.com/contacts/145/record/0-3/3',
  }),
  said('person', { id: 'hubspot:4', accountId: 'hubspot:1', name: 'Priya Nair' }),
];
const dealUrl = 'https://app.hubspot.com/contacts/145/record/0-3/3';

async function linksAfter(...signals: Signal[]) {
  const bot = await aSmallBot({ config: aTeam() });
  await bot.live(...signals);
  let ids = 0;
  const links = createLinks({ store: bot.store, readers: [hubspotLink], answers: bot.answers, clock: bot.clock, newId: () => `link-${++ids}` });
  return { bot, links };
}

describe('what links have shown', () => {
  const place = { channelId: 'C1', ts: '1.5' };
  const lee = said('person', { id: 'hubspot:5', accountId: 'hubspot:1', name: 'Ann Lee' });
  const step = aSignal('next-step.set', '2026-09-07 10:00', { nextStep: { dealId: 'hubspot:3', title: 'Ask Ann Lee', due: '2026-12-01' } });

  it.each([
    ['person', 'hubspot:5'],
    ['deal', 'hubspot:3'],
    ['account', 'hubspot:1'],
  ] as const)('is drawn anew when a %s in it is erased', async (kind, id) => {
    const { bot, links } = await linksAfter(...acme, lee, step);
    const summary = await links.summary(dealUrl);
    if (summary === null) throw new Error('nothing is shown');
    await links.noteShown(place, new Map([[dealUrl, summary]]));
    await bot.live(aSignal('record.erased', '2026-09-07 12:00', { record: { kind, id } }));
    await eraseAll(bot.store, bot.clock.now());
    await bot.deliver.run();
    expect(bot.slack.calls).toContain('edit C1 links');
    expect(JSON.stringify(await bot.store.saidBy('link-1'))).not.toContain({ person: 'Ann Lee', deal: 'Renewal', account: 'Acme GmbH' }[kind]);
  });

  it('is left as it is when somebody else is erased', async () => {
    const { bot, links } = await linksAfter(...acme, lee, step, said('person', { id: 'hubspot:6', accountId: 'hubspot:1', name: 'Omar Haddad' }));
    const summary = await links.summary(dealUrl);
    if (summary === null) throw new Error('nothing is shown');
    await links.noteShown(place, new Map([[dealUrl, summary]]));
    await bot.live(aSignal('record.erased', '2026-09-07 12:00', { record: { kind: 'person', id: 'hubspot:6' } }));
    await eraseAll(bot.store, bot.clock.now());
    await bot.deliver.run();
    expect(bot.slack.calls).not.toContain('edit C1 links');
  });
});

describe('a link that was pasted', () => {
  it('to a deal shows its account, that deal first', async () => {
    const { links } = await linksAfter(...acme);
    const summary = await links.summary(dealUrl);
    expect(summary?.account).toMatchObject({ id: 'hubspot:1', name: 'Acme GmbH' });
    expect(summary?.journeys.map(({ name }) => name)).toEqual(['Renewal', 'Rollout']);
    expect((await links.summary('https://app-eu1.hubspot.com/contacts/145/deal/2?x=1&amp;y=2'))?.journeys[0]?.name).toBe('Rollout');
  });

  it('to a company or a contact shows the account', async () => {
    const { links } = await linksAfter(...acme);
    for (const page of ['company/1', 'contact/4'])
      expect((await links.summary(`https://app.hubspot.com/contacts/145/${page}`))?.account?.id).toBe('hubspot:1');
  });

  it('to a record with the same number in another portal shows nothing', async () => {
    const { links } = await linksAfter(...acme);
    expect(await links.summary('https://app.hubspot.com/contacts/999/record/0-3/3')).toBeNull();
  });

  it('is the very address that a record of the signals endpoint carries, with a slash at its end or without', async () => {
    const { links } = await linksAfter(
      said('account', { id: 'a-1', name: 'Acme', url: 'https://crm.example/a/1?tab=x&b=2' }),
      said('deal', { id: 'd-1', accountId: 'a-1', name: 'Rollout', stage: 'decision', url: 'https://crm.example/d/1/' }),
      said('person', { id: 'p-1', accountId: 'a-1', name: 'Priya', url: 'https://crm.example/p/1' }),
    );
    for (const url of ['https://crm.example/a/1?tab=x&amp;b=2', 'https://crm.example/d/1', 'https://crm.example/d/1/', 'https://crm.example/p/1'])
      expect((await links.summary(url))?.account?.id, url).toBe('a-1');
    for (const url of ['https://crm.example/a/1', 'https://crm.example/d', 'https://crm.example/d/12', 'https://crm.example/', 'no address'])
      expect(await links.summary(url), url).toBeNull();
  });

  it('to a deal without an account shows the deal alone', async () => {
    const { links } = await linksAfter(said('deal', { id: 'hubspot:7', name: 'Lonely', stage: 'decision' }));
    expect(await links.summary('https://app.hubspot.com/contacts/145/deal/7')).toMatchObject({ account: null, journeys: [{ name: 'Lonely' }] });
  });

  it('finds what was merged under its new id', async () => {
    const { links } = await linksAfter(
      ...acme,
      said('account', { id: 'hubspot:9', name: 'Acme Inc' }),
      aSignal('record.merged', '2026-09-08 09:00', { merge: { kind: 'account', from: ['hubspot:9'], into: 'hubspot:1' } }),
    );
    expect((await links.summary('https://app.hubspot.com/contacts/145/company/9'))?.account?.id).toBe('hubspot:1');
  });

  it.each(['deleted', 'erased'] as const)('shows nothing of what was %s', async (what) => {
    const { bot, links } = await linksAfter(...acme, said('account', { id: 'a-1', name: 'Other', url: 'https://crm.example/a/1' }));
    for (const id of ['hubspot:1', 'a-1']) await bot.live(aSignal(`record.${what}`, '2026-09-08 09:00', { record: { kind: 'account', id } }));
    expect(await links.summary('https://app.hubspot.com/contacts/145/company/1')).toBeNull();
    expect(await links.summary('https://crm.example/a/1')).toBeNull();
  });

  it('shows nothing of what only others have named', async () => {
    const { links } = await linksAfter(said('deal', { id: 'hubspot:2', accountId: 'hubspot:5', name: 'Rollout', stage: 'decision' }));
    expect(await links.summary('https://app.hubspot.com/contacts/145/company/5')).toBeNull();
    expect(await links.summary('https://app.hubspot.com/contacts/145/company/6')).toBeNull();
  });
});
