import { createHmac } from 'node:crypto';
import { createHubspotApiServer, type LocalOwner } from './hubspot-api-server.ts';
import { createHubspotRecords, type Event } from './hubspot-records.ts';

export type HubspotOptions = { now?: () => number; portalId?: number; clientSecret?: string; accessToken?: string };

/** How events go out: in what order, how often, how many to a body. */
/** `to` is the address as HubSpot was given it, and signs it; `at` where it is really sent, as if through a proxy. */
export type Sending = { to: string; at?: string; order?: (events: Event[]) => Event[]; times?: number; batch?: number };

const stage = (id: string, label: string, probability: string, isClosed = false) => ({
  id,
  label,
  displayOrder: 0,
  metadata: { probability, isClosed: String(isClosed) },
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  archived: false,
});

/** A HubSpot of our own on 127.0.0.1: records, the API a private app may call, and signed webhooks. Nobody in it is real. */
export async function startHubspot({
  now = Date.now,
  portalId = 4_242,
  clientSecret = 'app-secret',
  accessToken = 'pat-local',
}: HubspotOptions = {}) {
  const records = createHubspotRecords({ portalId, now });
  const owners: LocalOwner[] = [
    { id: '11', email: 'dana@us.example', firstName: 'Dana', lastName: 'Smith' },
    { id: '12', email: 'omar@us.example' },
    { id: '13', email: 'mia@us.example' },
    { id: '14', email: 'left@us.example', archived: true },
  ];
  const stages = [
    stage('appointmentscheduled', 'Appointment scheduled', '0.2'),
    stage('qualifiedtobuy', 'Qualified to buy', '0.4'),
    stage('contractsent', 'Contract sent', '0.9'),
    stage('closedwon', 'Closed won', '1.0', true),
    stage('closedlost', 'Closed lost', '0.0', true),
  ];
  const pipelines = [{ id: 'default', label: 'Sales', displayOrder: 0, archived: false, stages }];
  const roles = [
    { value: 'BUDGET_HOLDER', label: 'Budget Holder', hidden: false },
    { value: 'CHAMPION', label: 'Champion', hidden: false },
    { value: 'OTHER', label: 'Other', hidden: true },
  ];
  const labels = ['Decision maker', 'Legal counsel'];
  const { app, weather, requests } = createHubspotApiServer({ records, portalId, accessToken, pipelines, owners, roles, labels });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  let attempts: { event: Event; attemptNumber: number }[] = [];

  /** Sends what has not been taken yet; what is refused stays, to be sent again with the next call, ten times at the most. */
  async function send({ to, at = to, order = (events) => events, times = 1, batch = 100 }: Sending): Promise<number[]> {
    const fresh = records.events.splice(0).map((event) => ({ event, attemptNumber: 0 }));
    const due = [...attempts, ...fresh];
    attempts = [];
    const byEvent = new Map(due.map((one) => [one.event, one]));
    const ordered = Array.from({ length: times }, () => order(due.map(({ event }) => event))).flat();
    const codes: number[] = [];
    const refused = new Set<Event>();
    for (let start = 0; start < ordered.length; start += batch) {
      const events = ordered.slice(start, start + batch);
      const code = await post(
        to,
        at,
        events.map((event) => ({ ...event, attemptNumber: byEvent.get(event)?.attemptNumber ?? 0 })),
      );
      codes.push(code);
      if (code < 200 || code > 299) for (const event of events) refused.add(event);
    }
    attempts = due
      .filter(({ event, attemptNumber }) => refused.has(event) && attemptNumber < 9)
      .map(({ event, attemptNumber }) => ({ event, attemptNumber: attemptNumber + 1 }));
    return codes;
  }

  async function post(to: string, at: string, events: unknown[]): Promise<number> {
    const body = JSON.stringify(events);
    const response = await fetch(at, { method: 'POST', body, headers: { 'content-type': 'application/json', ...signed(to, body) } }).catch(
      () => null,
    );
    await response?.arrayBuffer();
    return response?.status ?? 0;
  }

  function signed(to: string, body: string, at = now()): Record<string, string> {
    const signature = createHmac('sha256', clientSecret).update(`POST${to}${body}${at}`).digest('base64');
    return { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': String(at) };
  }

  return {
    url,
    portalId,
    clientSecret,
    accessToken,
    records,
    owners,
    stages,
    pipelines,
    labels,
    weather,
    requests,
    send,
    signed,
    pending: () => attempts.length + records.events.length,
    /** A request that needs no socket, for a clock that is not the machine's. */
    async fetch(url: string | URL | Request, { method = 'GET', headers = {}, body }: RequestInit = {}): Promise<Response> {
      const { pathname, search } = new URL(String(url));
      const answer = await app.inject({
        method: method as 'GET' | 'POST',
        url: `${pathname}${search}`,
        headers: headers as Record<string, string>,
        ...(typeof body === 'string' ? { payload: body } : {}),
      });
      return new Response(answer.body, { status: answer.statusCode, headers: answer.headers as Record<string, string> });
    },
    close: () => app.close(),
  };
}
