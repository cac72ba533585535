import { byMute } from '../core/alerts/inhibit.ts';
import { staleFeed } from '../core/detectors/stale-feed.ts';
import type { JourneyRow } from '../core/journey/journey-row.ts';
import type { OwnedAccount } from './owned-account.ts';
import type { Store } from './ports.ts';

/**
 * Journeys of which nothing is told although something was found. `muted`: their account is; `held`: their CRM has gone silent, and nobody knows whether it is
 * still so.
 */
export type KeptQuiet = { muted: number; held: number };

type AlertsStore = Pick<Store, 'journeyState'>;
type OwnStore = AlertsStore & Pick<Store, 'accountsOfOwner' | 'journeysOfAccount'>;

const accountsAtOnce = 50;

/** Of all that somebody owns, for whoever has no open alert: that nothing is told is no all clear. Null: it is told of everything. */
export async function keptQuietOf(email: string, { store, breathe }: { store: OwnStore; breathe(): Promise<void> }): Promise<KeptQuiet | null> {
  const quiet = { muted: 0, held: 0 };
  for (let offset = 0; ; offset += accountsAtOnce, await breathe()) {
    const { rows } = await store.accountsOfOwner(email, accountsAtOnce, offset);
    for (const row of rows) {
      const { muted, held } = await keptQuiet(await ownJourneys(store, row, email), store);
      quiet.muted += muted;
      quiet.held += held;
    }
    if (rows.length < accountsAtOnce) return quiet.muted + quiet.held === 0 ? null : quiet;
  }
}

export async function keptQuiet(journeys: readonly Pick<JourneyRow, 'id'>[], store: AlertsStore): Promise<KeptQuiet> {
  const states = await Promise.all(journeys.map(({ id }) => store.journeyState(id)));
  const by = (reason: string): number =>
    states.filter(({ alerts }) => alerts.some(({ state, inhibitedBy }) => state !== 'resolved' && inhibitedBy === reason)).length;
  return { muted: by(byMute), held: by(staleFeed.name) };
}

/** Journeys of an account, or the one of a deal without, that are theirs and go on. */
export async function ownJourneys(
  store: Pick<Store, 'journeysOfAccount' | 'journeyState'>,
  { accountId, journeyId }: Pick<OwnedAccount, 'accountId' | 'journeyId'>,
  email: string,
): Promise<JourneyRow[]> {
  const rows = accountId === null ? [(await store.journeyState(journeyId)).row] : await store.journeysOfAccount(accountId);
  return rows.filter((row) => row !== null).filter((row) => row.outcome === 'open' && row.ownerEmail?.toLowerCase() === email.toLowerCase());
}
