import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Changes, createLive } from '../../../src/sandbox/page/live.ts';
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { openPage } from './open-page.ts';

async function watch(userName = 'dana', channelName = 'general', options: SandboxOptions = {}) {
  const page = await openPage(options);
  const live = createLive(page.sandbox);
  onTestFinished(() => live.close());
  const told: Changes[] = [];
  const watcher = { userId: page.id(userName), channelId: page.id(channelName), onChanges: (changes: Changes) => told.push(changes) };
  live.watch(watcher, live.eventCount());
  return { page, live, told, watcher };
}

describe('live updates', () => {
  it('tells a burst of changes once', async () => {
    const { page, told } = await watch();
    const one = await page.sandbox.say({ user: 'theo', channel: 'general', text: 'one' });
    const two = await page.sandbox.say({ user: 'theo', channel: 'general', text: 'two' });
    await vi.waitFor(() => expect(told).not.toEqual([]), { timeout: 20_000 });
    expect(told).toMatchObject([{ all: false, sidebar: true, messages: new Set([one.ts, two.ts]) }]);
  });

  it('names a reply and the message it belongs to', async () => {
    const { page, told } = await watch();
    const parent = await page.sandbox.say({ user: 'theo', channel: 'general', text: 'one' });
    await vi.waitFor(() => expect(told).toHaveLength(1), { timeout: 20_000 });
    const reply = await page.sandbox.say({ user: 'theo', channel: 'general', text: 'two', threadTs: parent.ts });
    await vi.waitFor(() => expect(told).toHaveLength(2), { timeout: 20_000 });
    expect(told[1]?.messages).toEqual(new Set([parent.ts]));
    expect(told[1]?.replies).toEqual(new Map([[reply.ts, parent.ts]]));
  });

  it('tells of other channels only that the list of channels changed', async () => {
    const { page, told } = await watch();
    await page.sandbox.say({ user: 'theo', channel: 'revenue', text: 'elsewhere' });
    await vi.waitFor(() => expect(told).not.toEqual([]), { timeout: 20_000 });
    expect(told).toMatchObject([{ all: false, sidebar: true, messages: new Set() }]);
  });

  it('tells everybody that the CRM has changed', async () => {
    const heard = new Set<() => void>();
    const onChange = (listen: () => void) => {
      heard.add(listen);
      return () => heard.delete(listen);
    };
    const crm = { accounts: () => [], stages: [], roles: [], onChange, act: async () => ({ status: 204, sent: [], text: '' }) };
    const { told, live } = await watch('dana', 'general', { controls: { crm } });
    for (const listen of heard) listen();
    await vi.waitFor(() => expect(told).toMatchObject([{ all: false, crm: true, sidebar: false }]), { timeout: 20_000 });
    const listening = heard.size;
    live.close();
    expect(heard.size).toBe(listening - 1);
  });

  it('makes good for what was missed between the drawing and the first listening', async () => {
    const { page, live, told, watcher } = await watch();
    const drawnAt = live.eventCount();
    await page.sandbox.say({ user: 'theo', channel: 'general', text: 'meanwhile' });
    live.watch(watcher, drawnAt);
    expect(told.at(-1)).toMatchObject({ all: true });
  });
});
