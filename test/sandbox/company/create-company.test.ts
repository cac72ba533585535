import { describe, expect, it } from 'vitest';
import { createCompany } from '../../../src/sandbox/company/create-company.ts';
import { readSignal } from './assess-company.ts';

const now = Date.parse('2026-11-18T10:00:00Z');
const company = createCompany({ seed: 2026, now });
const { history } = company;

describe('the demo company', () => {
  it('is the same for the same seed and day, and another one for another seed', () => {
    expect(createCompany({ seed: 2026, now }).history).toEqual(history);
    expect(createCompany({ seed: 2027, now }).history).not.toEqual(history);
  });

  it('has 40 accounts, 60 deals, 250 people and a year of touchpoints', () => {
    const ids = (of: (signal: (typeof history)[number]) => string | false): number => new Set(history.map(of).filter((id) => id !== false)).size;
    expect(ids((signal) => signal.type === 'account.upserted' && signal.account.id)).toBe(40);
    expect(ids((signal) => signal.type === 'deal.upserted' && signal.deal.id)).toBe(60);
    const people = ids((signal) => signal.type === 'person.upserted' && signal.person.id);
    expect(people).toBeGreaterThan(235);
    expect(people).toBeLessThan(265);
    expect(history.length).toBeGreaterThan(2_000);
    expect(history.length).toBeLessThan(4_000);
    const first = Date.parse(history[0]?.occurredAt ?? '');
    expect((now - first) / 86_400_000).toBeGreaterThan(330);
  });

  it('says nothing that the signals endpoint refuses, and gives each signal an id of its own', () => {
    for (const signal of history) readSignal(signal);
    for (const scene of company.scenes) for (const signal of scene.signals(now)) readSignal(signal);
    const ids = [...history, ...company.scenes.flatMap((scene) => scene.signals(now))].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('tells its history oldest first and up to now', () => {
    const instants = history.map(({ occurredAt }) => Date.parse(occurredAt));
    expect(instants).toEqual(instants.toSorted((one, other) => one - other));
    expect(instants.at(-1)).toBeLessThan(now);
  });

  it('lets nobody work at night, on weekends or on public holidays', () => {
    for (const { occurredAt } of history) {
      const local = Temporal.Instant.from(occurredAt).toZonedDateTimeISO('Europe/Berlin');
      expect(local.dayOfWeek).toBeLessThanOrEqual(5);
      expect(local.hour).toBeGreaterThanOrEqual(9);
      expect(local.hour).toBeLessThan(18);
      expect(['12-25', '12-26', '01-01', '05-01', '10-03']).not.toContain(occurredAt.slice(5, 10));
    }
  });

  it('names only addresses that cannot exist', () => {
    const text = JSON.stringify(history);
    const hosts = [...text.matchAll(/@([a-z0-9.-]+)|https?:\/\/([^/"]+)|"domain":"([^"]+)"/g)].map(
      ([, mail, web, domain]) => mail ?? web ?? domain ?? '',
    );
    expect(hosts.length).toBeGreaterThan(300);
    for (const host of hosts) expect(host).toMatch(/\.example$/);
  });

  it('speaks of people and accounts that it has introduced', () => {
    const accounts = new Set(history.flatMap((signal) => (signal.type === 'account.upserted' ? [signal.account.id] : [])));
    const people = new Set(history.flatMap((signal) => (signal.type === 'person.upserted' ? [signal.person.id] : [])));
    for (const signal of history) {
      if (signal.type !== 'touchpoint.recorded') continue;
      expect(people).toContain(signal.touchpoint.personId);
      expect(accounts).toContain(signal.touchpoint.accountId);
    }
  });
});
