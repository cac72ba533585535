import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CsvOrder, openCsv } from '../../../src/commands/csv/open-csv.ts';
import type { Prompts } from '../../../src/commands/init/prompts.ts';
import type { Signal } from '../../../src/core/journey/signal.ts';
import { scriptedPrompts } from './scripted-prompts.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'open-csv-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function fixture(name: string): Promise<string> {
  await cp(join(import.meta.dirname, '../../fixtures/csv', name), join(folder, name));
  return join(folder, name);
}

async function written(text: string): Promise<string> {
  await writeFile(join(folder, 'own.csv'), text);
  return join(folder, 'own.csv');
}

const open = (file: string, more: Partial<CsvOrder> = {}) =>
  openCsv({
    file,
    map: null,
    timezone: 'Europe/Berlin',
    clock: { now: () => Date.UTC(2026, 9, 1) },
    prompts: null,
    knownDeals: null,
    print: () => {},
    ...more,
  });

async function signalsOf(file: string, prompts: Prompts | null = null): Promise<Signal[]> {
  const opened = await open(file, { prompts });
  if (!opened.ok) throw new Error(opened.message);
  const signals: Signal[] = [];
  for await (const page of opened.history.pages({ since: null, cursor: null }, new AbortController().signal)) signals.push(...page.signals);
  return signals;
}

describe('a file that is recognised', () => {
  it('is opened without a question', async () => {
    const { prompts, asked } = scriptedPrompts({});
    expect(await open(await fixture('hubspot-deals.csv'), { prompts })).toMatchObject({ ok: true, mappingFile: null });
    expect(asked).toEqual([]);
  });

  it('says what is read as what, and what is not read', async () => {
    const file = await written('Company name,Website,Our Notes\nA,a.example,x\n');
    expect(await open(file)).toMatchObject({
      reading: [
        `${file} is read as accounts: "Company name" as account.name, "Website" as account.domain.`,
        expect.stringContaining('Not read: "Our Notes".'),
      ],
    });
  });

  it('says which columns are called alike, and which of them counts', async () => {
    const opened = await open(await written('Deal name,Stage,Stage,Last activity,Stage since\nA,Offer,Contract,,\n'));
    expect(opened).toMatchObject({
      reading: expect.arrayContaining(['Several columns are called "Stage": in each row the first that is filled counts.']),
    });
  });

  it('says how letters are read that may be others', async () => {
    const file = join(folder, 'own.csv');
    const companies = ['株式会社東京初回訪問', '大阪商事見積提出', '京都工業最終交渉'].map((name) => `${name},a.example\n`);
    await writeFile(file, iconv.encode(`Company name,Website\n${companies.join('')}`, 'shift_jis'));
    const reading = async (): Promise<unknown> => {
      const opened = await open(file);
      return opened.ok && opened.reading;
    };
    expect(await reading()).toContainEqual(expect.stringMatching(/read as \S+\. If they look wrong, write `encoding: \S+` into a mapping/));
    await writeFile(join(folder, 'own.map.yml'), 'encoding: shift_jis\n');
    expect(await reading()).toHaveLength(1);
  });

  it.each([
    ['Deal name,Stage', ['since when a deal is in its stage', 'when anybody was last in touch']],
    ['Deal name,Stage,Last stage change', ['when anybody was last in touch']],
    ['Deal name,Stage,Date entered Offer (Sales),Last activity date', []],
  ])('says what rules will miss in a list of deals: %s', async (header, lacking) => {
    const row = header.split(',').map((_, index) => (index < 2 ? 'A' : '2026-09-01'));
    const opened = await open(await written(`${header}\n${row.join(',')}\n`));
    expect(opened.ok && opened.reading.slice(1)).toEqual(lacking.map((words) => expect.stringContaining(words)));
  });
});

describe('a file that only mentions deals', () => {
  const known =
    (...all: string[]): CsvOrder['knownDeals'] =>
    async (ids) =>
      new Set(ids.filter((id) => all.includes(id)));
  const dealsOf = async (text: string, knownDeals: CsvOrder['knownDeals'], map?: string): Promise<string[]> => {
    const file = await written(text);
    if (map !== undefined) await writeFile(join(folder, 'own.map.yml'), map);
    const opened = await open(file, { knownDeals });
    if (!opened.ok) throw new Error(opened.message);
    const [page] = await Array.fromAsync(opened.history.pages({ since: null, cursor: null }, new AbortController().signal));
    return (page?.signals ?? []).flatMap((signal) => (signal.type === 'stage.entered' ? signal.stage.dealId : []));
  };
  const moves = (header: string) => `${header},stage,entered at\n7,Offer,2026-01-02\n8,Offer,2026-01-03\n`;

  it.each([
    ['deal', ['csv:7', 'csv:8']],
    ['deal', ['pipedrive:7']],
    ['deal id', ['hubspot:7', 'hubspot:8']],
  ])('means in a column "%s" those that are known: %j', async (header, ids) => {
    const [owner] = (ids[0] ?? '').split(':');
    expect(await dealsOf(moves(header), known(...ids))).toEqual([`${owner}:7`, `${owner}:8`]);
  });

  it('is read as it says where none is known, few are, or the mapping says it', async () => {
    const asSaid = await dealsOf(moves('deal'), null);
    expect(asSaid[0]).toMatch(/^csv:[\w-]{20}$/);
    expect(await dealsOf(moves('deal'), known())).toEqual(asSaid);
    expect(await dealsOf(moves('deal').replace('8,', '8,Offer,2026-01-04\n9,'), known('csv:7'))).toContain(asSaid[0]);
    expect(await dealsOf(moves('deal id'), known('csv:7', 'hubspot:7', 'hubspot:8'))).toEqual(['csv:7', 'csv:8']);
    expect(await dealsOf(moves('deal'), known('csv:7', 'csv:8'), 'columns: { deal: deal.name }')).toEqual(asSaid);
    expect(await dealsOf(moves('deal id'), known('hubspot:7'), 'crm: none')).toEqual(['csv:7', 'csv:8']);
  });
});

describe('a file that is not recognised', () => {
  it('is refused with what is missing and how to say it, when nobody can be asked', async () => {
    const opened = await open(await fixture('unrecognised.csv'));
    expect(opened).toMatchObject({ ok: false, message: expect.stringContaining('nothing says which column is `deal.id` or `deal.name`') });
    expect(opened).toMatchObject({ message: expect.stringContaining(`${join(folder, 'unrecognised.map.yml')}`) });
  });

  it('asks which column is the name of a deal, rather than to import the customers alone', async () => {
    const file = await written('Nr.;Vorhaben;Kunde;Phase;Volumen\n1;Rollout;Acme;Angebot;5\n');
    expect(await open(file)).toEqual({
      ok: false,
      message: [
        `${file}: nothing says which column is \`deal.id\` or \`deal.name\``,
        `Say it in ${file.replace('.csv', '.map.yml')}, or run this in a terminal to be asked. For example:`,
        '  rows: deals   # deals, accounts, people, stages, activities',
        '  columns:',
        '    "Nr.": ignore   # or deal.id …',
        '    "Vorhaben": ignore   # or deal.id …',
      ].join('\n'),
    });
  });

  it('names nothing but the dates where only those are in question', async () => {
    const opened = await open(await written('Deal name,Stage,Close date\nA,Offer,03/04/2026\n'));
    expect(opened).toMatchObject({ message: expect.stringMatching(/For example:\n {2}dates: dmy {4}# or mdy$/) });
  });

  it('is asked about, column by column, with values, and once: the answers stay beside it', async () => {
    const file = await fixture('unrecognised.csv');
    const { prompts, asked } = scriptedPrompts({
      'What is in': 'deals',
      'Column "Vorhaben"': 'deal.name',
      'Column "Bei"': 'account.name',
      'Column "Stand"': 'deal.stage',
      'Column "Euro"': 'deal.amount',
      'Column "Bis" (03.04.2026): what is it?': 'deal.close_date',
    });
    const first = await signalsOf(file, prompts);
    expect(asked.map(({ question }) => question)).toContain('Column "Vorhaben" (Rollout): what is it?');
    expect(first.find((signal) => signal.type === 'deal.upserted')).toMatchObject({
      deal: { name: 'Rollout', stage: 'Angebot', amount: 48_000, closeDate: '2026-04-03' },
    });
    const again = scriptedPrompts({});
    expect(await signalsOf(file, again.prompts)).toEqual(first);
    expect(again.asked).toEqual([]);
    expect(await readFile(join(folder, 'unrecognised.map.yml'), 'utf8')).toContain('Stand: deal.stage');
  });

  it('suggests what a header is nearly like', async () => {
    const file = join(folder, 'nearly.csv');
    await writeFile(file, 'Deal nme,Stagee,Amout\nRollout,Offer,5\n');
    const { prompts, asked } = scriptedPrompts({ 'What is in': 'deals' });
    await signalsOf(file, prompts);
    expect(asked.slice(1).map(({ suggested }) => suggested)).toEqual(['deal.name', 'deal.stage', 'deal.amount']);
  });

  it('suggests nothing that another column is already, and says what is still missing before it asks again', async () => {
    const file = await written('Vorgang;Kunde;Phase;Volumen\nRollout;Acme;Angebot;5\n');
    const { prompts, asked } = scriptedPrompts({ 'What is in': 'deals' });
    const printed: string[] = [];
    await open(file, { prompts, print: (line) => printed.push(line) });
    expect(asked.find(({ question }) => question.startsWith('Column "Vorgang"'))?.suggested).not.toBe('account.name');
    expect(printed).toContain(`${file}: nothing says which column is \`deal.id\` or \`deal.name\``);
  });
});

describe('dates that may be read both ways', () => {
  it('are asked about, and the answer goes into the mapping file that is there', async () => {
    const file = await fixture('ambiguous-dates.csv');
    const map = join(folder, 'my.yml');
    await writeFile(map, '# ours\ncolumns:\n  Close date: deal.close_date\n');
    const { prompts, asked } = scriptedPrompts({ 'Column "Close date"': 'mdy' });
    expect(await open(file, { prompts, map })).toMatchObject({ ok: true, mappingFile: map });
    expect(asked.map(({ question }) => question)).toEqual(['Column "Close date" (03/04/2026): what comes first?']);
    expect(await readFile(map, 'utf8')).toBe('# ours\ncolumns:\n  Close date:\n    field: deal.close_date\n    dates: mdy\n');
  });
});

describe('a mapping file', () => {
  const mapped = async (text: string) => {
    const map = join(folder, 'my.yml');
    await writeFile(map, text);
    const opened = await open(await fixture('hubspot-deals.csv'), { map });
    return opened.ok ? 'fine' : opened.message.replaceAll(folder, '');
  };

  it('with mistakes is refused with all of them, each with its place and what was probably meant', async () => {
    const text = 'rows: deal\ndates: DMY\ncolumns:\n  Deal Name: deal.nam\n  Amount: { field: deal.amount, number: x }\nencoding: klingon\n';
    expect((await mapped(text)).split('\n')).toEqual([
      '/my.yml:1:7 rows: expected deals, accounts, people, stages or activities, got "deal" (did you mean `deals`?)',
      '/my.yml:2:8 dates: expected dmy or mdy, got "DMY" (did you mean `dmy`?)',
      '/my.yml:4:14 columns.Deal Name: is no field that a column can be; docs/crm/csv.md lists them (did you mean `deal.name`?)',
      '/my.yml:5:33 columns.Amount.number: unknown key (did you mean `numbers`?)',
      '/my.yml:6:11 encoding: is no encoding that is known here, such as utf-8 or windows-1252',
    ]);
  });

  it('that names a column which is not there is refused with those that are', async () => {
    await expect(mapped('columns: { Deal Nmae: deal.name }\n')).rejects.toThrow('has no column "Deal Nmae"; it has "Record ID", "Deal Name"');
  });

  it('that was named has to be there', async () => {
    expect(await open(await fixture('hubspot-deals.csv'), { map: join(folder, 'none.yml') })).toMatchObject({ ok: false });
  });

  it('may give constants, words for values, and leave columns out', async () => {
    const file = await fixture('hubspot-deals.csv');
    await writeFile(
      join(folder, 'hubspot-deals.map.yml'),
      'constants: { deal.currency: chf }\nvalues: { deal.pipeline: { sales pipeline: default } }\ncolumns: { Currency: ignore, Amount: ignore }\n',
    );
    const deal = (await signalsOf(file)).findLast((signal) => signal.type === 'deal.upserted')?.deal;
    expect(deal).toMatchObject({ pipeline: 'default', currency: 'CHF' });
    expect(deal).not.toHaveProperty('amount');
  });
});

describe('a file of which one common name alone is known', () => {
  const text = 'Vorhaben;Kunde;Stand;Wert\nUmbau;Acme;Angebot;5\n';

  it('is not taken for a list of accounts: it says what to say', async () => {
    const file = await written(text);
    const opened = await open(file);
    expect(opened).toMatchObject({ ok: false, message: expect.stringContaining(`${file}: of its 4 columns only "Kunde" is known`) });
    expect(opened).toMatchObject({ message: expect.stringMatching(/rows: deals .*\n.*columns:\n.*"Vorhaben": ignore/) });
  });

  it('is one where somebody says so', async () => {
    const file = await written(text);
    await writeFile(join(folder, 'own.map.yml'), 'rows: accounts\n');
    expect(await open(file)).toMatchObject({ ok: true, reading: [expect.stringContaining('is read as accounts'), expect.anything()] });
  });

  it('is asked about, where somebody is there', async () => {
    const { prompts, asked } = scriptedPrompts({
      'What is in': 'deals',
      'Column "Vorhaben"': 'deal.name',
      'Column "Stand"': 'deal.stage',
      'Column "Wert"': 'deal.amount',
    });
    expect(await signalsOf(await written(text), prompts)).toContainEqual(
      expect.objectContaining({ type: 'deal.upserted', deal: expect.objectContaining({ name: 'Umbau', stage: 'Angebot', amount: 5 }) }),
    );
    expect(asked[0]?.question).toContain('What is in');
  });
});
