import { z } from 'zod';
import { counted } from '../counted.ts';
import { daysSchema } from '../duration.ts';
import { createHealthIndex } from '../insight/health.ts';
import type { Journey } from '../journey/journey.ts';
import { dayMs, type EpochMs, earliest } from '../time.ts';
import { type DetectContext, defineDetector, type Evidence, undecided } from './detector.ts';
import { accountName, corrected, inWords, metricInWords, personToAsk, touchpointInWords } from './words.ts';

const asking = ['reference_request', 'review_request', 'referral_request', 'case_study_request', 'advocacy_request'];

/**
 * Good news: an account is happy (whatever was measured of the metrics of `happy` within `fresh` is at its bound or over it, and something was measured),
 * healthy, has been a customer for `after` days and reached `milestones`, and was not asked for `cooldown` days. Said only where no other rule
 * finds more than a hint (`info`), and no such alert is open on any of the account's journeys. `since` is when all of it came together. Without a fresh measurement, or with a health that is not known, nothing can be said.
 *
 * Clears when they were asked, or it is no longer true.
 */
export const advocacyReady = defineDetector({
  name: 'advocacy-ready',
  title: 'Ready to recommend us',
  summary: 'Good news: a happy customer who could be asked for a reference.',
  silence: false,
  only: 'accounts',
  goodNews: true,
  list: 'good news',
  quieter: { parameter: 'after', way: 'more' },
  severity: 'info',
  params: z.strictObject({
    happy: z.record(z.string(), z.number()).default({ nps: 9, csat: 4.3 }).describe('By metric: the value under which no fresh measurement may be'),
    health: z.int().min(0).max(100).default(75).describe('Health at the least, where journey.yml says what it is made of'),
    milestones: z.array(z.string()).default([]).describe('What must have been reached'),
    after: daysSchema.prefault('90d').describe('How long it must have been a customer'),
    asked: z.array(z.string()).default(asking).describe('Types of touchpoints, and milestones, that mean they were asked'),
    cooldown: daysSchema.prefault('180d').describe('How long nobody is asked again'),
    fresh: daysSchema.prefault('120d').describe('How long a measurement counts'),
  }),
  explain: ({ happy, health, after, cooldown }) =>
    `${Object.entries(happy)
      .map(([metric, bound]) => `${metricInWords(metric)} ${bound} or more`)
      .join(
        ' and ',
      )}, health ${health} or more where it is known, a customer for ${counted(after, 'day')}, not asked for ${counted(cooldown, 'day')}, and nothing else to be done`,
  detect(journey, params, context) {
    const { now } = context;
    const standing = createStanding(journey, params, context);
    const instants = standing.instants.toSorted((a, b) => a - b);
    const recheckAt = instants.find((at) => at > now) ?? null;
    switch (standing.at(now)) {
      case 'no':
        return { findings: [], recheckAt };
      case 'unknown':
        return { ...undecided, recheckAt };
      case 'ready':
        // Nobody tells this journey when the others are mended: it looks again the next day.
        if ((journey.alertsElsewhere ?? 0) > 0) return { findings: [], recheckAt: earliest(recheckAt, (Math.floor(now / dayMs) + 1) * dayMs) };
        break;
    }
    let since = now;
    for (const at of instants.filter((instant) => instant <= now).reverse()) {
      if (standing.at(at) !== 'ready') break;
      since = at;
    }
    const person = personToAsk(journey);
    const finding = {
      subject: 'advocacy',
      since,
      dueAt: since,
      headline: `${accountName(journey)} is ready to be asked for a reference`,
      expected: `happy, healthy, and not asked for ${counted(params.cooldown, 'day')}`,
      people: person === null ? [] : [person.id],
      evidence: standing.evidence(now),
      nextStep: `Ask ${person?.name ?? accountName(journey)} for a reference, a review or an introduction`,
    };
    return { findings: [finding], recheckAt };
  },
  cleared(finding, journey, { now }, { asked }) {
    const isNew = (at: EpochMs | null | undefined): boolean => at != null && at > finding.since && at <= now;
    const touchpoint = journey.touchpoints.find(({ type, at }) => asked.includes(type) && isNew(at));
    if (touchpoint !== undefined) return `they were asked: ${touchpointInWords(touchpoint)}`;
    const milestone = asked.find((name) => Object.hasOwn(journey.milestones, name) && isNew(journey.milestones[name]));
    if (milestone !== undefined) return `they were asked: ${inWords(milestone)}`;
    const heard = journey.touchpoints.some(({ at }) => at > finding.since && at <= now);
    const measured = Object.values(journey.metrics).some(([last]) => last !== undefined && last.at > finding.since && last.at <= now);
    return heard || measured ? 'no longer all of it is true, or something else comes first' : corrected;
  },
});

type Params = {
  happy: Record<string, number>;
  health: number;
  milestones: readonly string[];
  after: number;
  asked: readonly string[];
  cooldown: number;
  fresh: number;
};

/** How it stood at any time. `instants`: when that can have changed. */
function createStanding(journey: Journey, params: Params, { map }: DetectContext) {
  const { happy, health, milestones, after, asked, cooldown, fresh } = params;
  const begun = journey.visits.find(({ stage }) => stage !== null)?.enteredAt ?? null;
  const customerFrom = begun === null ? null : begun + after * dayMs;
  const reached = (name: string): EpochMs | null => (Object.hasOwn(journey.milestones, name) ? (journey.milestones[name] ?? null) : null);
  const askedAt = [
    ...journey.touchpoints.filter(({ type }) => asked.includes(type)).map(({ at }) => at),
    ...asked.flatMap((type) => (journey.lastOf !== undefined && Object.hasOwn(journey.lastOf, type) ? (journey.lastOf[type] ?? []) : [])),
    ...asked.flatMap((name) => reached(name) ?? []),
  ];
  const measured = Object.entries(happy).map(([metric, bound]) => ({
    metric,
    bound,
    values: Object.hasOwn(journey.metrics, metric) ? (journey.metrics[metric] ?? []) : [],
  }));
  const index = map.health === undefined ? null : createHealthIndex(journey, map.health);
  const counting = (values: (typeof measured)[number]['values'], at: EpochMs) =>
    values.filter((value) => value.at <= at && at < value.at + fresh * dayMs);
  return {
    instants: [
      ...(customerFrom === null ? [] : [customerFrom]),
      ...milestones.flatMap((name) => reached(name) ?? []),
      ...askedAt.flatMap((at) => [at, at + cooldown * dayMs]),
      ...measured.flatMap(({ values }) => values.flatMap(({ at }) => [at, at + fresh * dayMs])),
      ...(index?.instants ?? []),
    ],
    at(at: EpochMs): 'ready' | 'no' | 'unknown' {
      if (customerFrom === null) return 'unknown';
      if (at < customerFrom || askedAt.some((asking) => asking <= at && at < asking + cooldown * dayMs)) return 'no';
      if (milestones.some((name) => (reached(name) ?? at + 1) > at)) return 'no';
      const counted = measured.map(({ values, bound }) => ({ values: counting(values, at), bound }));
      if (counted.some(({ values, bound }) => values.some(({ value }) => value < bound))) return 'no';
      const points = index === null ? 100 : index.at(at);
      if (points !== null && points < health) return 'no';
      return points === null || counted.every(({ values }) => values.length === 0) ? 'unknown' : 'ready';
    },
    evidence(at: EpochMs): Evidence[] {
      const points = index?.at(at) ?? null;
      return [
        ...measured.flatMap(({ metric, values }): Evidence[] => {
          const [last] = counting(values, at);
          return last === undefined ? [] : [{ label: metricInWords(metric), text: String(last.value) }];
        }),
        ...(points === null ? [] : [{ label: 'Health', count: points }]),
        ...(begun === null ? [] : [{ label: 'Customer since', at: begun }]),
        ...milestones.map((name): Evidence => ({ label: 'Reached', text: inWords(name) })),
      ];
    },
  };
}
