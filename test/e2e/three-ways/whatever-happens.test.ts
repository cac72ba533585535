import './unhurried.ts';
import { expect, it } from 'vitest';
import { aRandomHistory } from './a-random-history.ts';
import { openHubspot } from './hubspot-teller.ts';
import type { Outcome } from './outcome.ts';
import { openPipedrive } from './pipedrive-teller.ts';
import { openSalesforce } from './salesforce-teller.ts';
import { openOnes } from './same-in-every-way.ts';
import { loud } from './the-map.ts';
import { asItHappens, besideWebhooks, healed, imported, outcomeOf } from './ways.ts';

/** Each with what else is done to deals there, in some histories: Salesforce merges none. */
const crms = [
  ['HubSpot', openHubspot, ['transfer', 'mergeDeals']],
  ['Salesforce', openSalesforce, ['transfer']],
  ['Pipedrive', openPipedrive, ['transfer', 'mergeDeals']],
] as const;
/** Any number is a history, and more of them find more: these take time. */
const histories = [3, 13];
const tidied = [16];

/** Where an alert is said is settled when it opens, by what the deal was then; an import opens all now. */
const saying = ({ open }: Outcome) => Object.fromEntries(Object.entries(open).map(([identity, { routes: _, ...alert }]) => [identity, alert]));

const cardsOf = ({ toDo }: Outcome) => toDo.map(({ id, notifyOwner }) => ({ id, notifyOwner }));

/** That something else was planned and called off shows in when the next step became it: only to whoever was there. */
const standing = ({ journeys }: Outcome) =>
  Object.fromEntries(
    Object.entries(openOnes(journeys)).map(([id, { journey, ...row }]) => {
      const { nextStep } = journey;
      return [id, { ...row, journey: { ...journey, nextStep: nextStep === null ? null : { title: nextStep.title, due: nextStep.due } } }];
    }),
  );

it.each(
  crms.flatMap(([name, open, also]) => [
    ...histories.map((number) => [name, `history ${number}`, open, () => aRandomHistory(number), number] as const),
    ...tidied.map((number) => [name, `history ${number}, with ${also.join(' and ')}`, open, () => aRandomHistory(number, also), number] as const),
  ]),
)(
  'whatever happens in %s (%s), the same is true of it, and alerted, by webhooks as it happens, by some of them late, by an import, and by both at once',
  { timeout: 120_000 },
  async (_, __, open, history, number) => {
    const [live, late, read, both] = await Promise.all(
      // The bot compares in any way: what only time brings about, such as the end of a meeting, nobody sends.
      [asItHappens(true), healed(number), imported, besideWebhooks(number)].map((way) => outcomeOf(open, way, loud, history())),
    );
    if (live === undefined || late === undefined || read === undefined || both === undefined) throw new Error('not told');
    expect(Object.keys(read.journeys).length).toBeGreaterThan(5);
    expect(Object.keys(read.open).length).toBeGreaterThan(5);
    for (const told of [live, late, both]) {
      expect(standing(told)).toEqual(standing(read));
      expect(saying(told)).toEqual(saying(read));
      expect(told.deadLetters).toBe(0);
    }
    // Both know the deals as they are today, and open all now.
    expect(cardsOf(both)).toEqual(cardsOf(read));
  },
);
