import './unhurried.ts';
import { openSalesforce } from './salesforce-teller.ts';
import { sameInEveryWay } from './same-in-every-way.ts';

sameInEveryWay({
  name: 'Salesforce',
  open: openSalesforce,
  compares: true,
  // Salesforce keeps no history of an account's type: where an account was before, only who was there knows.
  onlyTold: (journeys) =>
    Object.fromEntries(
      Object.entries(journeys).map(([id, kept]) =>
        kept.kind === 'account' ? [id, { ...kept, journey: { ...kept.journey, visits: kept.journey.visits.slice(-1) } }] : [id, kept],
      ),
    ),
});
