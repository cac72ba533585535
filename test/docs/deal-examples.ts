import type { Journey } from '../../src/core/journey/journey.ts';
import type { AssetDefinition, JourneyMap, TeamDefinition } from '../../src/core/journey/journey-map.ts';
import type { Touchpoint } from '../../src/core/journey/record.ts';
import { aJourney, aMap, aPerson, aTouchpoint, at } from '../core/builders.ts';

/** A journey of which a rule speaks at `now`, and the same journey at `later`, of which it does not any more. */
export type RuleExample = { map: JourneyMap; journey: Journey; now: string; params?: object; after: Journey | null; later: string };

type Said = Partial<Omit<RuleExample, 'map' | 'journey' | 'after'>> & {
  map?: JourneyMap;
  /** What is particular to the journey, and what it is like later; null: only a person ends it. */
  with: Parameters<typeof aJourney>[0];
  after: Parameters<typeof aJourney>[0] | null;
};

const buyer = aPerson('Priya Nair', 'economic_buyer', { title: 'CFO' });
const champion = aPerson('Tom Weber', 'champion', { title: 'Head of Operations' });
const entered = at('2026-09-07 09:00');
const from = (direction: 'inbound' | 'outbound', when: string, traits: Partial<Touchpoint> & { person?: string } = {}) =>
  aTouchpoint(direction, when, { channel: 'email', person: 'Priya Nair', ...traits });
const pricing: AssetDefinition = { key: 'pricing', label: 'Pricing sheet', names: ['pricing'], roles: ['economic_buyer'] };
const onboarding: TeamDefinition = { key: 'onboarding', label: 'Onboarding', members: ['mia@us.example'], channels: [] };
const byThen = '2026-10-12 09:00';

const committee = [buyer, champion];

/** One of every rule about a deal. A rule without one fails the test of docs/rules.md. */
export const dealExamples: Record<string, RuleExample> = {
  'response-gap': example({
    with: { committee, touchpoints: [from('inbound', '2026-09-08 10:00', { type: 'question' })] },
    after: { committee, touchpoints: [from('inbound', '2026-09-08 10:00', { type: 'question' }), from('outbound', '2026-09-10 15:00')] },
  }),
  stalled: example({
    with: { committee },
    after: {
      committee,
      visits: [
        ['decision', entered],
        ['implementation', at('2026-10-08 10:00')],
      ],
    },
  }),
  'no-activity': example({
    with: { committee, touchpoints: [from('inbound', '2026-09-08 10:00')] },
    after: {
      committee,
      touchpoints: [from('inbound', '2026-09-08 10:00'), from('outbound', '2026-10-08 15:00', { type: 'call', channel: 'phone' })],
    },
  }),
  ghosted: example({
    with: { committee, touchpoints: ['08', '10', '14'].map((day) => from('outbound', `2026-09-${day} 10:00`)) },
    after: {
      committee,
      touchpoints: [...['08', '10', '14'].map((day) => from('outbound', `2026-09-${day} 10:00`)), from('inbound', '2026-10-08 10:00')],
    },
  }),
  'silent-role': example({
    with: { committee: [buyer], touchpoints: [from('inbound', '2026-09-08 10:00')] },
    after: { committee: [buyer], touchpoints: [from('inbound', '2026-09-08 10:00'), from('inbound', '2026-10-08 10:00')] },
  }),
  'missing-role': example({
    map: aMap({ stages: ['consideration', { key: 'decision', expects: { roles: ['economic_buyer'] } }] }),
    with: { committee: [champion, aPerson('Ana Ruiz')] },
    after: { committee },
  }),
  'single-threaded': example({
    with: { committee, touchpoints: [from('inbound', '2026-10-01 10:00')] },
    now: '2026-10-09 10:00',
    after: { committee, touchpoints: [from('inbound', '2026-10-01 10:00'), from('inbound', '2026-10-12 08:00', { person: 'Tom Weber' })] },
  }),
  'stage-regression': example({
    with: {
      committee,
      visits: [
        ['consideration', at('2026-08-03 09:00')],
        ['decision', entered],
        ['consideration', at('2026-09-21 09:00')],
      ],
    },
    after: {
      committee,
      visits: [
        ['consideration', at('2026-08-03 09:00')],
        ['decision', entered],
        ['consideration', at('2026-09-21 09:00')],
        ['decision', at('2026-10-08 09:00')],
      ],
    },
  }),
  'skipped-stage': example({
    map: aMap({ stages: ['awareness', { key: 'consideration', required: true }, 'decision'] }),
    with: {
      committee,
      visits: [
        ['awareness', at('2026-08-03 09:00')],
        ['decision', entered],
      ],
    },
    after: {
      committee,
      visits: [
        ['awareness', at('2026-08-03 09:00')],
        ['consideration', at('2026-08-20 09:00')],
        ['decision', entered],
      ],
    },
  }),
  'close-date': example({
    with: { committee, deal: { closeDates: [{ day: '2026-09-30', setAt: entered }] } },
    after: {
      committee,
      deal: {
        closeDates: [
          { day: '2026-09-30', setAt: entered },
          { day: '2026-12-15', setAt: at('2026-10-08 10:00') },
        ],
      },
    },
  }),
  'moment-missed': example({
    map: aMap({ stages: ['consideration', { key: 'decision', expects: { moments: ['security_review'] } }] }),
    with: { committee },
    after: { committee, touchpoints: [from('inbound', '2026-10-08 10:00', { type: 'security_review', channel: 'video' })] },
  }),
  'moment-negative': example({
    map: aMap({ stages: [{ key: 'consideration', expects: { moments: ['demo'] } }, 'decision'] }),
    with: { committee, touchpoints: [from('inbound', '2026-09-08 10:00', { type: 'demo', channel: 'video', sentiment: -1 })] },
    after: {
      committee,
      touchpoints: [
        from('inbound', '2026-09-08 10:00', { type: 'demo', channel: 'video', sentiment: -1 }),
        from('inbound', '2026-10-08 10:00', { type: 'demo', channel: 'video', sentiment: 1 }),
      ],
    },
  }),
  'content-gap': example({
    map: aMap({ stages: ['consideration', { key: 'decision', expects: { roles: ['economic_buyer'] }, assets: [pricing] }] }),
    with: { committee },
    after: { committee, touchpoints: [from('outbound', '2026-10-08 10:00', { asset: 'pricing' })] },
  }),
  'role-lag': example({
    map: aMap({
      stages: [
        { key: 'awareness', signs: ['webinar_attended'] },
        { key: 'consideration', expects: { moments: ['demo'] } },
        { key: 'decision', signs: ['contract_viewed'], assets: [pricing] },
      ],
    }),
    with: { committee, touchpoints: ownWays() },
    after: { committee, touchpoints: [...ownWays(), from('inbound', '2026-10-08 10:00', { type: 'contract_viewed', channel: 'web' })] },
  }),
  'handoff-gap': example({
    map: aMap({ stages: ['decision', { key: 'implementation', team: onboarding }] }),
    with: {
      committee,
      visits: [
        ['decision', at('2026-08-03 09:00')],
        ['implementation', entered],
      ],
    },
    after: {
      committee,
      visits: [
        ['decision', at('2026-08-03 09:00')],
        ['implementation', entered],
      ],
      touchpoints: [from('outbound', '2026-10-08 10:00', { type: 'kickoff_call', channel: 'video', by: 'mia@us.example' })],
    },
  }),
};

function ownWays(): Touchpoint[] {
  return [
    from('inbound', '2026-08-03 10:00', { type: 'webinar_attended', channel: 'web' }),
    from('inbound', '2026-08-10 10:00', { type: 'demo', channel: 'video', person: 'Tom Weber' }),
    from('inbound', '2026-09-08 10:00', { type: 'contract_viewed', channel: 'web', person: 'Tom Weber' }),
  ];
}

/** An example with what most of them have in common. */
export function example({ with: traits, after, map = aMap(), now = '2026-10-05 09:00', later = byThen, ...rest }: Said): RuleExample {
  return { map, journey: aJourney(traits), now, later, after: after === null ? null : aJourney(after), ...rest };
}
