/**
 * Slack's date tokens (docs.slack.dev, "date element"), in the reader's zone and with English names, as Slack writes them.
 */
type DateReader = { tz: string; now: number };

/** Fills `{date_short}` and the like; an unknown token stays as it is. */
export function formatSlackDate(seconds: number, format: string, reader: DateReader): string {
  const at = Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toZonedDateTimeISO(reader.tz);
  const now = Temporal.Instant.fromEpochMilliseconds(reader.now).toZonedDateTimeISO(reader.tz);
  return format.replace(/\{(\w+)\}/g, (token: string, name: string, offset: number) => tokenText(name, at, now, offset === 0) ?? token);
}

/** `10:32 AM`. */
function clockTime(at: Temporal.ZonedDateTime): string {
  return `${at.hour % 12 || 12}:${String(at.minute).padStart(2, '0')} ${at.hour < 12 ? 'AM' : 'PM'}`;
}

/** `just now`, `3 minutes ago`, `in 2 days`. */
function distance(at: Temporal.ZonedDateTime, now: Temporal.ZonedDateTime): string {
  const seconds = (now.epochMilliseconds - at.epochMilliseconds) / 1000;
  const units: [number, string][] = [
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
  ];
  for (const [size, name] of units) {
    const count = Math.floor(Math.abs(seconds) / size);
    if (count === 0) continue;
    const amount = `${count} ${name}${count === 1 ? '' : 's'}`;
    return seconds < 0 ? `in ${amount}` : `${amount} ago`;
  }
  return 'just now';
}

function tokenText(name: string, at: Temporal.ZonedDateTime, now: Temporal.ZonedDateTime, first: boolean): string | null {
  switch (name) {
    case 'date_num':
      return at.toPlainDate().toString();
    case 'date_slash':
      return `${String(at.month).padStart(2, '0')}/${String(at.day).padStart(2, '0')}/${at.year}`;
    case 'date':
      return `${monthNames[at.month - 1]} ${ordinal(at.day)}${yearUnlessCurrent(at, now)}`;
    case 'date_long':
      return `${longDay(at)}, ${at.year}`;
    case 'date_long_full':
      return `${monthNames[at.month - 1]} ${at.day}, ${at.year}`;
    case 'date_short':
      return `${monthNames[at.month - 1]?.slice(0, 3)} ${at.day}${yearUnlessCurrent(at, now)}`;
    case 'date_pretty':
    case 'date_short_pretty':
    case 'date_long_pretty':
      return nearDay(at, now, first) ?? tokenText(name.replace('_pretty', ''), at, now, first);
    case 'day_divider_pretty':
      return nearDay(at, now, first) ?? `${longDay(at)}${yearUnlessCurrent(at, now)}`;
    case 'time':
      return clockTime(at);
    case 'time_secs':
      return clockTime(at).replace(' ', `:${String(at.second).padStart(2, '0')} `);
    case 'ago':
      return distance(at, now);
    default:
      return null;
  }
}

function nearDay(at: Temporal.ZonedDateTime, now: Temporal.ZonedDateTime, first: boolean): string | null {
  const days = now.toPlainDate().until(at.toPlainDate(), { largestUnit: 'day' }).days;
  const name = days === 0 ? 'today' : days === -1 ? 'yesterday' : days === 1 ? 'tomorrow' : null;
  return name !== null && first ? `${name[0]?.toUpperCase()}${name.slice(1)}` : name;
}

function longDay(at: Temporal.ZonedDateTime): string {
  return `${dayNames[at.dayOfWeek - 1]}, ${monthNames[at.month - 1]} ${ordinal(at.day)}`;
}

function yearUnlessCurrent(at: Temporal.ZonedDateTime, now: Temporal.ZonedDateTime): string {
  return at.year === now.year ? '' : `, ${at.year}`;
}

function ordinal(day: number): string {
  const teen = day >= 11 && day <= 13;
  return `${day}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th')}`;
}

const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const monthNames = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
