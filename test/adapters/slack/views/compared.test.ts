import { expect, it } from 'vitest';
import { digestView } from '../../../../src/adapters/slack/views/digest.ts';
import { whyView } from '../../../../src/adapters/slack/views/why.ts';
import { readAloud } from '../read-aloud.ts';
import { daysAgo, digest, whySummary } from '../samples.ts';

it('says in a digest what a CRM had not told by itself', () => {
  const feeds = (byKind: Record<string, number>) => [
    { source: 'hubspot', lastReceivedAt: daysAgo(1), stale: false, fetched: { crm: 'HubSpot', byKind } },
    { source: 'signals', lastReceivedAt: daysAgo(1), stale: false },
  ];
  const said = (byKind: Record<string, number>) => readAloud(digestView(digest({ feeds: feeds(byKind) }), false));
  expect(said({ deal: 2, person: 3 })).toContain('\nHubSpot forgot to tell 5 changes (2 deals, 3 people); they were fetched.');
  expect(said({ deal: 1 })).toContain('\nHubSpot forgot to tell 1 change (1 deal); it was fetched.');
});

it('says why with when the CRM was last compared, and when that brought something', () => {
  const said = (fetchedAt: number | null) => readAloud(whyView(whySummary({ compared: { crm: 'HubSpot', at: daysAgo(1), fetchedAt } })));
  expect(said(null)).toContain('HubSpot last compared 2026-11-22 at … · tells');
  expect(said(daysAgo(3))).toContain('HubSpot last compared 2026-11-22 at …; what it had not told of this was fetched 2026-11-20 at …');
  expect(readAloud(whyView(whySummary()))).not.toContain('compared');
});
