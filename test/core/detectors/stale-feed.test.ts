import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectStaleFeed, feedIsStale, staleFeedParams } from '../../../src/core/detectors/stale-feed.ts';
import { at, officeHours } from '../builders.ts';
import { someDuration } from './holds-until-recheck.ts';

const params = staleFeedParams.parse({});
const hubspot = { source: 'hubspot', lastReceivedAt: at('2026-09-07 10:00') } as const;
const limit = at('2026-09-09 10:00');

describe('stale-feed', () => {
  it('is said of a CRM that was sending and has sent nothing for too long', () => {
    expect(detectStaleFeed(hubspot, params, officeHours, limit - 1)).toEqual({ findings: [], recheckAt: limit });
    expect(detectStaleFeed(hubspot, params, officeHours, limit)).toMatchObject({
      findings: [
        {
          subject: 'feed:hubspot',
          since: hubspot.lastReceivedAt,
          dueAt: limit,
          headline: 'Nothing comes in from HubSpot',
          expected: 'a signal at least every 2 working days',
        },
      ],
      recheckAt: null,
    });
  });

  it('says that the bot itself was away meanwhile, and what to do about that', () => {
    const away = { from: at('2026-09-07 12:00'), to: at('2026-09-09 09:00') };
    const of = (feed: Parameters<typeof detectStaleFeed>[0]) => detectStaleFeed(feed, params, officeHours, limit).findings[0];
    expect(of({ ...hubspot, away })).toMatchObject({
      headline: 'Nothing comes in from HubSpot',
      dueAt: limit,
      evidence: [
        { label: 'Last signal', at: hubspot.lastReceivedAt },
        { label: 'The bot itself was not running from', at: away.from },
        { label: 'until', at: away.to },
      ],
      nextStep: expect.stringContaining('Import what it missed'),
    });
    expect(of({ ...hubspot, source: 'signals', away })?.nextStep).toContain('Send again what happened meanwhile');
    const before = { from: at('2026-09-01'), to: hubspot.lastReceivedAt };
    expect(of({ ...hubspot, away: before })).toEqual(of(hubspot));
  });

  it('does not take a weekend for silence', () => {
    const friday = { source: 'hubspot', lastReceivedAt: at('2026-09-11 16:00') } as const;
    expect(feedIsStale(friday, params, officeHours, at('2026-09-15 15:59'))).toBe(false);
    expect(feedIsStale(friday, params, officeHours, at('2026-09-15 16:00'))).toBe(true);
  });

  it.each([{ source: 'salesforce', lastReceivedAt: null } as const, { source: 'csv', lastReceivedAt: 0 } as const])('is never said of %o', (feed) => {
    expect(detectStaleFeed(feed, params, officeHours, limit)).toEqual({ findings: [], recheckAt: null });
  });

  it('holds until its recheck time, whatever the feed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2000 }),
        fc.integer({ min: 0, max: 2000 }),
        someDuration,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (heard, asked, staleAfter, part) => {
          const feed = { source: 'hubspot', lastReceivedAt: at('2026-03-02') + heard * 3_600_000 } as const;
          const now = at('2026-03-02') + asked * 3_600_000;
          const ask = (when: number) => detectStaleFeed(feed, staleFeedParams.parse({ staleAfter }), officeHours, when);
          const answer = ask(now);
          const until = answer.recheckAt ?? now + 1e10;
          expect(until).toBeGreaterThan(now);
          expect(ask(now + Math.floor((until - 1 - now) * part))).toEqual(answer);
          if (answer.recheckAt !== null) expect(ask(answer.recheckAt).findings).toMatchObject([{ dueAt: answer.recheckAt }]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
