import { openStore } from '../adapters/store/open-store.ts';
import { createReadLabels, type LabelOf } from '../app/crm-labels.ts';
import type { RecordRef, Store } from '../app/ports.ts';
import { inWords } from '../app/report-unknown.ts';
import { isKnown } from '../app/unknown-values.ts';
import { loadConfigFile } from '../config/load-config.ts';
import { pieceToPaste } from '../config/piece-to-paste.ts';
import { formatProblems } from '../config/problem.ts';
import { type UnknownValue, unknownKinds } from '../core/change.ts';
import { compareText } from '../core/compare-text.ts';
import { detectors } from '../core/detectors/index.ts';
import { recordKinds } from '../core/journey/signal.ts';
import { readEnvironment, readPlaces } from '../environment.ts';
import type { Command } from './command.ts';
import { openCrms, quietLogger } from './open-crm.ts';

const all = 10_000;
const examples = 3;

/** What the CRM says that the journey map does not know, with the piece of journey.yml to add. Only reads; works beside a running bot. */
export const quarantine: Command = async ({ print }) => {
  const places = readPlaces(process.env);
  const loaded = await loadConfigFile(places.JOURNEY_CONFIG, { detectors });
  if (!loaded.ok) {
    print(formatProblems(loaded.problems));
    return 1;
  }
  const store = await openStore(places.DATABASE_URL, { shared: true });
  try {
    const values = (await store.unknownValues(all)).filter((value) => !isKnown(value, loaded.config));
    if (values.length === 0) {
      print(`${places.JOURNEY_CONFIG} knows every stage, pipeline, role and owner that came in.`);
      return 0;
    }
    const labelOf = await labels(values);
    values.sort((a, b) => unknownKinds.indexOf(a.what) - unknownKinds.indexOf(b.what) || b.count - a.count || compareText(a.value, b.value));
    const named = values.map((value) => ({ ...value, label: labelOf(value) }));
    for (const value of named) print(`${inWords(value, value.label)}: ${await namesOf(value, store)}`);
    print(
      `\nFor ${places.JOURNEY_CONFIG}: each line under the blocks that stand above it, in place of one of the same name that is there already.\n`,
    );
    print(pieceToPaste(named, loaded.config));
    print('A running bot takes the file over within a second; what was kept aside counts from then on.');
    return 0;
  } finally {
    await store.close();
  }
};

/** Where the environment names the CRM: ids alone say little. */
async function labels(values: UnknownValue[]): Promise<LabelOf> {
  const read = readEnvironment(process.env);
  return createReadLabels({ crms: read.ok ? await openCrms(read.environment) : [], logger: quietLogger })(values);
}

async function namesOf(value: UnknownValue, store: Store): Promise<string> {
  const refs = (await store.unknownOn(value, examples)).flatMap(refOf);
  const { accounts, deals, people, aliases } = await store.loadNeighbourhood(refs);
  const names = refs.map(({ kind, id }) => {
    const now = aliases.get(`${kind}:${id}`) ?? id;
    const stored = kind === 'account' ? accounts.get(now) : kind === 'deal' ? deals.get(now) : people.get(now);
    return stored?.record.name?.value ?? id;
  });
  return `${names.join(', ')}${value.count > names.length ? ', …' : ''}`;
}

/** `deal:d-1` */
function refOf(recordId: string): RecordRef[] {
  const kind = recordKinds.find((one) => recordId.startsWith(`${one}:`));
  return kind === undefined ? [] : [{ kind, id: recordId.slice(kind.length + 1) }];
}
