import { randomUUID } from 'node:crypto';
import { liveTouchpoint, setback } from '../company.ts';
import { type Lane, openLane, requestBytes } from '../http-lane.ts';
import { answering } from '../process.ts';
import { signatureHeaders } from '../signing.ts';

/**
 * What is sent: touchpoints that change little, setbacks that raise an alert each, or one setback in ten. Over accounts from `first`, `accounts` of them, in a
 * mixed order; what is not a setback among setbacks goes to the accounts before these.
 */
export type Mix = { what: 'touchpoints' | 'setbacks' | 'one setback in ten'; first: number; accounts: number };
export type Target = { port: number; path: string; secret: string };
export type Flood = { completed: number; seconds: number; statuses: Record<number, number> };
export type Paced = { index: number; raisesAlert: boolean; sentAt: number; answeredAt: number; status: number };

/** Prime, so that every account has its turn before one comes again. */
const stride = 7_919;

const api = {
  /** As fast as `connections` allow, each waiting for its answer: until `requests` are answered or `seconds` are over. */
  async flood({
    target,
    mix,
    requests,
    connections,
    seconds,
  }: {
    target: Target;
    mix: Mix;
    requests: number;
    connections: number;
    seconds: number;
  }): Promise<Flood> {
    const prepared = Array.from({ length: requests }, (_, index) => prepare(target, mix, index));
    const lanes = await Promise.all(Array.from({ length: connections }, () => openLane(target.port)));
    const statuses: Record<number, number> = {};
    let next = 0;
    let completed = 0;
    const startedAt = performance.now();
    const until = startedAt + seconds * 1_000;
    const drive = async (lane: Lane): Promise<void> => {
      while (next < requests && performance.now() < until) {
        const status = await lane.send(prepared[next++] as Buffer);
        completed += 1;
        statuses[status] = (statuses[status] ?? 0) + 1;
      }
    };
    await Promise.all(lanes.map(drive));
    const took = performance.now() - startedAt;
    for (const lane of lanes) lane.close();
    return { completed, seconds: took / 1_000, statuses };
  },

  /** At an even pace, whether or not the server keeps up. Times are `process.hrtime` in milliseconds, which all processes of a machine share. */
  async pace({ target, mix, perSecond, seconds }: { target: Target; mix: Mix; perSecond: number; seconds: number }): Promise<Paced[]> {
    const free: Lane[] = [];
    const sent: Promise<Paced>[] = [];
    const startedAt = clock();
    const total = perSecond * seconds;
    while (sent.length < total) {
      const dueAt = startedAt + (sent.length * 1_000) / perSecond;
      const wait = dueAt - clock();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      else sent.push(sendOne(prepare(target, mix, sent.length), mix, sent.length, target, free));
    }
    const answers = await Promise.all(sent);
    for (const lane of free) lane.close();
    return answers;
  },
};

export type LoadApi = typeof api;
answering(api);

async function sendOne(request: Buffer, mix: Mix, nth: number, { port }: Target, free: Lane[]): Promise<Paced> {
  let lane = free.pop();
  while (lane !== undefined && !lane.isOpen()) lane = free.pop();
  lane ??= await openLane(port);
  const sentAt = clock();
  const status = await lane.send(request);
  free.push(lane);
  return { index: accountOf(mix, nth), raisesAlert: isSetback(mix, nth), sentAt, answeredAt: clock(), status };
}

function prepare({ path, secret }: Target, mix: Mix, nth: number): Buffer {
  const id = `signal-${randomUUID()}`;
  const index = accountOf(mix, nth);
  const now = Date.now();
  const body = isSetback(mix, nth) ? setback(index, id, now) : liveTouchpoint(index, id, now);
  return requestBytes(path, signatureHeaders(secret, id, body, now), body);
}

function isSetback({ what }: Mix, nth: number): boolean {
  return what === 'setbacks' || (what === 'one setback in ten' && nth % 10 === 0);
}

function accountOf(mix: Mix, nth: number): number {
  const { what, first, accounts } = mix;
  if (what !== 'one setback in ten') return first + ((nth * stride) % accounts);
  return isSetback(mix, nth) ? first + (((nth / 10) * stride) % accounts) : (nth * stride) % first;
}

function clock(): number {
  return Number(process.hrtime.bigint() / 1_000n) / 1_000;
}
