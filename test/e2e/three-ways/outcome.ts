import { openStore } from '../../../src/adapters/store/open-store.ts';
import { refsOfRow } from '../../../src/app/refs-of.ts';
import { createWorkingSet } from '../../../src/app/working-set.ts';
import { loadConfigFile } from '../../../src/config/load-config.ts';
import { detectors } from '../../../src/core/detectors/index.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import type { SandboxMessage } from '../../../src/sandbox/workspace.ts';
import Sqlite from 'better-sqlite3';
import { postsOf } from '../running-bot.ts';

export type Outcome = {
  /** By id: what the store keeps of each journey, and what it is assembled of. */
  journeys: Record<string, unknown>;
  /** By channel and what people read first, sorted: cards with something to do. */
  cards: string[];
  /** All clear, or deleted. */
  clear: string[];
  summaries: { channel: string; text: string }[];
  /** Everything at the top of a channel. */
  posts: SandboxMessage[];
  unknown: unknown[];
  dead: number;
};

type Where = { sandbox: Sandbox; mapFile: string; database: string; origin: string };

export async function lookAt({ sandbox, mapFile, database, origin }: Where): Promise<Outcome> {
  const loaded = await loadConfigFile(mapFile, { detectors });
  if (!loaded.ok) throw new Error('the map has mistakes');
  const store = await openStore(database);
  const db = new Sqlite(database.replace('file:', ''), { readonly: true });
  const ids = db.prepare('select id from journeys order by id').pluck().all() as string[];
  const dead = (await store.deadLetters(10)).length;
  const unknown = (await store.unknownValues(100)).map(({ what, value, count }) => [what, value, count]);
  const journeys: Record<string, unknown> = {};
  for (const id of ids) {
    const { row } = await store.journeyState(id);
    if (row === null) continue;
    const around = await store.loadNeighbourhood(refsOfRow(row));
    const journey = createWorkingSet(around).journey(id, loaded.config);
    const { recheckAt: _r, evaluatedAt: _e, revision: _v, ...kept } = row;
    journeys[id] = JSON.parse(JSON.stringify({ ...kept, journey }).replaceAll(origin, 'https://crm.example'));
  }
  db.close();
  await store.close();
  const posts = postsOf(sandbox).filter(({ threadTs }) => threadTs === undefined);
  const name = new Map(sandbox.workspace.channels().map((channel) => [channel.id, channel.name]));
  const said = (message: SandboxMessage): string =>
    `#${name.get(message.channel)} ${message.text}\n${JSON.stringify(message.blocks, null, 1)}`.replaceAll(origin, 'https://crm.example');
  const kindOf = ({ metadata }: SandboxMessage): unknown => metadata?.event_payload.kind ?? metadata?.event_type;
  const cards = posts.filter((post) => kindOf(post) === 'card');
  const isClear = ({ text }: SandboxMessage): boolean => text.startsWith('All clear');
  return {
    journeys,
    cards: cards.filter((card) => !isClear(card)).map(said).sort(),
    clear: cards.filter(isClear).map(said).sort(),
    summaries: posts.filter((post) => kindOf(post) === 'import-summary').map((post) => ({ channel: String(name.get(post.channel)), text: post.text })),
    posts,
    unknown,
    dead,
  };
}
