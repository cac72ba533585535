import { describe, expect, it } from 'vitest';
import { accountView } from '../../../../src/adapters/slack/views/account.ts';
import { briefText } from '../../../../src/adapters/slack/views/account-brief.ts';
import { dealView } from '../../../../src/adapters/slack/views/deal.ts';
import { homeView } from '../../../../src/adapters/slack/views/home.ts';
import { whyView } from '../../../../src/adapters/slack/views/why.ts';
import { readAloud } from '../read-aloud.ts';
import { accountSummary, journeySummary, now, whySummary } from '../samples.ts';

const clear = journeySummary({ alerts: [] });
const quiet = journeySummary({ alerts: [], held: 2 });
const settling = journeySummary({ alerts: [], settling: true });

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

  it('is not all clear while history comes in, of which nothing is judged yet', () => {
    const summary = accountSummary({ journeys: [clear, settling] });
    const deal = { accountName: 'Acme GmbH', accountId: 'a-1', journey: settling, committee: [], touchpoints: [] };
    for (const said of [readAloud(accountView(summary, now)), readAloud(dealView(deal, now))]) {
      expect(said).toContain('⏳ *Not judged yet:* history is still coming in.');
      expect(said.toLowerCase()).not.toContain('all clear');
    }
    expect(briefText(summary).mrkdwn).toBe('Acme GmbH: not judged yet');
    const home = homeView({ mine: [], mineTotal: 0, openTotal: 0, settling: true }, 'dana@us.example');
    expect(readAloud(home)).toContain('⏳ *Not judged yet:* history is still coming in.');
  });

  it('is not all clear in a stage that the map does not know, where rules about stages say nothing', () => {
    const lost = journeySummary({ alerts: [], offMap: true });
    const summary = accountSummary({ journeys: [clear, lost] });
    const deal = { accountName: 'Acme GmbH', accountId: 'a-1', journey: lost, committee: [], touchpoints: [] };
    for (const said of [
      readAloud(accountView(summary, now)),
      readAloud(dealView(deal, now)),
      readAloud(whyView(whySummary({ alerts: [], held: [], offMap: true }))),
    ]) {
      expect(said.toLowerCase()).toContain('no open alert');
      expect(said.toLowerCase()).not.toContain('all clear');
    }
    expect(briefText(summary).mrkdwn).toBe('Acme GmbH: no open alert, stage not on the map');
  });

  it('still differs from the map where somebody resolved it by hand', () => {
    const said = readAloud(accountView(accountSummary({ journeys: [journeySummary({ alerts: [], resolvedByHand: 1 })] }), now));
    expect(said).toContain('🟢 *All clear:* nothing needs doing. 1 alert was resolved by hand and is still true: /journey why says which.');
    expect(said).not.toContain('nothing differs');
  });

  it('is nothing that an account without journeys could have', () => {
    expect(readAloud(accountView(accountSummary({ journeys: [] }), now)).toLowerCase()).not.toContain('all clear');
  });
});
