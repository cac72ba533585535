import { writeFileSync } from 'node:fs';
import { it } from 'vitest';
import { openHubspot } from './hubspot-teller.ts';
import { imported, importedAndShuffled, inOrder, outcomeOf, shuffledAndHealed } from './ways.ts';

it('x', { timeout: 120_000 }, async () => {
  const ways = { inOrder: inOrder(), healed: shuffledAndHealed(7), imported, both: importedAndShuffled(3) };
  await Promise.all(
    Object.entries(ways).map(async ([name, way]) => {
      const start = Date.now();
      const outcome = await outcomeOf(openHubspot, way);
      writeFileSync(`/tmp/ways-hubspot-${name}.json`, JSON.stringify(outcome, null, 1));
      console.log(name, Date.now() - start, Object.keys(outcome.journeys).length, outcome.cards.length, outcome.clear.length, outcome.posts.length, outcome.unknown, outcome.dead);
    }),
  );
});
