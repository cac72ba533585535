import { join } from 'node:path';
import { type Bench, connections, loadCore, programOf, serverCore, webhookPath } from '../bench.ts';
import { startAsked } from '../process.ts';
import type { DoorApi } from '../processes/door-server.ts';
import type { LoadApi } from '../processes/load.ts';
import type { ReferenceApi, Rung } from '../processes/reference-server.ts';
import { notMeasured, type Result, ratios, row, verdict } from '../result.ts';
import { slowFsync } from '../slow-fsync.ts';

type Server = { name: string; rung: Rung | 'door'; environment?: Record<string, string> };
type Flooded = { perSecond: number; cpuMicroseconds: number };

/** How many signed webhooks a second the door makes durable, beside the least that a server could do. */
export async function measureAcceptance(bench: Bench): Promise<Result> {
  const slow = slowFsync(bench.folder);
  const servers: Server[] = [
    { name: 'bare node:http', rung: 'bare' },
    { name: '+ HMAC', rung: 'hmac' },
    { name: '+ JSON.parse', rung: 'json' },
    { name: '+ HMAC, one insert, own transaction', rung: 'own-transaction' },
    { name: '+ HMAC, one insert, group commit', rung: 'group-commit' },
    { name: 'the door', rung: 'door' },
    ...('why' in slow
      ? []
      : ([
          { name: 'own transaction, each fsync 2 ms later', rung: 'own-transaction', environment: slow.environment },
          { name: 'group commit, each fsync 2 ms later', rung: 'group-commit', environment: slow.environment },
          { name: 'the door, each fsync 2 ms later', rung: 'door', environment: slow.environment },
        ] satisfies Server[])),
  ];
  const measured = new Map<string, Flooded[]>(servers.map(({ name }) => [name, []]));
  for (let round = 1; round <= bench.rounds; round += 1) {
    for (const [index, server] of servers.entries()) {
      bench.say(`acceptance, round ${round} of ${bench.rounds}: ${server.name}`);
      measured.get(server.name)?.push(await floodOnce(server, bench, join(bench.folder, `acceptance-${round}-${index}.db`)));
    }
  }
  const rate = (name: string): number[] => (measured.get(name) ?? []).map(({ perSecond }) => perSecond);
  const toReference = 'of the rung “HMAC + one insert, group commit”';
  const toOwn = 'times one transaction a request, each fsync 2 ms later';
  return {
    title: `Acceptance: signed, durable before 2xx, ${connections} connections`,
    rows: servers.flatMap(({ name }) => [
      row(name, 'requests/s', rate(name)),
      row(
        '   CPU of the server',
        'µs a request',
        (measured.get(name) ?? []).map(({ cpuMicroseconds }) => cpuMicroseconds),
      ),
    ]),
    verdicts: [
      verdict(1, toReference, '×', ratios(rate('the door'), rate('+ HMAC, one insert, group commit')), { least: 0.6 }),
      'why' in slow
        ? notMeasured(1, toOwn, '×', { least: 10 }, slow.why)
        : verdict(1, toOwn, '×', ratios(rate('the door, each fsync 2 ms later'), rate('own transaction, each fsync 2 ms later')), { least: 10 }),
    ],
    notes: [],
  };
}

/** Each flood meets a server that has just been started, and has been warmed up with a tenth of it. */
async function floodOnce({ rung, environment = {} }: Server, bench: Bench, database: string): Promise<Flooded> {
  const options = { core: serverCore, environment } as const;
  const server =
    rung === 'door'
      ? startAsked<DoorApi>(programOf('door-server'), { ...options, arguments: [bench.secret, database] })
      : startAsked<ReferenceApi>(programOf('reference-server'), { ...options, arguments: [rung, bench.secret, database] });
  const load = startAsked<LoadApi>(programOf('load'), { core: loadCore });
  try {
    const target = { port: await server.ask('port', undefined as never), path: webhookPath, secret: bench.secret };
    const flood = { target, mix: { what: 'touchpoints', first: 0, accounts: bench.accounts }, connections, seconds: bench.floodSeconds } as const;
    await load.ask('flood', { ...flood, requests: Math.ceil(bench.flood / 10) });
    const before = await server.ask('cpu', undefined as never);
    const { completed, seconds, statuses } = await load.ask('flood', { ...flood, requests: bench.flood });
    const cpu = (await server.ask('cpu', undefined as never)) - before;
    if (statuses[200] !== completed) throw new Error(`${rung}: not everything was accepted: ${JSON.stringify(statuses)}`);
    return { perSecond: completed / seconds, cpuMicroseconds: cpu / completed };
  } finally {
    await Promise.all([load.stop(), server.stop()]);
  }
}
