/** Slack's "seconds.micros", unique and increasing per channel also when the clock stands still or goes back. */
export function createTimestamps(now: () => number): (channel: string) => string {
  const last = new Map<string, number>();
  return (channel) => {
    const micros = Math.max(Math.floor(now()) * 1000, (last.get(channel) ?? 0) + 1);
    last.set(channel, micros);
    return formatTs(micros);
  };
}

/** NaN for what is no timestamp. Seconds alone are one, too. */
export function parseTs(ts: string): number {
  if (!/^\d+(\.\d+)?$/.test(ts)) return Number.NaN;
  const [seconds = '0', fraction = ''] = ts.split('.');
  return Number(seconds) * 1_000_000 + Number(fraction.padEnd(6, '0').slice(0, 6));
}

function formatTs(micros: number): string {
  const seconds = Math.floor(micros / 1_000_000);
  return `${seconds}.${String(micros - seconds * 1_000_000).padStart(6, '0')}`;
}
