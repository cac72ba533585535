import { describe, expect, it } from 'vitest';
import type { Signal } from '../../../src/core/journey/signal.ts';
import { dayMs } from '../../../src/core/time.ts';
import { at } from '../../core/builders.ts';
import { configOf, problemsOf, routes } from '../examples.ts';
import { createCustomer } from './customers.ts';
import { industries } from './industries.ts';
import { live } from './live-year.ts';

/** Maps that nobody should write, and somebody will: they load, and what they make the bot say is sane. */
const hostile: Record<string, string> = {
  'the same sign in every stage, and more stages behind than there are': `
maps: { sales: { extends: b2b-saas, stages: {
  qualification: { signs: [meeting, email, demo] }, consideration: { signs: [email, Meeting] }, proposal: { signs: [MEETING] }, decision: { signs: [email] } },
  rules: { role-lag: { stages: 20, roles: [champion, economic_buyer, legal], after: 0d } } } }`,
  'a sign in the last stage only, everybody behind at once': `
maps: { sales: { extends: b2b-saas, stages: { decision: { signs: [email, meeting] } }, rules: { role-lag: { stages: 1, after: 0d } } } }`,
  'one team in every stage, and a channel that everybody uses': `
teams: { all: { members: [Dana@US.example, dana@us.example], channels: [EMAIL] } }
maps: { sales: { extends: b2b-saas, stages: { qualification: { team: all }, consideration: { team: all }, proposal: { team: all }, decision: { team: all } } } }`,
  'another team in each stage, none of which ever says who it was': `
teams: { one: [a@us.example], two: [b@us.example], three: { channels: [fax] } }
maps: { sales: { extends: b2b-saas, rules: { handoff-gap: { within: 0d, patience: 0d } },
  stages: { qualification: { team: one }, consideration: { team: two }, proposal: { team: one }, decision: { team: three } } } }`,
  'three maps that all begin with the same deal and end with what they begin with': `
maps:
  sales: { extends: b2b-saas }
  first: { for: accounts, ends: { milestone: kickoff }, stages: { a: { begins: { won: true, milestone: [kickoff], renewal: 9999d } }, b: { begins: { won: true, milestone: [kickoff, training] } } } }
  second: { for: accounts, stages: { b: { from: { any: [onboarding, live, churned] }, begins: { won: true } }, a: { from: { any: [Onboarding] }, begins: { renewal: 0d } } } }
  third: { for: accounts, outcomes: { lost: { any: [onboarding] }, won: { any: [live] } }, stages: { c: { begins: { won: true, milestone: [first_value] } } } }`,
};

const industry = industries.find(({ template }) => template === 'nine-stages');
const from = at('2025-09-01');

describe('a hostile map', () => {
  it.each(Object.entries(hostile))('%s: loads, says each thing once a time, and the same of the same', async (_what, text) => {
    expect(await problemsOf(`${text}\n${routes}`)).toEqual([]);
    const config = await configOf(`${text}\n${routes}`);
    if (industry === undefined) throw new Error('no such industry');
    for (const manner of ['perfect', 'healthy', 'troubled'] as const) {
      const { signals } = createCustomer(industry, manner, 3, config.calendar, from);
      const lived = live(signals, config, from + 365 * dayMs);
      for (const { headline } of lived.said) expect(headline).not.toMatch(/undefined|null|NaN/);
      // Whatever the map, one thing is not said of one journey more than once a week on average.
      for (const [, said] of Map.groupBy(lived.said, ({ journeyId, rule, headline }) => `${journeyId} ${rule} ${headline}`))
        expect(said.length, said[0]?.headline ?? '').toBeLessThan(52);
      const shuffled: Signal[] = signals.toReversed();
      expect(live(shuffled, config, from + 365 * dayMs).said).toEqual(lived.said);
    }
  });
});
