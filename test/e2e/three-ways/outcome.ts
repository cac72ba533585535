import Sqlite from 'better-sqlite3';
import { openStore } from '../../../src/adapters/store/open-store.ts';
import { refsOfRow } from '../../../src/app/refs-of.ts';
import { createWorkingSet } from '../../../src/app/working-set.ts';
import { loadConfigFile } from '../../../src/config/load-config.ts';
import type { Alert } from '../../../src/core/alerts/alert.ts';
import type { CardContent } from '../../../src/core/alerts/card.ts';
import { detectors } from '../../../src/core/detectors/index.ts';
import type { Journey } from '../../../src/core/journey/journey.ts';
import type { JourneyRow } from '../../../src/core/journey/journey-row.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import type { SandboxMessage } from '../../../src/sandbox/workspace.ts';
import { postsOf } from '../running-bot.ts';

type KeptJourney = Omit<JourneyRow, 'recheckAt' | 'evaluatedAt' | 'revision'> & { journey: Journey };

export type Outcome = {
  /** By id: what the store keeps of each journey, and all that it is assembled of. */
  journeys: Record<string, KeptJourney>;
  /** Cards as they stand in Slack, word for word, with their channel. */
  cards: string[];
  /**
   * What is to be done by them: cards are views of this and nothing else. Left out is what only a card can have that was there at the time: lines of what was
   * resolved, the line of what was said before another rule held it back (`open` has that), and which time a thing happens (`times` has that).
   */
  toDo: ToDo[];
  /** By identity: what is open, also what another rule holds back. Without when it opened and was said, and where the journey was then: an import opens all now. */
  open: Record<string, Open>;
  /** By identity, of what is open: which time it happens, and how often it was resolved before. */
  times: Record<string, { episode: number; before: number }>;
  /** Cards in Slack that do not say what they should. */
  old: string[];
  /** The rules that are open on a card. */
  rules: Set<string>;
  summaries: { channel: string; text: string }[];
  unknown: unknown[];
  deadLetters: number;
};

type Open = Pick<Alert, 'journeyId' | 'accountId' | 'dealId' | 'state' | 'finding' | 'routes' | 'inhibitedBy' | 'acknowledged' | 'snooze'>;
type ToDo = Omit<CardContent, 'alerts'> & { id: string; alerts: Partial<CardContent['alerts'][number]>[] };

type Where = { sandbox: Sandbox; mapFile: string; database: string; origin: string };

export async function lookAt({ sandbox, mapFile, database, origin }: Where): Promise<Outcome> {
  /** Each local CRM has a port of its own, and so have its links; and Slack numbers blocks that have no id as it comes to them. */
  const plain = <Value>(value: Value): Value =>
    JSON.parse(
      JSON.stringify(value, (name, one) => (name === 'block_id' && /^b[0-9A-Z]{10}$/.test(one) ? undefined : one)).replaceAll(
        origin,
        'https://crm.example',
      ),
    ) as Value;
  const db = new Sqlite(database.replace('file:', ''), { readonly: true });
  const ids = db.prepare('select id from journeys order by id').pluck().all() as string[];
  const alerts = (db.prepare('select alert from alerts order by identity, episode').pluck().all() as string[]).map(
    (text) => JSON.parse(text) as Alert,
  );
  const kept = db
    .prepare(
      'select id, content, posted_channel_id as channelId, posted_ts as ts, posted_fingerprint is not fingerprint as isOld from cards order by id',
    )
    .all() as KeptCard[];
  db.close();
  const open = alerts.filter(({ state }) => state !== 'resolved');
  const heldBack = new Set(open.flatMap(({ id, inhibitedBy }) => (inhibitedBy === null ? [] : [id])));
  const contents = kept.map(({ id, content }) => ({ id, content: JSON.parse(content) as CardContent }));
  const channels = sandbox.workspace.channels();
  const nameOf = (id: string): string => `#${channels.find((channel) => channel.id === id)?.name}`;
  const atTop = postsOf(sandbox).filter(({ threadTs }) => threadTs === undefined);
  const isCard = ({ channel, ts }: SandboxMessage): boolean => kept.some((card) => card.channelId === channel && card.ts === ts);
  const others = atTop.filter((message) => !isCard(message)).map(({ channel, text }) => ({ channel: nameOf(channel), text }));
  const toDo = contents.flatMap(({ id, content }) => {
    const said = content.alerts.filter((alert) => alert.state !== 'resolved' && !heldBack.has(alert.id));
    return said.length === 0 ? [] : [plain({ ...content, id, alerts: said.map(({ id: _, episode: __, ...alert }) => alert) })];
  });
  return {
    ...(await journeysIn(database, mapFile, ids, plain)),
    cards: atTop.filter(isCard).map((message) => `${nameOf(message.channel)} ${message.text}\n${JSON.stringify(plain(message.blocks), null, 1)}`),
    toDo,
    open: Object.fromEntries(open.map((alert) => [alert.identity, plain(lasting(alert))])),
    times: Object.fromEntries(
      open.map(({ identity, episode }) => [
        identity,
        { episode, before: alerts.filter((one) => one.identity === identity && one.episode < episode).length },
      ]),
    ),
    old: kept.flatMap(({ id, ts, isOld }) => (ts !== null && isOld === 1 ? [id] : [])),
    rules: new Set(contents.flatMap(({ content }) => content.alerts.flatMap(({ state, rule }) => (state === 'resolved' ? [] : [rule])))),
    // The admin channel hears of other things.
    summaries: others.filter(({ channel }) => channel !== '#journey-admin'),
  };
}

const lasting = ({ journeyId, accountId, dealId, state, finding, routes, inhibitedBy, acknowledged, snooze }: Alert): Open => ({
  ...{ journeyId, accountId, dealId, state, finding, routes, inhibitedBy, acknowledged, snooze },
});

type KeptCard = { id: string; content: string; channelId: string | null; ts: string | null; isOld: number };

async function journeysIn(database: string, mapFile: string, ids: string[], plain: <Value>(value: Value) => Value) {
  const loaded = await loadConfigFile(mapFile, { detectors });
  if (!loaded.ok) throw new Error('the map has mistakes');
  const store = await openStore(database);
  const journeys: Outcome['journeys'] = {};
  for (const id of ids) {
    const { row } = await store.journeyState(id);
    if (row === null) throw new Error(`${id} is gone`);
    const journey = createWorkingSet(await store.loadNeighbourhood(refsOfRow(row))).journey(id, loaded.config);
    // What was merged into another has ended, and only its row is left.
    if (journey === null && row.outcome === 'deleted') continue;
    if (journey === null) throw new Error(`${id} cannot be assembled`);
    const { recheckAt: _, evaluatedAt: __, revision: ___, ...facts } = row;
    journeys[id] = plain({ ...facts, journey });
  }
  const unknown = (await store.unknownValues(100)).map(({ what, value, count }) => [what, value, count]);
  const deadLetters = (await store.deadLetters(10)).length;
  await store.close();
  return { journeys, unknown, deadLetters };
}
