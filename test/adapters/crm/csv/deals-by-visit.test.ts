import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { previewImport } from '../../../../src/app/preview-import.ts';
import { aTeam } from '../../../app/a-team.ts';
import { historyOf, ofType, pagesOf, toldOf } from './told.ts';

async function historyOfText(text: string, pageSignals = 2_000) {
  const folder = await mkdtemp(join(tmpdir(), 'journey-visits-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'deals.csv');
  await writeFile(file, text);
  return historyOf(file, { as_of: '2026-09-25' }, pageSignals);
}

const header = 'Record ID,Deal Name,Deal Stage,Date entered stage';
const visits = `${header}
1,Acme,Qualified lead,2026-09-01
1,Acme,Demo,2026-09-08
1,Acme,Proposal sent,2026-09-15
2,Globex,Demo,2026-09-10
`;
const [, ...rows] = visits.trim().split('\n');
const newestFirst = `${[header, ...rows.reverse()].join('\n')}\n`;

it('a row for each visit of a stage says where the deal was then, and nothing else of where it is now', async () => {
  const told = await toldOf(await historyOfText(visits));
  expect(ofType(told, 'stage.entered').map(({ stage, occurredAt }) => [stage.stage, new Date(occurredAt).toISOString()])).toEqual([
    ['Qualified lead', '2026-08-31T22:00:00.000Z'],
    ['Demo', '2026-09-07T22:00:00.000Z'],
    ['Proposal sent', '2026-09-14T22:00:00.000Z'],
    ['Demo', '2026-09-09T22:00:00.000Z'],
  ]);
  expect(ofType(told, 'deal.upserted').map(({ deal }) => deal.stage)).toEqual([undefined, undefined, undefined, 'Demo']);
  expect(told.refused).toEqual([]);
});

it('the rows of a deal may stand anywhere in the file, and be read from anywhere', async () => {
  const [head, first, second, third, other] = visits.split('\n');
  const apart = await historyOfText([head, third, other, first, second, ''].join('\n'), 1);
  const [page] = await pagesOf(apart);
  const stages = [page, ...(await pagesOf(apart, page?.cursor ?? null))].flatMap((each) =>
    (each?.signals ?? []).flatMap((signal) => (signal.type === 'deal.upserted' ? [signal.deal.stage] : [])),
  );
  expect(stages).toEqual([undefined, 'Demo', undefined, undefined]);
});

it('a preview counts such a deal where it is now, in whatever order the rows stand', async () => {
  const preview = await previewImport(
    { history: await historyOfText(newestFirst), config: aTeam(), knownDeals: async () => new Set(), waitUntil: async () => {} },
    { since: null, stopping: new AbortController().signal },
  );
  expect(preview.unmapped.stages.map(({ id, deals, moves }) => [id, deals, moves])).toEqual([
    ['Demo', 1, 2],
    ['Proposal sent', 1, 1],
    ['Qualified lead', 0, 1],
  ]);
});

it('stages come in the order in which deals entered them, whatever the probability of such a deal is now', async () => {
  const { pipelines } = await (
    await historyOfText(`Record ID,Deal Name,Deal Stage,Date entered stage,Probability,Deal Status
1,Acme,Zulu,2026-09-01,100,won
1,Acme,Mike,2026-09-08,100,won
1,Acme,Alpha,2026-09-15,100,won
`)
  ).catalogue();
  expect(pipelines[0]?.stages.map(({ id, outcome }) => [id, outcome])).toEqual([
    ['Zulu', 'open'],
    ['Mike', 'open'],
    ['Alpha', 'open'],
  ]);
});

it('a visit that does not say when is reported, and one that closed the deal is no other deal', async () => {
  const told = await toldOf(
    await historyOfText(`${header},Close date
1,Acme,Demo,2026-09-01,2026-09-20
1,Acme,Closed Won,2026-09-20,2026-09-20
1,Acme,Proposal sent,,2026-09-20
`),
  );
  expect(ofType(told, 'deal.upserted').map(({ deal }) => deal.stage)).toEqual([undefined, undefined, undefined]);
  expect(told.refused).toEqual([
    {
      where: 'line 4, column "Date entered stage"',
      why: 'is empty, where other rows of the deal say when: nobody knows when it was in this stage; the row was read without it',
    },
  ]);
});

it('people of a deal who have a row each are no visits', async () => {
  const told = await toldOf(
    await historyOfText(`${header},Contact Name
1,Acme,Demo,2026-09-01,Ann Lee
1,Acme,Demo,2026-09-01,Bob Ray
`),
  );
  expect(ofType(told, 'deal.upserted').map(({ deal }) => deal.stage)).toEqual(['Demo', 'Demo']);
});
