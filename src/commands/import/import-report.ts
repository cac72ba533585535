import type { Imported } from '../../app/import-history.ts';
import type { ImportPreview } from '../../app/preview-import.ts';
import { noStrays, type Strays } from '../../app/strays.ts';
import { ownedInWords } from '../../config/piece-of-journey-yml.ts';
import { oneLine } from '../../config/propose/plain-text.ts';
import { counted } from '../../core/counted.ts';
import type { RecordKind } from '../../core/journey/signal.ts';
import { inWords } from './import-progress.ts';

const names: Record<RecordKind, string> = { account: 'accounts', deal: 'deals', person: 'people' };
const number = (value: number): string => value.toLocaleString('en');
const line = (what: string, said: string): string => `  ${what.padEnd(14)}${said}`;
/** One row may have several things that could not be used, and be used without them. */
const rowsLine = (rows: number, refused: number): string =>
  refused === 0 ? number(rows) : `${number(rows)}, with ${counted(refused, 'thing')} that could not be used (below)`;
/** More values than this are not listed. */
const listed = 30;

/** What an import has brought, as lines. `refused`: what is said of rows that were refused. `summaryOver`: more cards than this are one summary. */
export function importReport({ how, tally, resumed }: Imported, seconds: number, refused: readonly string[], summaryOver: number): string[] {
  const { rows, signals, known, created, changed, touchpoints, moves } = tally;
  if (how === 'finished' && rows === 0 && tally.refused === 0) return ['There was nothing to import.'];
  return [
    how === 'finished'
      ? `Imported in ${inWords(seconds)}${resumed ? ', going on with an import that was cut off; the numbers are of both' : ''}.`
      : `Stopped after ${counted(rows, 'row')}. The same command goes on from there; with --restart it begins anew.`,
    line('rows', rowsLine(rows, tally.refused)),
    ...(['account', 'deal', 'person'] as const).map((kind) => line(names[kind], `${number(created[kind])} new, ${number(changed[kind])} changed`)),
    line('touchpoints', `${number(touchpoints)} new`),
    line('stage moves', `${number(moves)} new`),
    line('signals', `${number(signals)}, of which ${number(known)} were known already`),
    ...strayLines(tally.strays ?? noStrays, 'are'),
    ...(refused.length === 0 ? [] : ['What could not be used:', ...refused]),
    ...(how === 'finished' && signals > known
      ? [
          `What has come to light is told within a minute if the bot runs, else when it starts: up to ${counted(summaryOver, 'card')} a channel, or one summary where there would be more.`,
        ]
      : []),
  ];
}

/** Of deals that nobody knows: how much, where, and what to do about it. */
function strayLines({ moves, touchpoints, first }: Strays, are: string): string[] {
  const all = moves + touchpoints;
  if (all === 0) return [];
  const kinds = [...(moves === 0 ? [] : [counted(moves, 'stage move')]), ...(touchpoints === 0 ? [] : [counted(touchpoints, 'touchpoint')])];
  return [
    `Of deals that nobody knows: ${kinds.join(' and ')}. They ${are} kept, and show as soon as these deals are there:`,
    ...first.map(({ where, deal, by }) => `  ${oneLine(where, 100)}: the deal ${by === 'id' ? 'with the id' : 'called'} ${oneLine(deal, 100)}`),
    ...(all > first.length ? [`  … and ${number(all - first.length)} more`] : []),
    first.some(({ by }) => by === 'name')
      ? '  Import the file with the deals, then this one again: ids are recognised by then. Names mean the same deal only where both files name its account, or neither does (docs/crm/csv.md).'
      : "  Import the file with the deals. If that was done, the ids in it count as another CRM's: say whose these are, such as `crm: hubspot`, in the mapping (docs/crm/csv.md).",
  ];
}

/** What an import would bring, as lines. `piece`: what is missing in journey.yml. */
export function previewReport(preview: ImportPreview, piece: string | null, journeyYml: string, refused: readonly string[]): string[] {
  const { rows, accounts, deals, people, touchpoints, moves, strays, unmapped } = preview;
  const unknown = [
    ...unmapped.pipelines.map(({ id, deals: count }) => `  pipeline ${oneLine(id)}: ${counted(count, 'deal')}`),
    ...unmapped.stages.map(
      ({ pipeline, id, deals: count, moves: into }) =>
        `  stage ${oneLine(id)} of pipeline ${oneLine(pipeline)}: ${counted(count, 'deal')} now, ${counted(into, 'move')} into it`,
    ),
    ...unmapped.lifecycles.map(({ id, accounts: count }) => `  lifecycle stage ${oneLine(id)}: ${counted(count, 'account')}`),
    ...unmapped.roles.map(({ value, people: count }) => `  role ${oneLine(value)}: ${counted(count, 'person', 'people')}`),
    ...unmapped.owners.map(({ value, ...owned }) => `  owner ${oneLine(value)}: ${ownedInWords(owned)}, no e-mail address`),
  ];
  return [
    'This would be imported; nothing was written.',
    line('rows', rowsLine(rows, preview.refused)),
    line('accounts', number(accounts)),
    line('deals', number(deals)),
    line('people', number(people)),
    line('touchpoints', number(touchpoints)),
    line('stage moves', number(moves)),
    ...strayLines(strays, 'would be'),
    ...(refused.length === 0 ? [] : ['What cannot be used:', ...refused]),
    ...(unknown.length === 0
      ? [`${journeyYml} knows every pipeline, stage, lifecycle stage, role and owner in it.`]
      : [
          `What ${journeyYml} does not know is kept aside until it does:`,
          ...unknown.slice(0, listed),
          ...(unknown.length > listed ? [`  … and ${number(unknown.length - listed)} more`] : []),
        ]),
    ...(piece === null ? [] : ['', 'To paste, under the keys that are there already:', '', piece.trimEnd()]),
  ];
}
