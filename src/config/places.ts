/**
 * Countries in which a time zone is the local one, the likeliest first: none for UTC. Zones name no country themselves, so all countries are asked
 * for their zones.
 */
export function countriesOf(timezone: string): string[] {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters.flatMap((first) => letters.map((second) => `${first}${second}`));
  return codes.filter((code) => zonesOf(code).includes(timezone));
}

/** The zone of this machine, or UTC where it says none that is known. */
export function localTimezone(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return Intl.supportedValuesOf('timeZone').includes(timeZone) ? timeZone : 'UTC';
}

/** A zone by the name that is used today (`US/Eastern` is `America/New_York`); null where nobody knows it. */
export function knownTimezone(name: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

function zonesOf(code: string): string[] {
  const locale: Intl.Locale & { getTimeZones?: () => string[] | undefined } = new Intl.Locale(`und-${code}`);
  // A code of former times (DD) stands for the one of today.
  return locale.region === code ? (locale.getTimeZones?.() ?? []) : [];
}
