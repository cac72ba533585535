import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appHome, bareHome, type HomeSetting } from '../../../../src/adapters/slack/views/app-home.ts';
import { firstHome, homeParts, readHomeState, withFold, writeHomeState } from '../../../../src/adapters/slack/views/app-home-state.ts';
import { md } from '../../../../src/adapters/slack/views/escape.ts';
import { limits } from '../../../../src/adapters/slack/views/limits.ts';
import { refusalView } from '../../../../src/adapters/slack/views/refusals.ts';
import { saidView } from '../../../../src/adapters/slack/views/said.ts';
import type { FeedHealth, HomePage, HomeSummary } from '../../../../src/app/home-summary.ts';
import { weekdays } from '../../../../src/core/calendar.ts';
import { sources } from '../../../../src/core/journey/signal.ts';
import type { Subscription } from '../../../../src/core/subscription.ts';
import { checkView } from '../../../../src/sandbox/block-kit/check-view.ts';
import { subscription } from '../command-samples.ts';
import { expectHarmless, mrkdwnTexts } from '../harmless.ts';
import { feedHealth, homeAccount, homeAlert, homeHealth, homeSummary, onePage } from '../home-samples.ts';
import { at, nullableAt, nullableText, severity, text, url, whole } from '../hostile-text.ts';
import { hostile } from '../hostile-values.ts';
import { readAloud } from '../read-aloud.ts';
import { now, stalledAlert } from '../samples.ts';

const setting = (changes: Partial<HomeSetting> = {}): HomeSetting => ({ state: firstHome, notice: null, now, slackWorks: true, ...changes });
const said = (summary: HomeSummary, changes: Partial<HomeSetting> = {}): string => {
  const view = appHome(summary, setting(changes));
  expect(checkView(view)).toEqual([]);
  return readAloud({ blocks: view.blocks as never }).replaceAll('*', '');
};
/** What the button that is called so carries. */
function carriedBy(value: unknown, label: string): string {
  if (typeof value !== 'object' || value === null) return '';
  if ('type' in value && value.type === 'button' && 'text' in value && 'value' in value && JSON.stringify(value.text).includes(`"${label}"`))
    return String(value.value);
  return (
    Object.values(value)
      .map((inner) => carriedBy(inner, label))
      .find((found) => found !== '') ?? ''
  );
}

describe('the Home tab', () => {
  it('shows what is open with what was expected and what to do, then the accounts', () => {
    const home = said(homeSummary());
    expect(home).toContain('1 alert of yours is open. You own 2 accounts.');
    expect(home).toMatch(/Acme rollout.*Stalled in Decision.*Expected: leaves Decision within 15 working days.*Next:/s);
    expect(home).toMatch(/Acme GmbH · in Decision · 2 open alerts.*No economic buyer.*🟢 Birch AG/s);
    expect(home).not.toMatch(/Connections|Page 1/);
  });

  it('that is empty says what will be there and what to do', () => {
    const nothing = { alerts: onePage<never>(), accounts: onePage<never>() };
    expect(said(homeSummary(nothing))).toMatch(/What will be here.*What to do.*dana@us\.example.*as their owner/s);
    expect(said(homeSummary({ ...nothing, email: null }))).toMatch(/shows me no e-mail address.*your e-mail address as their owner/s);
  });

  it('says that all is clear, but not where a mute keeps something quiet', () => {
    const clear = homeAccount({ alerts: 0, worst: null });
    const home = said(homeSummary({ alerts: onePage(), accounts: onePage(clear) }));
    expect(home).toMatch(/All clear on 1 account of yours.*No alert of yours is open/s);
    const muted = said(homeSummary({ alerts: onePage(), accounts: onePage({ ...clear, isMuted: true }) }));
    expect(muted).toMatch(/You own 1 account; what is muted is marked below.*🔕 Acme GmbH.* · muted/s);
    expect(muted).not.toContain('All clear');
    const held = said(homeSummary({ alerts: onePage(), accounts: onePage({ ...clear, isHeld: true }) }));
    expect(held).toMatch(/You own 1 account; what a silent CRM holds back is marked below.*⏸️ Acme GmbH.* · held back until its CRM sends again/s);
    expect(held).not.toContain('All clear');
  });

  it('says who is on it already, and offers no second acknowledgement', () => {
    const taken = stalledAlert({ state: 'acknowledged', acknowledged: { by: 'U0SAM', at: now } });
    const view = appHome(homeSummary({ alerts: onePage(homeAlert({ alert: taken })), accounts: onePage(homeAccount({ isTaken: true })) }), setting());
    expect(JSON.stringify(view)).not.toContain('"Acknowledge"');
    expect(JSON.stringify(view)).toMatch(/Acknowledged by <@U0SAM>.*👀 \*Acme GmbH/);
  });

  it('turns pages, each button carrying where it leads', () => {
    const many = homeSummary({ accounts: { ...onePage(homeAccount()), total: 1000, page: 7, pages: 100 } });
    const view = appHome(many, setting({ state: { ...firstHome, accounts: 7, folded: ['digests'] } }));
    expect(readHomeState(carriedBy(view, 'Next ›'))).toEqual({ alerts: 1, accounts: 8, folded: ['digests'] });
    expect(readHomeState(carriedBy(view, '‹ Previous')).accounts).toBe(6);
    expect(said(many)).toContain('Page 7 of 100');
    expect(readHomeState(view.private_metadata).accounts).toBe(7);
  });

  it('has no way on from the last page, and shows the last one where there are fewer by now', () => {
    const last = homeSummary({ accounts: { ...onePage(homeAccount()), total: 11, page: 2, pages: 2 } });
    const view = appHome(last, setting({ state: { ...firstHome, accounts: 40 } }));
    expect(JSON.stringify(view)).not.toContain('Next ›');
    expect(readHomeState(view.private_metadata).accounts).toBe(2);
  });

  it.each(['alerts', 'accounts'] as const)('folds %s in', (part) => {
    const view = appHome(homeSummary(), setting({ state: withFold(firstHome, part) }));
    const text = readAloud({ blocks: view.blocks as never });
    expect(text.includes('Stalled in Decision')).toBe(part === 'accounts');
    expect(text.includes('Birch AG')).toBe(part === 'alerts');
    expect(readHomeState(carriedBy(view, 'Show')).folded).toEqual([]);
  });

  it('says what was just done', () => {
    expect(said(homeSummary(), { notice: saidView(md`It was taken.`) })).toContain('It was taken.');
  });

  it('shows admins what works and what does not, and what to do', () => {
    expect(said(homeSummary({ health: homeHealth() }))).toMatch(/Connections: 🟢 all work.*HubSpot: last heard/s);
    const bad = homeHealth({
      store: false,
      inbox: { pending: 3, dead: 2, oldestReceivedAt: now },
      outbox: { pending: 1, failed: 4 },
      feeds: [
        feedHealth({ isStale: true, dead: 2, unknown: 3, pending: 3 }),
        feedHealth({ source: 'pipedrive', lastReceivedAt: null, comparedAt: null }),
      ],
    });
    const home = said(homeSummary({ health: bad }), { slackWorks: false });
    expect(home).toMatch(/⚠️ look here.*Store: does not answer.*Slack: does not take our calls.*3 webhook bodies.*4 that could not be sent/s);
    expect(home).toMatch(/it has gone quiet.*2 dead letters.*3 values that the map does not know.*Pipedrive: nothing has come in yet/s);
    expect(said(homeSummary({ health: homeHealth({ feeds: [] }) }))).toContain('No CRM is connected');
  });

  it('lists the digests that somebody has asked for, and offers another one', () => {
    const monday = subscription({ filter: 'owner:@me' });
    expect(said(homeSummary({ subscriptions: [monday] }))).toMatch(
      /My digests \(1\).*Mondays at 09:00 \(Europe\/Berlin\) · to me · owner:@me.*\[End\].*\[New digest\]/s,
    );
    expect(said(homeSummary())).toMatch(/My digests \(0\).*None yet.*\[New digest\]/s);
  });

  it('is a refusal and nothing else for those who may not see anything', () => {
    const view = bareHome(refusalView());
    expect(checkView(view)).toEqual([]);
    expect(view.blocks).toHaveLength(1);
  });

  it('begins anew where its state is from another version', () => {
    for (const text of [undefined, '', '{', '{"alerts":0}', writeHomeState({ ...firstHome, alerts: -1 })])
      expect(readHomeState(text)).toEqual(firstHome);
  });
});

const page = <Row>(row: fc.Arbitrary<Row>, size: number): fc.Arbitrary<HomePage<Row>> =>
  fc.record({
    rows: fc.array(row, { maxLength: size }),
    total: whole,
    page: fc.integer({ min: 1, max: 99_999 }),
    pages: fc.integer({ min: 1, max: 99_999 }),
  });
const feed: fc.Arbitrary<FeedHealth> = fc.record({
  source: fc.constantFrom(...sources),
  lastReceivedAt: nullableAt,
  isStale: fc.boolean(),
  comparedAt: nullableAt,
  pending: whole,
  dead: whole,
  unknown: whole,
});
const hostileSubscription: fc.Arbitrary<Subscription> = fc.record({
  id: fc.uuid(),
  by: text,
  channel: fc.option(text, { nil: null }),
  weekday: fc.constantFrom(...weekdays),
  time: fc.constantFrom('00:00', '09:30'),
  timezone: fc.constantFrom('Europe/Berlin', 'UTC'),
  filter: text,
  match: fc.constant({}),
  createdAt: at,
});
const hostileHome: fc.Arbitrary<HomeSummary> = fc.record({
  email: nullableText,
  alerts: page(fc.record({ alert: hostile.longAlert, journeyId: text, accountId: nullableText, name: text, url }), 5),
  accounts: page(
    fc.record({
      accountId: nullableText,
      journeyId: text,
      name: text,
      stages: fc.array(text, { maxLength: 6 }),
      alerts: whole,
      worst: fc.option(fc.record({ severity, headline: text, since: at }), { nil: null }),
      isTaken: fc.boolean(),
      isMuted: fc.boolean(),
      isHeld: fc.boolean(),
    }),
    10,
  ),
  subscriptions: fc.array(hostileSubscription, { maxLength: 14 }),
  health: fc.option(
    fc.record({
      store: fc.boolean(),
      inbox: fc.record({ pending: whole, dead: whole, oldestReceivedAt: nullableAt }),
      outbox: fc.record({ pending: whole, failed: whole }),
      feeds: fc.uniqueArray(feed, { selector: ({ source }) => source }),
    }),
    { nil: null },
  ),
});

it('keeps Slack’s limits and says nothing unescaped, whatever a CRM holds', () => {
  fc.assert(
    fc.property(hostileHome, fc.subarray([...homeParts]), (summary, folded) => {
      const view = appHome(summary, setting({ state: { ...firstHome, folded } }));
      expect(checkView(view)).toEqual([]);
      expect(view.private_metadata?.length).toBeLessThanOrEqual(limits.privateMetadata);
      for (const each of mrkdwnTexts(view.blocks)) expectHarmless(each);
    }),
    { numRuns: 40 },
  );
});
