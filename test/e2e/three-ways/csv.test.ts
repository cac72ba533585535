import './unhurried.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { exportFrom } from './hubspot-export.ts';
import { hubspotWithTeller, openHubspot } from './hubspot-teller.ts';
import type { Outcome } from './outcome.ts';
import { today } from './the-history.ts';
import { imported, outcomeOf } from './ways.ts';

/**
 * What files can say. They have neither merges nor deletions nor what an account was before; a next step only as the text of a column; and whoever was
 * removed is on nobody's list.
 */
const sayable = ({ journeys }: Outcome): unknown =>
  Object.values(journeys).map(({ journey, ...row }) => ({
    ...{ id: row.id, kind: row.kind, accountId: row.accountId, mapKey: row.mapKey, stage: row.stage, outcome: row.outcome },
    ...{ name: row.name, ownerEmail: row.ownerEmail, amount: row.amount, segments: row.segments },
    visits: row.kind === 'deal' ? journey.visits.map(({ stage, enteredAt, leftAt }) => ({ stage, enteredAt, leftAt })) : [],
    closes: journey.deal?.closeDate?.day ?? null,
    account: journey.account?.name,
    committee: journey.committee.map(({ id, name, title, roles }) => ({ id, name, title, roles: roles.map(({ role }) => role) })),
    heard: journey.touchpoints.map(({ at, type, direction, personId }) => ({ at, type, direction, personId })),
  }));

it('gives the journeys of a HubSpot import from the files that somebody exports from HubSpot, in any order, as far as files can say it', {
  timeout: 120_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'journey-export-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  let hubspot: Awaited<ReturnType<typeof hubspotWithTeller>>['hubspot'] | undefined;
  const open: typeof openHubspot = async (clock) => {
    const opened = await hubspotWithTeller(clock);
    hubspot = opened.hubspot;
    return opened.crm;
  };
  const fromFiles = (reversed: boolean) =>
    outcomeOf(open, async (world) => {
      world.happen(today);
      if (hubspot === undefined) throw new Error('there is no HubSpot');
      const files = await exportFrom(hubspot, folder, new Date(today));
      for (const file of reversed ? files.toReversed() : files) await world.import(file);
      await world.start();
      return 0;
    });
  const asked = await outcomeOf(openHubspot, imported);
  const read = await fromFiles(false);
  expect(sayable(read)).toEqual(sayable(asked));
  expect(read.cards.length).toBeGreaterThan(12);
  const again = await fromFiles(true);
  expect(again.journeys).toEqual(read.journeys);
  expect(again.cards.toSorted()).toEqual(read.cards.toSorted());
});
