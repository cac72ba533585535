import type { Calendar } from '../calendar.ts';
import { dayMs, type EpochMs } from '../time.ts';
import type { Outcome, StageVisit } from './journey.ts';
import type { JourneyMap } from './journey-map.ts';
import type { AccountRecord } from './record.ts';
import { type StageMeaning, stageMeaning } from './stage-lookup.ts';
import type { Path } from './stage-visits.ts';
import { firstOfEachInstant } from './union.ts';

type Beginning = { account: AccountRecord; maps: readonly JourneyMap[]; wonAt(): readonly EpochMs[]; calendar: Calendar; now: EpochMs };

/**
 * What happened of which an account's journey takes note. `said`: the lifecycle stage; `begun`: what begins a stage otherwise, `again` where that may
 * happen after the end, too; `done`: a milestone that completes the journey.
 */
type Step = { at: EpochMs } & (
  | { kind: 'said'; meaning: StageMeaning | { kind: 'elsewhere' }; crmStage: string; source: StageVisit['source'] }
  | { kind: 'begun'; stage: string; by: string; again: boolean }
  | { kind: 'done' }
);

/**
 * Where an account is on one of the maps that it travels side by side. The lifecycle stage takes it anywhere, as the CRM says; what else begins a stage
 * takes it only forward, and not beyond the end of the journey, unless a deal is won. A lifecycle stage of another map for accounts completes what the
 * lifecycle stage has begun on this one, and is nothing to the rest. `movesAt`: when the renewal date begins a stage next.
 */
export function accountPath(map: JourneyMap, around: Beginning): Path & { movesAt: EpochMs | null } {
  const { account, now } = around;
  const timed = renewalSteps(map, around);
  const steps = [...saidSteps(map, around), ...eventSteps(map, around), ...timed.filter(({ at }) => at <= now)];
  if (steps.some(({ kind }) => kind !== 'said')) steps.sort((a, b) => a.at - b.at);
  const rankOf = (stage: string | null): number => map.stages.findIndex(({ key }) => key === stage);
  const visits: StageVisit[] = [];
  let bySaying = false;
  let ended = null as Exclude<Outcome, { state: 'open' | 'deleted' }> | null;
  const leave = (at: EpochMs): void => {
    const current = visits.at(-1);
    if (current !== undefined && current.leftAt === null) current.leftAt = at;
  };
  const enter = (stage: string | null, crmStage: string, source: StageVisit['source'], at: EpochMs): void => {
    leave(at);
    visits.push({ stage, crmStage, source, enteredAt: at, leftAt: null });
    ended = null;
  };
  for (const step of steps) {
    const current = visits.at(-1);
    const running = current !== undefined && ended === null;
    switch (step.kind) {
      case 'said': {
        const { meaning, at, crmStage, source } = step;
        if (meaning.kind === 'outcome') {
          leave(at);
          if (ended?.state !== meaning.outcome) ended = { state: meaning.outcome, at };
        } else if (meaning.kind === 'elsewhere') {
          if (!running || !bySaying) break;
          leave(at);
          ended = { state: 'won', at };
        } else if (meaning.kind === 'unknown') {
          if (running && !bySaying) break;
          enter(null, crmStage, source, at);
          bySaying = true;
        } else {
          if (running && current.stage === meaning.key) break;
          enter(meaning.key, crmStage, source, at);
          bySaying = true;
        }
        break;
      }
      case 'begun':
        if (ended !== null ? !step.again : running && rankOf(current.stage) >= rankOf(step.stage)) break;
        enter(step.stage, step.by, account.source?.value ?? 'signals', step.at);
        bySaying = false;
        break;
      case 'done':
        if (!running) break;
        leave(step.at);
        ended = { state: 'won', at: step.at };
        break;
    }
  }
  const ahead = timed.find(({ at }) => at > now);
  return { visits, outcome: ended ?? { state: 'open' }, movesAt: ahead === undefined || ended !== null ? null : ahead.at };
}

/** What is merely said again is no step. */
function saidSteps(map: JourneyMap, { account, maps }: Beginning): Step[] {
  const steps: Step[] = [];
  let before: string | null = null;
  for (const { at, stage, source } of firstOfEachInstant(account.stages).reverse()) {
    if (stage === before) continue;
    before = stage;
    const here = stageMeaning(map, source, stage);
    const known = here.kind !== 'unknown' || !maps.some((other) => other !== map && stageMeaning(other, source, stage).kind !== 'unknown');
    steps.push({ kind: 'said', at, meaning: known ? here : { kind: 'elsewhere' }, crmStage: stage, source });
  }
  return steps;
}

function eventSteps(map: JourneyMap, { account, wonAt }: Beginning): Step[] {
  const steps: Step[] = [];
  const milestoneAt = (name: string): EpochMs | null => (Object.hasOwn(account.milestones, name) ? (account.milestones[name] ?? null) : null);
  for (const { key, begins } of map.stages) {
    for (const name of begins?.milestones ?? []) {
      const at = milestoneAt(name);
      if (at !== null) steps.push({ kind: 'begun', at, stage: key, by: `milestone ${name}`, again: false });
    }
    if (begins?.won === true) for (const at of wonAt()) steps.push({ kind: 'begun', at, stage: key, by: 'a deal was won', again: true });
  }
  for (const name of map.endsAt ?? []) {
    const at = milestoneAt(name);
    if (at !== null) steps.push({ kind: 'done', at });
  }
  return steps;
}

/** Oldest first. */
function renewalSteps(map: JourneyMap, { account, calendar }: Beginning): Step[] {
  const renewal = account.renewalDate?.value;
  if (renewal == null) return [];
  return map.stages
    .flatMap(({ key, begins }): Step[] => {
      const days = begins?.renewalDays ?? null;
      if (days === null) return [];
      return [{ kind: 'begun', at: calendar.startOfDay(renewal) - days * dayMs, stage: key, by: 'the renewal date', again: false }];
    })
    .sort((a, b) => a.at - b.at);
}
