import { describe, expect, it } from 'vitest';
import type { Controls, CrmAction } from '../../../src/sandbox/controls.ts';
import { textOf } from './draw-fixture.ts';
import { openPage } from './open-page.ts';

function someControls(): { controls: Controls; skipped: string[]; acted: CrmAction[] } {
  const skipped: string[] = [];
  const acted: CrmAction[] = [];
  const controls: Controls = {
    clock: { timezone: 'Europe/Berlin', skips: [{ key: 'day', label: 'Skip 1 day' }], skip: async (key) => void skipped.push(key) },
    crm: {
      accounts: () => [
        { id: 'a-1', name: 'Acme', deals: [{ id: 'd-1', name: 'Acme rollout', stage: 'x' }], people: [{ id: 'p-1', name: 'Priya', title: 'CFO' }] },
        { id: 'a-2', name: 'Without deals', deals: [], people: [] },
      ],
      stages: [{ value: 's', label: 'Contract sent' }],
      roles: [],
      onChange: () => () => undefined,
      async act(action) {
        acted.push(action);
        return { status: 202, sent: ['stage.entered'], text: '' };
      },
    },
  };
  return { controls, skipped, acted };
}

describe('the controls of the page', () => {
  it('are drawn as far as there are any: outages always', async () => {
    const bare = textOf((await (await openPage()).get('/')).body);
    expect(bare).toContain('Outages of Slack');
    expect(bare).not.toContain('signed webhook');
    const { controls } = someControls();
    const page = await openPage({ controls, now: () => Date.parse('2026-11-20T13:31:00Z') }, { now: () => Date.parse('2026-11-20T13:31:00Z') });
    const text = textOf((await page.get('/')).body).replaceAll('\u202f', ' ');
    for (const part of ['Fri 2:31 PM', 'Friday, November 20, 2026 at 2:31 PM', 'Skip 1 day', 'Acme rollout', 'Priya, CFO', 'Contract sent']) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('Without deals');
  });

  it('move the clock', async () => {
    const { controls, skipped } = someControls();
    const page = await openPage({ controls });
    expect((await page.post('/page/skip', { as: page.id('dana'), skip: 'day' })).json()).toEqual({});
    expect(skipped).toEqual(['day']);
    const still = await openPage();
    expect((await still.post('/page/skip', { as: still.id('dana'), skip: 'day' })).json()).toEqual({
      notice: 'This workspace goes by the machine’s clock.',
    });
  });

  it('act in the CRM and say what the bot answered', async () => {
    const { controls, acted } = someControls();
    const page = await openPage({ controls });
    const action = { kind: 'move', dealId: 'd-1', stage: 's' };
    const { answer } = (await page.post('/page/crm', { as: page.id('dana'), action })).json();
    expect([answer, acted]).toEqual([{ status: 202, sent: ['stage.entered'], text: '' }, [action]]);
    expect((await page.post('/page/crm', { as: page.id('dana'), action: { kind: 'move', dealId: '' } })).statusCode).toBe(400);
    expect(acted).toHaveLength(1);
    const without = await openPage();
    expect((await without.post('/page/crm', { as: without.id('dana'), action })).json()).toEqual({ notice: 'This workspace has no CRM.' });
  });

  it('make and end outages, and show the one that is', async () => {
    const page = await openPage();
    for (const [outage, weather] of [
      ['limited', { outage: { status: 429, retryAfter: 2 }, latencyMs: 0 }],
      ['slow', { outage: null, latencyMs: 2000 }],
      ['broken', { outage: { status: 500 }, latencyMs: 0 }],
    ] as const) {
      await page.post('/page/weather', { as: page.id('dana'), outage });
      expect(page.sandbox.workspace.weather()).toMatchObject(weather);
      expect((await page.get('/')).body).toMatch(new RegExp(`checked="" value="${outage}"|value="${outage}" checked=""`));
    }
    await page.post('/page/weather', { as: page.id('dana'), outage: 'none' });
    expect(page.sandbox.workspace.weather()).toEqual({ outage: null, latencyMs: 0, rateLimit: null });
    expect((await page.post('/page/weather', { as: page.id('dana'), outage: 'storm' })).statusCode).toBe(400);
    expect((await page.post('/page/weather', { as: page.id('dana'), disconnect: true })).json()).toEqual({});
  });
});
