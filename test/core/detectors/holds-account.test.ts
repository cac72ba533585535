import fc from 'fast-check';
import { it } from 'vitest';
import { advocacyReady } from '../../../src/core/detectors/advocacy-ready.ts';
import { healthDrop } from '../../../src/core/detectors/health-drop.ts';
import { onboardingOverdue } from '../../../src/core/detectors/onboarding-overdue.ts';
import { renewalDue } from '../../../src/core/detectors/renewal-due.ts';
import { sentimentDrop } from '../../../src/core/detectors/sentiment-drop.ts';
import { expectToHoldUntilRecheck, someDuration } from './holds-until-recheck.ts';

const someDays = (max: number) => fc.integer({ min: 0, max }).map((days) => `${days}d`);
it('onboarding-overdue holds', () =>
  expectToHoldUntilRecheck(
    onboardingOverdue,
    fc.record({
      milestones: fc.dictionary(fc.constantFrom('kickoff', 'first_value', 'go_live'), someDuration),
      value: fc.constantFrom('first_value', 'go_live'),
      within: someDuration,
      atRisk: someDuration,
      heard: fc.boolean(),
    }),
  ));
it('health-drop holds', () =>
  expectToHoldUntilRecheck(
    healthDrop,
    fc.record({ points: fc.integer({ min: 1, max: 30 }), window: someDays(40), recovered: fc.integer({ min: 0, max: 10 }) }),
  ));
it('sentiment-drop holds', () =>
  expectToHoldUntilRecheck(
    sentimentDrop,
    fc.record({
      bounds: fc.constant({ nps: 7, usage: 3 }),
      falls: fc.integer({ min: 2, max: 3 }),
      mood: fc.constantFrom(-0.5, 0),
      moods: fc.integer({ min: 2, max: 3 }),
      fresh: someDuration,
    }),
  ));
it('renewal-due holds', () =>
  expectToHoldUntilRecheck(
    renewalDue,
    fc.record({
      window: someDays(120),
      types: fc.subarray(['email', 'call']),
      milestones: fc.subarray(['kickoff']),
      maps: fc.subarray(['renewals']),
    }),
  ));
it('advocacy-ready holds', () =>
  expectToHoldUntilRecheck(
    advocacyReady,
    fc.record({
      happy: fc.constantFrom({ nps: 5 }, { nps: 3, open_tickets: 2 }),
      health: fc.integer({ min: 0, max: 60 }),
      milestones: fc.subarray(['kickoff']),
      after: someDays(40),
      asked: fc.subarray(['call', 'first_value']),
      cooldown: someDays(60),
      fresh: someDays(90),
    }),
  ));
