import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixture, historyOf } from './told.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csv-catalogue-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function catalogueOf(text: string) {
  const file = join(folder, 'file.csv');
  await writeFile(file, text);
  return historyOf(file).catalogue();
}

describe('the catalogue of a file', () => {
  it('orders stages by their probability, won and lost last', async () => {
    const { pipelines } = await historyOf(fixture('salesforce-opportunities.csv')).catalogue();
    expect(pipelines).toEqual([
      {
        id: 'default',
        name: 'default',
        stages: [
          { id: 'Prospecting', name: 'Prospecting', outcome: 'open', probability: 0.1 },
          { id: 'Negotiation/Review', name: 'Negotiation/Review', outcome: 'open', probability: 0.9 },
          { id: 'Closed Won', name: 'Closed Won', outcome: 'won', probability: 1 },
        ],
      },
    ]);
  });

  it('orders stages by the moves of deals where there is a history, in whatever order it is written', async () => {
    const { pipelines } = await catalogueOf(
      'deal,stage,entered at\nA,Offer,2026-03-01\nA,Talk,2026-01-01\nB,Talk,2026-01-01\nB,Demo,2026-02-01\nB,Offer,2026-03-01\nC,Demo,2026-02-01\nC,Talk,2026-01-01\n',
    );
    expect(pipelines[0]?.stages.map(({ id }) => id)).toEqual(['Talk', 'Demo', 'Offer']);
  });

  it('keeps pipelines apart and leaves the pipeline out of the stage', async () => {
    const { pipelines } = await catalogueOf('Deal name,Pipeline,Stage\nA,Sales,New (Sales)\nB,Partners,New\nC,Partners,Closed Lost\n');
    expect(pipelines.map(({ id, stages }) => [id, stages.map((stage) => `${stage.id} ${stage.outcome}`)])).toEqual([
      ['Sales', ['New open']],
      ['Partners', ['New open', 'Closed Lost lost']],
    ]);
  });

  it('names owners by what the file has of them', async () => {
    const { owners } = await historyOf(fixture('hubspot-deals.csv')).catalogue();
    expect(owners).toEqual([
      { id: 'Amir Haddad', name: 'Amir Haddad', email: null },
      { id: 'dana@us.example', name: null, email: 'dana@us.example' },
    ]);
  });

  it('lists the values of roles', async () => {
    const { roles } = await historyOf(fixture('hubspot-contacts.csv')).catalogue();
    expect(roles.map(({ value }) => value)).toEqual(['Budget Holder', 'Decision Maker']);
  });

  it('takes nothing from rows that are refused', async () => {
    const { pipelines } = await historyOf(fixture('dirty.csv')).catalogue();
    expect(pipelines[0]?.stages.map(({ id }) => id).sort()).toEqual(['Discovery', 'Offer']);
  });
});
