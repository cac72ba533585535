import './unhurried.ts';
import { openHubspot } from './hubspot-teller.ts';
import { sameInEveryWay } from './same-in-every-way.ts';

sameInEveryWay({
  name: 'HubSpot',
  open: openHubspot,
  // With whom it was, HubSpot forgets when it deletes the person: whoever heard of it before still knows that somebody was heard from.
  onlyToldCards: (toDo) =>
    toDo.map((card) => {
      const alerts = card.alerts.map(({ since, dueAt, ...alert }) => (alert.rule === 'single-threaded' ? alert : { ...alert, since, dueAt }));
      return card.account?.name === 'Fjord' ? { ...card, alerts: alerts as typeof card.alerts } : card;
    }),
  onlyTold: (journeys) =>
    Object.fromEntries(
      Object.entries(journeys).map(([id, kept]) => {
        const there = new Set(kept.journey.committee.map((person) => person.id));
        const touchpoints = kept.journey.touchpoints.map((one) => ({
          ...one,
          personId: one.personId !== null && there.has(one.personId) ? one.personId : null,
        }));
        return [id, { ...kept, journey: { ...kept.journey, touchpoints } }];
      }),
    ),
});
