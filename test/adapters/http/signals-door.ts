import { afterEach, expect } from 'vitest';
import { createSignalsSource } from '../../../src/adapters/crm/signals/signals-source.ts';
import { openDoor } from './open-door.ts';

/** Doors of the signals endpoint, closed after each test, and how one knocks there. */

export const token = 'a-token-of-some-length';
export const source = createSignalsSource({ tokens: [token] });
export const authorized = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
export const signal = (id = 'e1') =>
  JSON.stringify({ id, type: 'stage.entered', occurredAt: '2026-09-20T10:00:00Z', stage: { dealId: 'd-1', stage: 'contractsent' } });

export type Door = Awaited<ReturnType<typeof openDoor>>;
const doors: Door[] = [];
afterEach(async () => {
  await Promise.all(doors.splice(0).map((door) => door.close()));
});
export const open = async (given: Parameters<typeof openDoor>[1] = {}, sources = [source]): Promise<Door> => {
  const door = await openDoor(sources, given);
  doors.push(door);
  return door;
};
export const post = (
  door: Door,
  body: string | ReadableStream | null = signal(),
  headers: Record<string, string> = authorized,
  path = '/webhooks/signals',
) => fetch(`${door.url}${path}`, { method: 'POST', headers, body, ...(body instanceof ReadableStream ? { duplex: 'half' } : {}) } as RequestInit);
export const counted = async (door: Door, code: number, times = 1): Promise<boolean> =>
  (await door.metrics.scrape()).body.includes(`journey_webhooks_total{source="signals",code="${code}"} ${times}`);
/** A door that has not let a body in: nothing stored, nobody woken. */
export const noTrace = (door: Door) => expect([door.rows, door.accepted]).toEqual([[], []]);
