import type { About } from '../../../src/commands/backtest/words.ts';
import type { BacktestReport } from '../../../src/core/backtest/report.ts';
import type { JourneyStory } from '../../../src/core/backtest/story.ts';
import { createTally } from '../../../src/core/backtest/tally.ts';
import { thresholdsOf } from '../../../src/core/backtest/variants.ts';
import { dayMs } from '../../../src/core/time.ts';
import { aConfig, at } from '../../core/builders.ts';

export const about: About = { map: 'journey.yml', version: 'v1', timezone: 'Europe/Berlin' };

/** Ten weeks in which `stalled` was said of `deals` deals, three of four of which were lost, in `channel`; as many again were won in silence. */
export function aReport({ deals = 20, channel = '#deals', erased = { account: 0, deal: 0, person: 0 } } = {}): BacktestReport {
  const from = at('2026-09-07');
  const thresholds = thresholdsOf(aConfig());
  const tally = createTally(thresholds, { from, to: from + 70 * dayMs });
  for (let n = 0; n < deals * 2; n += 1) {
    const alerted = n < deals;
    const firstAt = alerted ? from + (n % 30) * dayMs : null;
    const story: JourneyStory = {
      ...{ id: `deal:${n}`, kind: 'deal', mapKey: 'new-business', rules: new Set(['stalled', 'close-date']), heldBack: new Map() },
      outcome: { state: alerted && n % 4 !== 0 ? 'lost' : 'won', at: from + 60 * dayMs },
      alerts: firstAt === null ? [] : [{ rule: 'stalled', subject: 'journey', at: firstAt, endedAt: null, channels: [channel] }],
      variants: thresholds.flatMap(({ rule, variants }) =>
        variants.map(({ factor }) => (rule === 'stalled' && n < deals / factor ? { alerts: 1, firstAt: from } : { alerts: 0, firstAt: null })),
      ),
    };
    tally.add(story);
  }
  return tally.report({ knownFrom: 'occurred', signals: deals * 50, erased, limitsLearned: 3 });
}
