import { z } from 'zod';
import type { Signal } from '../../../core/journey/signal.ts';
import { dayMs, type EpochMs } from '../../../core/time.ts';
import { signalSchema } from './signal-schema.ts';

export type ReadSignals = { ok: true; signals: Signal[] } | { ok: false; message: string };

const mostSignals = 500;
const mostComplaints = 10;
/** Earlier than any CRM's own data: a unit mixed up (seconds for milliseconds) lands before it. */
const earliestTime = Date.UTC(1990, 0, 1);

/**
 * One signal, an array of them, or a CloudEvent (1.0, structured) whose data is one. `defaultId` names signals without an id, with their index.
 * A time more than a day ahead of `now` is refused: a field changes only by a newer time, so one value from 2099 would hold that field for
 * good. A day leaves room for clocks and zones that are wrong.
 */
export function readSignals(text: string, defaultId: string, now: EpochMs): ReadSignals {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    return refuse(`not JSON${positionOf(error)}`);
  }
  if (Array.isArray(body)) return readMany(body, defaultId, now);
  const event = isCloudEvent(body) ? readCloudEvent(body) : null;
  if (event !== null && !event.ok) return event;
  const complaints: string[] = [];
  const signal = event === null ? readOne(body, [], `${defaultId}:0`, now, complaints) : readOne(event.data, ['data'], event.id, now, complaints);
  return signal === null ? refuse(complaints.join('; ')) : { ok: true, signals: [event === null ? signal : { ...signal, id: event.id }] };
}

function readMany(bodies: unknown[], defaultId: string, now: EpochMs): ReadSignals {
  if (bodies.length === 0) return refuse('no signals: the array is empty');
  if (bodies.length > mostSignals) return refuse(`too many signals: ${bodies.length}, at most ${mostSignals} go into one request`);
  const signals: Signal[] = [];
  const complaints: string[] = [];
  for (const [index, body] of bodies.entries()) {
    const signal = readOne(body, ['signals', index], `${defaultId}:${index}`, now, complaints);
    if (signal !== null) signals.push(signal);
  }
  if (complaints.length === 0) return { ok: true, signals };
  const more = complaints.length - mostComplaints;
  return refuse(`${complaints.slice(0, mostComplaints).join('; ')}${more > 0 ? `; and ${more} more` : ''}`);
}

function readOne(body: unknown, path: PropertyKey[], defaultId: string, now: EpochMs, complaints: string[]): Signal | null {
  const said = signalSchema.safeParse(body);
  if (!said.success) {
    complaints.push(...said.error.issues.flatMap((issue) => complaintsOf(issue, path)));
    return null;
  }
  const { occurredAt } = said.data;
  if (occurredAt < earliestTime || occurredAt > now + dayMs) {
    complaints.push(`${pathText([...path, 'occurredAt'])}: expected a time from 1990 to at most a day from now`);
    return null;
  }
  return { ...said.data, id: said.data.id ?? defaultId, source: 'signals' };
}

/** Attributes that CloudEvents lets anybody add are let through: the event is only the envelope. */
const cloudEvent = z.object({
  specversion: z.literal('1.0'),
  id: z
    .string()
    .max(255)
    .regex(/^[^\p{Cc}\p{Cs}]+$/u),
  source: z.string().max(255).regex(/^\S+$/, 'expected a URI reference'),
  type: z.string().min(1),
  time: z.iso.datetime({ offset: true }).optional(),
  data: z.record(z.string(), z.unknown(), 'expected one signal (data_base64 is not supported)'),
});

const isCloudEvent = (body: unknown): boolean => typeof body === 'object' && body !== null && 'specversion' in body;

/** Its identity is source + id, whatever id the signal inside has. A source holds no space, so the first one parts them. */
function readCloudEvent(body: unknown): { ok: true; id: string; data: unknown } | { ok: false; message: string } {
  const event = cloudEvent.safeParse(body);
  if (!event.success) return refuse(event.error.issues.flatMap((issue) => complaintsOf(issue, [])).join('; '));
  const { id, source, time, data } = event.data;
  return { ok: true, id: `${source} ${id}`, data: time === undefined || 'occurredAt' in data ? data : { ...data, occurredAt: time } };
}

const refuse = (message: string): { ok: false; message: string } => ({ ok: false, message });

/** `signals[2].deal.foo: unknown field`. Names places, and repeats nothing that was in them. */
function complaintsOf(issue: z.core.$ZodIssue, before: PropertyKey[]): string[] {
  const path = [...before, ...issue.path];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${pathText([...path, key])}: unknown field`);
  if (issue.code === 'invalid_union') return [`${pathText(path)}: expected one of ${signalTypes.join(', ')}`];
  return [`${pathText(path)}: ${issue.message}`];
}

const signalTypes = signalSchema.options.map((option) => option.shape.type.value);

function pathText(path: PropertyKey[]): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step).slice(0, 80)}`)).join('');
  return text === '' ? 'body' : text.replace(/^\./, '');
}

/** V8 repeats the text in its message: only the place is taken from it. */
function positionOf(error: unknown): string {
  const [, position] = /position (\d+)/.exec(error instanceof Error ? error.message : '') ?? [];
  return position === undefined ? '' : ` (at character ${position})`;
}
