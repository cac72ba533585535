import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DealRecord } from '../../../../src/core/journey/record.ts';
import type { Signal } from '../../../../src/core/journey/signal.ts';
import { recordsOf } from '../records-of.ts';
import { acme } from './acme.ts';
import { type Joined, joinPipedrive, readAll, signalsIn } from './joined.ts';

let joined: Joined;
beforeEach(async () => {
  joined = await joinPipedrive();
});
afterEach(() => joined.close());

it('imports what was said with people about a deal that is gone, each once', async () => {
  const { records } = joined.pipedrive;
  const { deal, priya } = acme(joined);
  const call = records.create('activities', { type: 'call', deal_id: deal, person_id: priya, done: true });
  joined.tick(60_000);
  const mistake = records.create('deals', { title: 'A mistake', person_id: priya });
  const other = records.create('activities', { type: 'call', deal_id: mistake, person_id: priya, done: true });
  joined.tick(60_000);
  records.remove('deals', mistake);
  joined.tick(60_000);
  const touchpoints = signalsIn(await readAll(joined.history())).filter(({ type }) => type === 'touchpoint.recorded');
  expect(touchpoints.map(({ id }) => id).sort()).toEqual([call, other].map((id) => `pipedrive:activity:${id}:with:pipedrive:${priya}`).sort());
});

it('imports that somebody was deleted whom activities still name', async () => {
  const { records } = joined.pipedrive;
  const { deal, priya } = acme(joined);
  const lena = records.create('persons', { name: 'Lena Ito' });
  records.create('activities', { type: 'meeting', deal_id: deal, person_id: priya, done: true, participants: [{ person_id: lena, primary: false }] });
  joined.tick(60_000);
  records.remove('persons', lena);
  joined.tick(60_000);
  const deleted = signalsIn(await readAll(joined.history())).filter(({ type }) => type === 'record.deleted');
  expect(deleted).toMatchObject([{ record: { kind: 'person', id: `pipedrive:${lena}` } }]);
});

it('links to the person and the organization that are left, although those that were merged into them were created later', async () => {
  const { records } = joined.pipedrive;
  const { organization, priya } = acme(joined);
  joined.tick(60_000);
  const again = records.create('organizations', { name: 'ACME' });
  const twin = records.create('persons', { name: 'P. Nair' });
  await joined.arrive();
  joined.tick(60_000);
  records.merge('organizations', again, organization);
  records.merge('persons', twin, priya);
  await joined.arrive();
  const known = joined.records();
  expect(known.get(`account:pipedrive:${organization}`)).toMatchObject({ url: { value: expect.stringContaining(`/organization/${organization}`) } });
  expect(known.get(`person:pipedrive:${priya}`)).toMatchObject({ url: { value: expect.stringContaining(`/person/${priya}`) } });
});

it('knows of a plan that was deleted, where the webhook of the deletion was lost', async () => {
  const { records } = joined.pipedrive;
  const { deal } = acme(joined);
  const call = records.create('activities', { subject: 'Call', type: 'call', deal_id: deal, due_date: '2026-06-20' });
  await joined.arrive();
  const nextStep = () => joined.records().get(`deal:pipedrive:${deal}`);
  expect(nextStep()).toMatchObject({ nextStep: { value: { title: 'Call', due: '2026-06-20' } } });
  joined.tick(60_000);
  records.remove('activities', call);
  records.events.splice(0);
  joined.tick(60_000);
  joined.signals.push(...signalsIn(await readAll(joined.history(), { since: joined.now() - 120_000 })));
  expect(nextStep()).toMatchObject({ nextStep: { value: null } });
});

it('takes for the next step, after a later plan was called off, what an import takes for it', async () => {
  const { records } = joined.pipedrive;
  const { deal } = acme(joined);
  const [, , last] = ['2026-06-03', '2026-06-12', '2026-06-20'].map((due_date) =>
    records.create('activities', { subject: due_date, type: 'call', deal_id: deal, due_date }),
  );
  await joined.arrive();
  joined.tick(5 * 24 * 60 * 60_000);
  records.remove('activities', last ?? 0);
  await joined.arrive();
  const stepIn = (signals: Signal[]) => (recordsOf(signals).get(`deal:pipedrive:${deal}`) as DealRecord).nextStep?.value;
  expect(stepIn(joined.signals)).toEqual(stepIn(signalsIn(await readAll(joined.history()))));
});

it('compares what came to a deal by a merge, where the webhooks of the merge were lost', async () => {
  const { records } = joined.pipedrive;
  const { deal } = acme(joined);
  const twin = records.create('deals', { title: 'Acme rollout (2)' });
  records.create('activities', { type: 'call', deal_id: twin, done: true });
  records.create('activities', { subject: 'Demo', type: 'meeting', deal_id: twin, due_date: '2026-06-20' });
  await joined.arrive();
  joined.tick(60 * 60_000);
  const before = joined.now();
  records.merge('deals', twin, deal);
  await joined.arrive({ lose: () => true });
  joined.tick(60_000);
  joined.signals.push(...signalsIn(await readAll(joined.history(), { since: before })));
  const known = joined.records().get(`deal:pipedrive:${deal}`);
  expect(known?.touchpoints.map(({ type }) => type)).toContain('call');
  expect(known).toMatchObject({ nextStep: { value: { title: 'Demo', due: '2026-06-20' } } });
});

it('compares whose a deal and its people are, where an organization was merged into another and the webhooks of that were lost', async () => {
  const { records } = joined.pipedrive;
  const { organization, deal, priya } = acme(joined);
  const left = records.create('organizations', { name: 'Acme Holding' });
  const other = records.create('organizations', { name: 'Somebody else' });
  await joined.arrive();
  joined.tick(60 * 60_000);
  const before = joined.now();
  records.merge('organizations', organization, left);
  records.update('organizations', other, { name: 'Somebody else entirely' });
  await joined.arrive({ lose: () => true });
  joined.tick(60_000);
  joined.signals.push(...signalsIn(await readAll(joined.history(), { since: before })));
  const known = joined.records();
  expect(known.get(`deal:pipedrive:${deal}`)).toMatchObject({ accountId: { value: `pipedrive:${left}` } });
  expect(known.get(`person:pipedrive:${priya}`)).toMatchObject({ accountId: { value: `pipedrive:${left}` } });
});

it('knows the next step of a deal that got it by a merge, although its own was planned later', async () => {
  const { records } = joined.pipedrive;
  const { deal } = acme(joined);
  const twin = records.create('deals', { title: 'Acme rollout (2)' });
  records.create('activities', { subject: 'A demo', type: 'meeting', deal_id: twin, due_date: '2026-06-20' });
  joined.tick(60_000);
  records.create('activities', { subject: 'Zoom', type: 'call', deal_id: deal, due_date: '2026-06-10' });
  await joined.arrive();
  joined.tick(60_000);
  records.merge('deals', twin, deal);
  await joined.arrive();
  expect(joined.records().get(`deal:pipedrive:${deal}`)).toMatchObject({ nextStep: { value: { title: 'A demo', due: '2026-06-20' } } });
});
