import { openAccess } from '../../src/core/access.ts';
import { type Calendar, createCalendar } from '../../src/core/calendar.ts';
import { detectors } from '../../src/core/detectors/index.ts';
import type { Journey, JourneyAccount, JourneyDeal, Person, StageVisit } from '../../src/core/journey/journey.ts';
import type {
  AlertPolicy,
  JourneyConfig,
  JourneyMap,
  ResolvedRule,
  RoleDefinition,
  RouteNode,
  StageDefinition,
} from '../../src/core/journey/journey-map.ts';
import type { Touchpoint } from '../../src/core/journey/record.ts';
import type { Direction, Signal, SignalType, Source } from '../../src/core/journey/signal.ts';
import type { EpochMs, IsoDay } from '../../src/core/time.ts';

/** Builders state only what a test is about; everything else is plain and the same everywhere. 2026-09-07 is a Monday. */

/** `at('2026-09-07 10:00')`, in UTC; a day alone is its midnight. */
export const at = (text: string): EpochMs => Date.parse(`${text.length === 10 ? `${text} 00:00` : text}Z`.replace(' ', 'T'));

/** Mon to Fri, 09:00 to 17:00 UTC, no holidays: a working day has eight hours. */
export const officeHours: Calendar = createCalendar({
  timezone: 'UTC',
  workdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
  hours: { open: '09:00', close: '17:00' },
  holidays: new Map(),
});

export const someRoles: RoleDefinition[] = ['economic_buyer', 'champion', 'technical_evaluator', 'end_user', 'legal'].map((key) => ({
  key,
  label: key.charAt(0).toUpperCase() + key.slice(1).replaceAll('_', ' '),
  crm: [],
  titles: [],
}));

type StageTraits = Partial<Omit<StageDefinition, 'expects' | 'key'>> & { key: string; expects?: Partial<StageDefinition['expects']> };

export function aStage({ expects, ...traits }: StageTraits): StageDefinition {
  const label = traits.key.charAt(0).toUpperCase() + traits.key.slice(1).replaceAll('_', ' ');
  return {
    label,
    from: {},
    required: false,
    signs: [],
    assets: [],
    team: null,
    rules: defaultRules(),
    ...traits,
    expects: { roles: [], within: null, moments: [], ...expects },
  };
}

/** Stages by key, or with what matters of them; by default awareness → consideration → decision → implementation, which expect nothing. */
export function aMap({ stages, ...traits }: Partial<Omit<JourneyMap, 'stages'>> & { stages?: (string | StageTraits)[] } = {}): JourneyMap {
  return {
    key: 'new-business',
    label: 'New business',
    for: { kind: 'deals', pipelines: [] },
    outcomes: { won: {}, lost: {} },
    allowedMoves: [],
    rules: defaultRules(),
    ...traits,
    stages: (stages ?? ['awareness', 'consideration', 'decision', 'implementation']).map((stage) =>
      aStage(typeof stage === 'string' ? { key: stage } : stage),
    ),
  };
}

/** Every rule, on, with its own defaults. */
export const defaultRules = (): Record<string, ResolvedRule> =>
  Object.fromEntries(detectors.map(({ name, severity, params }) => [name, { base: { severity, params: params.parse({}) }, segments: {} }]));

type JourneyTraits = Partial<Omit<Journey, 'visits' | 'touchpoints' | 'deal' | 'nextStep'>> & {
  /** Stage keys (null: one the map does not know) and when they were entered, oldest first. */
  visits?: [stage: string | null, enteredAt: EpochMs][];
  /** In any order. */
  touchpoints?: Touchpoint[];
  deal?: Partial<JourneyDeal> | null;
  nextStep?: { title?: string; due?: IsoDay | null; setAt?: EpochMs } | null;
};

/**
 * An open deal of Acme in `decision` since 2026-09-07 09:00 UTC. People are heard from and contacted when the touchpoints that name them
 * say so, unless they say otherwise themselves.
 */
export function aJourney({ visits, touchpoints = [], committee = [], deal, nextStep = null, ...traits }: JourneyTraits = {}): Journey {
  const entered = visits ?? [['decision', at('2026-09-07 09:00')]];
  const newestFirst = [...touchpoints].sort((a, b) => b.at - a.at);
  return {
    id: 'deal:d-1',
    kind: 'deal',
    mapKey: 'new-business',
    segments: [],
    source: 'signals',
    account: anAccount(),
    name: 'Acme rollout',
    ownerEmail: 'dana@us.example',
    url: null,
    outcome: { state: 'open' },
    startedAt: entered[0]?.[1] ?? at('2026-09-07 09:00'),
    metrics: {},
    milestones: {},
    ...traits,
    deal: deal === null ? null : aDeal(deal),
    nextStep: nextStep === null ? null : { title: 'Security review', due: null, setAt: at('2026-09-07 09:00'), ...nextStep },
    visits: entered.map(([stage, enteredAt], index) => aVisit(stage, enteredAt, entered[index + 1]?.[1] ?? null)),
    committee: committee
      .map((person) => ({
        ...person,
        lastInboundAt: person.lastInboundAt ?? lastOf(newestFirst, person.id, 'inbound'),
        lastOutboundAt: person.lastOutboundAt ?? lastOf(newestFirst, person.id, 'outbound'),
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    touchpoints: newestFirst,
  };
}

const aVisit = (stage: string | null, enteredAt: EpochMs, leftAt: EpochMs | null): StageVisit => ({
  stage,
  crmStage: stage === null ? 'custom_stage_7' : `crm-${stage}`,
  source: 'signals',
  enteredAt,
  leftAt,
});

const lastOf = (newestFirst: readonly Touchpoint[], id: string, direction: Direction): EpochMs | null =>
  newestFirst.find((touchpoint) => touchpoint.personId === id && touchpoint.direction === direction)?.at ?? null;

export const anAccount = (traits: Partial<JourneyAccount> = {}): JourneyAccount => ({
  id: 'a-1',
  name: 'Acme GmbH',
  domain: 'acme.example',
  segment: null,
  ownerEmail: null,
  url: null,
  renewalDate: null,
  ...traits,
});

/** Its close date is the last of `closeDates`, unless it says otherwise. */
export const aDeal = (traits: Partial<JourneyDeal> = {}): JourneyDeal => ({
  id: 'd-1',
  name: 'Acme rollout',
  pipeline: 'default',
  amount: null,
  currency: null,
  closeDates: [],
  closeDate: traits.closeDates?.at(-1) ?? null,
  stallLimit: null,
  ...traits,
});

/** `aPerson('Priya Nair', 'economic_buyer')`: known since 2026-01-01; the id is made of the name: `p-priya-nair`. */
export const aPerson = (name: string, roles: string | string[] = [], traits: Partial<Person> = {}): Person => ({
  id: idOf(name),
  name,
  title: null,
  email: null,
  roles: [roles].flat().map((role) => ({ role, origin: 'crm' })),
  source: 'signals',
  lastInboundAt: null,
  lastOutboundAt: null,
  addedAt: at('2026-01-01'),
  ...traits,
});

/** `aTouchpoint('inbound', '2026-09-07 10:00', { person: 'Priya Nair' })`: an e-mail; `person` is a name as `aPerson` takes it. */
export function aTouchpoint(
  direction: Direction,
  when: string | EpochMs,
  { person, ...traits }: Partial<Touchpoint> & { person?: string } = {},
): Touchpoint {
  const instant = typeof when === 'number' ? when : at(when);
  return {
    id: `t-${direction}-${instant}-${person ?? ''}`,
    at: instant,
    type: 'email',
    direction,
    channel: null,
    personId: person === undefined ? null : idOf(person),
    asset: null,
    sentiment: null,
    ...traits,
  };
}

const idOf = (name: string): string => `p-${name.toLowerCase().replaceAll(' ', '-')}`;

/** `aSignal('stage.entered', '2026-09-07 10:00', { stage: { dealId: 'd-1', stage: 'decision' } })`; its id says what it is about and when. */
export function aSignal<Type extends SignalType>(
  type: Type,
  when: string | EpochMs,
  body: Omit<Extract<Signal, { type: Type }>, 'id' | 'source' | 'type' | 'occurredAt'>,
  traits: { id?: string; source?: Source } = {},
): Signal {
  const occurredAt = typeof when === 'number' ? when : at(when);
  return { id: `${type} ${occurredAt} ${JSON.stringify(body)}`, source: 'signals', type, occurredAt, ...body, ...traits } as unknown as Signal;
}

/** One map, everything to `#deals`, no quiet hours, working time in UTC. */
export const aConfig = ({ alerts, ...traits }: Partial<Omit<JourneyConfig, 'alerts'>> & { alerts?: Partial<AlertPolicy> } = {}): JourneyConfig => ({
  version: '1',
  timezone: 'UTC',
  calendar: officeHours,
  roles: someRoles,
  owners: [],
  segments: [],
  teams: [],
  managers: { byOwner: {}, others: null },
  playbook: [],
  maps: [aMap()],
  routes: [aRoute('#deals')],
  digests: [],
  adminChannel: null,
  access: openAccess,
  feed: { staleAfter: { amount: 2, unit: 'bd' } },
  reconcile: {},
  ...traits,
  alerts: {
    repeat: { amount: 3, unit: 'bd' },
    gather: { amount: 10, unit: 'm' },
    quiet: null,
    budget: 20,
    digestOnly: [],
    settle: { amount: 2, unit: 's' },
    importSummaryOver: 20,
    ...alerts,
  },
});

/** A node of the routing tree; `channel` null takes its parent's. */
export const aRoute = (channel: string | null, traits: Partial<Omit<RouteNode, 'channel'>> = {}): RouteNode => ({
  channel,
  match: {},
  notify: [],
  escalate: null,
  continue: false,
  routes: [],
  ...traits,
});
