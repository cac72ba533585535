import type { Change } from '../core/change.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { EpochMs } from '../core/time.ts';
import type { Clock, Store } from './ports.ts';
import { untilOf } from './until.ts';
import type { ActResult, Acts } from './use-cases.ts';

type MuteDependencies = {
  store: Pick<Store, 'loadNeighbourhood' | 'journeysOfAccount' | 'commit'>;
  config(): JourneyConfig;
  clock: Clock;
  newId(): string;
  onActed(): void;
};

type Done = Pick<Extract<ActResult, { kind: 'done' }>, 'message' | 'when'>;

/** Muting accounts, and letting them be heard again. */
export function createMutes({ store, config, clock, newId, onActed }: MuteDependencies): Pick<Acts, 'mute' | 'unmute'> {
  return {
    async mute(accountId, duration, reason, by) {
      if (duration === null) return setMute(accountId, null, reason, by, (name) => ({ message: `${name}: muted until somebody unmutes it.` }));
      const end = untilOf(typeof duration === 'string' ? { duration } : duration, config().calendar, clock.now());
      return 'kind' in end ? end : setMute(accountId, end.until, reason, by, (name) => end.done(`${name}: muted`));
    },
    unmute: (accountId, by) => setMute(accountId, clock.now(), 'unmuted', by, (name) => ({ message: `${name}: not muted any more.` })),
  };

  /** Names the account in its answer: a name with a typing mistake may have found another one than was meant. */
  async function setMute(askedFor: string, until: EpochMs | null, reason: string, by: string, done: (name: string) => Done): Promise<ActResult> {
    const now = clock.now();
    const { accounts, aliases, mutes } = await store.loadNeighbourhood([{ kind: 'account', id: askedFor }]);
    const accountId = aliases.get(`account:${askedFor}`) ?? askedFor;
    const account = accounts.get(accountId)?.record;
    if (account === undefined || account.erasedAt !== null)
      return { kind: 'stale', message: 'This account is not known any more. Nothing was changed.' };
    const name = account.name?.value ?? account.domain?.value ?? account.id;
    const ends = until !== null && until <= now;
    const known = mutes.get(accountId);
    if (ends && (known === undefined || (known.until !== null && known.until <= now)))
      return { kind: 'stale', message: `${name} was not muted. Nothing was changed.` };
    const rows = await store.journeysOfAccount(accountId);
    await store.commit([
      { kind: 'mute.put', mute: { accountId, until, reason, by, at: now } },
      {
        kind: 'audit.add',
        entry: {
          id: newId(),
          at: now,
          journeyId: rows[0]?.id ?? null,
          alertId: null,
          who: by,
          what: ends ? 'unmuted' : 'muted',
          why: reason,
        },
      },
      ...rows.map((row): Change => ({ kind: 'journey.recheck', journeyId: row.id, at: now })),
    ]);
    onActed();
    return { kind: 'done', ...done(name) };
  }
}
