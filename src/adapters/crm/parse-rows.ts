import type { Parsed } from '../../app/crm-source.ts';
import type { InboxRow } from '../../app/ports.ts';

/** One outcome a row, in their order: rows that can be read are parsed together, the others are dead letters. */
export async function parseRows<Row extends { kind: 'read' }>(
  rows: InboxRow[],
  read: (row: InboxRow) => Row | { kind: 'dead'; error: string },
  parse: (alive: Row[]) => Parsed[] | Promise<Parsed[]>,
): Promise<Parsed[]> {
  const found = rows.map(read);
  const outcomes = (await parse(found.filter((row): row is Row => row.kind === 'read'))).values();
  return found.map((row): Parsed => (row.kind === 'dead' ? row : (outcomes.next().value ?? { kind: 'dead', error: 'the row got no outcome' })));
}
