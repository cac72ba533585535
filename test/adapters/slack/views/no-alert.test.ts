import { describe, expect, it } from 'vitest';
import { accountView } from '../../../../src/adapters/slack/views/account.ts';
import { briefText } from '../../../../src/adapters/slack/views/account-brief.ts';
import { dealView } from '../../../../src/adapters/slack/views/deal.ts';
import { readAloud } from '../read-aloud.ts';
import { accountSummary, journeySummary, now } from '../samples.ts';

const clear = journeySummary({ alerts: [] });
const quiet = journeySummary({ alerts: [], held: 2 });

describe('a journey without an open alert', () => {
  it('is all clear where nothing is held back', () => {
    expect(readAloud(accountView(accountSummary({ journeys: [clear] }), now))).toContain('🟢 *All clear:* nothing differs from the map.');
  });

  it('is not all clear while its CRM is silent, and says how many wait', () => {
    const summary = accountSummary({ journeys: [quiet] });
    const deal = { accountName: 'Acme GmbH', accountId: 'a-1', journey: quiet, committee: [], touchpoints: [] };
    for (const said of [readAloud(accountView(summary, now)), readAloud(dealView(deal, now))]) {
      expect(said).toContain('⏸️ *No open alert,* but 2 alerts held back: /journey why says why.');
      expect(said.toLowerCase()).not.toContain('all clear');
    }
    expect(briefText(summary).mrkdwn).toBe('Acme GmbH: no open alert, 2 held back');
  });
});
