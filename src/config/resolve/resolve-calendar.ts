import type { IsoDay } from '../../core/time.ts';
import type { HolidaySource } from '../holidays.ts';
import type { JourneyFile } from '../schema.ts';
import { suggest } from '../suggest.ts';
import type { Report } from './layers.ts';

// What is older moves no alert any more, and what is later is computed by the next start.
const yearsBack = 10;
const yearsAhead = 10;

/** Days off by name: public holidays of the years around `year`, and the file's own. */
export async function resolveHolidays(
  { holidays, extra }: JourneyFile['calendar'],
  year: number,
  holidaysOf: HolidaySource,
  report: Report,
): Promise<Map<IsoDay, string>> {
  const path = ['calendar', 'holidays'];
  const own = extra.map((day): [IsoDay, string] => [day, 'Day off']);
  if (holidays === null) return new Map(own);
  try {
    const answer = await holidaysOf(holidays, { from: year - yearsBack, to: year + yearsAhead });
    if ('days' in answer) return new Map([...own, ...answer.days]);
    const given = holidays[answer.unknown] ?? '';
    const known = answer.known.length === 0 ? 'there is none' : `known: ${answer.known.join(', ')}`;
    const suggestion = suggest(given, answer.known);
    report([...path, answer.unknown], `no holidays are known for the ${answer.unknown} \`${given}\`; ${known}`, { suggestion });
  } catch (error) {
    report(path, `the holidays could not be computed: ${(error as Error).message.split('\n')[0]}`);
  }
  return new Map(own);
}
