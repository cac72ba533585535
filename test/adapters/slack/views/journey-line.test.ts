import { expect, it } from 'vitest';
import { journeyLine } from '../../../../src/adapters/slack/views/journey-line.ts';
import type { CardLine } from '../../../../src/core/delivery.ts';

const line: CardLine = {
  journeyId: 'deal:1',
  name: 'Acme rollout',
  url: null,
  accountName: 'Acme GmbH',
  headline: 'Stalled in Decision',
  since: Date.parse('2026-11-03T09:00:00Z'),
  amount: { value: 48_000, currency: 'EUR' },
};

it('says of a journey in one line what is wrong, and whether somebody has it', () => {
  const said = (standing?: CardLine['standing']): string => journeyLine({ ...line, ...(standing === undefined ? {} : { standing }) }).mrkdwn;
  expect(said()).toMatch(/^• \*Acme rollout\* · Acme GmbH · €48,000: Stalled in Decision <!date.*>$/);
  expect(journeyLine({ ...line, accountName: 'ACME' }).mrkdwn).toMatch(/^• \*Acme rollout\* · €48,000: /);
  expect(said('taken')).toBe(`${said()} · 👀 taken`);
  expect(said('snoozed')).toBe(`${said()} · 💤 snoozed`);
});
