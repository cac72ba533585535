import { describe, expect, it } from 'vitest';
import { type Holds, inhibit } from '../../../src/core/alerts/inhibit.ts';
import type { Finding } from '../../../src/core/detectors/detector.ts';
import { detectors } from '../../../src/core/detectors/index.ts';

const finding = (rule: string) => ({ rule, subject: 'journey' }) as Finding;
const heldBy = (rules: string[], holds: Holds = { muted: false, feedStale: false }) => {
  const findings = rules.map(finding);
  const inhibitedBy = inhibit(findings, holds);
  return findings.map((one) => inhibitedBy(one));
};

describe('what holds findings back', () => {
  it('is the rule that says it already', () => {
    expect(heldBy(['no-activity', 'silent-role', 'ghosted', 'missing-role'])).toEqual([null, 'no-activity', 'no-activity', null]);
    expect(heldBy(['silent-role', 'ghosted'])).toEqual([null, null]);
  });

  it('is no rule that only digests tell of, but for what only they tell of, too', () => {
    const heldIn = (onlyInDigests: string[]) =>
      heldBy(['no-activity', 'silent-role', 'ghosted'], { muted: false, feedStale: false, isSaid: ({ rule }) => !onlyInDigests.includes(rule) });
    expect(heldIn(['no-activity'])).toEqual([null, null, null]);
    expect(heldIn(['no-activity', 'ghosted'])).toEqual([null, null, 'no-activity']);
    expect(heldIn(['ghosted'])).toEqual([null, 'no-activity', 'no-activity']);
  });

  it('is the rule that says it already of the same subject', () => {
    const of = (rule: string, subject: string) => ({ rule, subject }) as Finding;
    const inhibitedBy = inhibit([of('missing-role', 'role:legal')], { muted: false, feedStale: false });
    expect(inhibitedBy(of('content-gap', 'role:legal'))).toBe('missing-role');
    expect(inhibitedBy(of('content-gap', 'role:champion'))).toBeNull();
    expect(inhibitedBy(of('missing-role', 'role:legal'))).toBeNull();
  });

  it('is a stale feed, for every rule that speaks of silence', () => {
    const rules = detectors.map(({ name }) => name);
    expect(heldBy(rules, { muted: false, feedStale: true })).toEqual(detectors.map(({ silence }) => (silence ? 'stale-feed' : null)));
    expect(detectors.filter(({ silence }) => silence).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['no-activity', 'ghosted', 'silent-role', 'response-gap']),
    );
  });

  it('is a mute, for everything that nothing else holds back', () => {
    expect(heldBy(['no-activity', 'missing-role'], { muted: true, feedStale: false })).toEqual(['mute', 'mute']);
    expect(heldBy(['no-activity', 'silent-role'], { muted: true, feedStale: false })).toEqual(['mute', 'no-activity']);
    expect(heldBy(['no-activity', 'missing-role'], { muted: true, feedStale: true })).toEqual(['stale-feed', 'mute']);
  });
});
