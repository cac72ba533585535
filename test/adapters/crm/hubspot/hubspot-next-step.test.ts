import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acme } from './acme.ts';
import { type Joined, joinHubspot, monday } from './joined.ts';

const dayMs = 86_400_000;
let joined: Joined;
let deal: string;
beforeEach(async () => {
  joined = await joinHubspot();
  ({ deal } = acme(joined));
});
afterEach(() => joined.close());

const inDays = (days: number): string => new Date(monday + days * dayMs).toISOString();
const nextStep = () => joined.records().get(`deal:hubspot:${deal}`);
function plan(kind: 'tasks' | 'meetings', days: number): string {
  const status = kind === 'tasks' ? { hs_task_status: 'NOT_STARTED', hs_task_type: 'CALL' } : { hs_meeting_outcome: 'SCHEDULED' };
  const id = joined.hubspot.records.create(kind, { hs_timestamp: inDays(days), ...status } as Record<string, string>);
  joined.hubspot.records.associate([kind, id], ['deals', deal]);
  joined.tick(60_000);
  return id;
}

describe('the next step of a deal', () => {
  it('is the task or meeting that is furthest ahead', async () => {
    plan('meetings', 20);
    plan('tasks', 9);
    await joined.arrive();
    expect(nextStep()).toMatchObject({ nextStep: { value: { title: 'Meeting', due: '2026-06-21' } } });
  });

  it('is due on the day that it is for the account', async () => {
    // 22:30 in UTC is half past midnight in Berlin, where the account is.
    plan('tasks', 9 + 10.5 / 24);
    await joined.arrive();
    expect(nextStep()).toMatchObject({ nextStep: { value: { title: 'Call', due: '2026-06-11' } } });
    const said = joined.ofType('next-step.set').map(({ id }) => id);
    await joined.read();
    expect(new Set(joined.ofType('next-step.set').map(({ id }) => id))).toEqual(new Set(said));
  });

  it('is no longer a task that is done, or a meeting that was held or called off: what is left is', async () => {
    const { records } = joined.hubspot;
    const [held, off, done] = [plan('meetings', 20), plan('meetings', 15), plan('tasks', 9)];
    plan('tasks', 4);
    await joined.arrive();
    for (const [kind, id, change, left] of [
      ['meetings', held, { hs_meeting_outcome: 'COMPLETED' }, { title: 'Meeting', due: '2026-06-16' }],
      ['meetings', off, { hs_meeting_outcome: 'CANCELED' }, { title: 'Call', due: '2026-06-10' }],
      ['tasks', done, { hs_task_status: 'COMPLETED' }, { title: 'Call', due: '2026-06-05' }],
    ] as const) {
      joined.tick(60_000);
      records.update(kind, id, change as Record<string, string>);
      await joined.arrive();
      expect(nextStep()).toMatchObject({ nextStep: { value: left } });
    }
  });

  it('is taken back by a comparison where the webhook of a done task was lost', async () => {
    const { records } = joined.hubspot;
    const task = plan('tasks', 9);
    await joined.arrive();
    joined.tick(60_000);
    records.update('tasks', task, { hs_task_status: 'COMPLETED' });
    records.events.splice(0);
    await joined.read(joined.now() - 60_000);
    expect(nextStep()).toMatchObject({ nextStep: { value: null } });
  });

  it('is told with the deal when that is restored: what was done meanwhile, HubSpot did not tell of it', async () => {
    const { records } = joined.hubspot;
    const task = plan('tasks', 9);
    await joined.arrive();
    joined.tick(60_000);
    records.update('tasks', task, { hs_task_status: 'COMPLETED' });
    records.remove('deals', deal);
    await joined.arrive();
    expect(nextStep()).toMatchObject({ nextStep: { value: { title: 'Call' } } });
    joined.tick(60_000);
    records.restore('deals', deal);
    await joined.arrive();
    expect(nextStep()).toMatchObject({ nextStep: { value: null } });
  });

  it('is the same fact by webhook, comparison and import', async () => {
    const { records } = joined.hubspot;
    const task = plan('tasks', 9);
    plan('meetings', 3);
    records.update('tasks', task, { hs_task_status: 'COMPLETED' });
    await joined.arrive();
    const said = new Set(joined.ofType('next-step.set').map(({ id }) => id));
    expect(said.size).toBe(1);
    await joined.read();
    await joined.read(monday);
    expect(new Set(joined.ofType('next-step.set').map(({ id }) => id))).toEqual(said);
  });

  it.each(['tasks', 'meetings'] as const)('is known to an import however long it is overdue (%s)', async (kind) => {
    plan(kind, 9);
    await joined.arrive();
    const said = new Set(joined.ofType('next-step.set').map(({ id }) => id));
    expect(said.size).toBe(1);
    joined.tick(200 * dayMs);
    joined.signals.length = 0;
    await joined.read();
    expect(new Set(joined.ofType('next-step.set').map(({ id }) => id))).toEqual(said);
  });

  it('costs an import no look at tasks that were done long ago', async () => {
    for (const hs_task_status of ['COMPLETED', 'DEFERRED']) joined.hubspot.records.update('tasks', plan('tasks', 10), { hs_task_status });
    joined.tick(200 * dayMs);
    await joined.read();
    expect(joined.ofType('next-step.set')).toEqual([]);
    expect(joined.hubspot.requests.some(({ path }) => path.includes('associations/deals/tasks'))).toBe(false);
  });
});
