import type { Alert } from '../../src/core/alerts/alert.ts';
import { type Card, type CardContent, cardIdOf } from '../../src/core/alerts/card.ts';
import type { Change } from '../../src/core/change.ts';
import type { Delivery, Message } from '../../src/core/delivery.ts';
import type { JourneyRow } from '../../src/core/journey/journey-row.ts';
import type { AccountRecord, DealRecord, PersonRecord } from '../../src/core/journey/record.ts';
import type { Signal } from '../../src/core/journey/signal.ts';

/** Values that state only what a test is about. Times are small numbers: the store does not know what day it is. */
const shared = { firstSeenAt: 1, lastSeenAt: 1, touchpoints: [], merges: [], deletedAt: null, erasedAt: null };
const said = <Value>(value: Value) => ({ value, at: 1 });

export const account = (id: string, more: Partial<AccountRecord> = {}): AccountRecord => ({
  kind: 'account',
  id,
  ...shared,
  stages: [],
  metrics: {},
  milestones: {},
  ...more,
});
export const deal = (id: string, accountId: string | null, more: Partial<DealRecord> = {}): DealRecord => ({
  kind: 'deal',
  id,
  ...shared,
  ...(accountId === null ? {} : { accountId: said(accountId) }),
  closeDates: [],
  stages: [],
  ...more,
});
export const person = (id: string, accountId: string | null, more: Partial<PersonRecord> = {}): PersonRecord => ({
  kind: 'person',
  id,
  ...shared,
  ...(accountId === null ? {} : { accountId: said(accountId) }),
  assigned: {},
  lastInboundAt: null,
  lastOutboundAt: null,
  ...more,
});
export const named = (name: string) => ({ name: said(name) });
export const ofDeals = (...ids: string[]) => ({ dealIds: said(ids) });

/** Stores a record under the account that its own field names. */
export const put = (record: AccountRecord | DealRecord | PersonRecord, more: Partial<Extract<Change, { kind: 'record.put' }>> = {}): Change => ({
  kind: 'record.put',
  record,
  revision: 0,
  accountId: record.kind === 'account' ? null : (record.accountId?.value ?? null),
  terms: null,
  ...more,
});

export const journeyRow = (dealId: string, more: Partial<JourneyRow> = {}): JourneyRow => ({
  id: `deal:${dealId}`,
  kind: 'deal',
  accountId: null,
  dealId,
  mapKey: 'new-business',
  stage: 'decision',
  stageEnteredAt: 1,
  segments: [],
  name: dealId,
  ownerEmail: null,
  amount: null,
  currency: null,
  url: null,
  outcome: 'open',
  outcomeAt: null,
  source: 'hubspot',
  recheckAt: null,
  settlingSince: null,
  evaluatedAt: 1,
  revision: 0,
  ...more,
});
export const putJourney = (dealId: string, more: Partial<JourneyRow> = {}): Change => ({ kind: 'journey.put', row: journeyRow(dealId, more) });

export const alert = (id: string, more: Partial<Omit<Alert, 'finding'>> & { finding?: Partial<Alert['finding']> } = {}): Alert => {
  const { finding, ...rest } = more;
  return {
    id,
    identity: 'deal:d-1/stalled/journey',
    journeyId: 'deal:d-1',
    accountId: null,
    dealId: 'd-1',
    rule: 'stalled',
    subject: 'journey',
    episode: 1,
    previousId: null,
    state: 'open',
    routes: [{ channel: '#deals', notifyOwner: false }],
    openedAt: 10,
    acknowledged: null,
    snooze: null,
    inhibitedBy: null,
    resolution: null,
    holds: false,
    saidAt: null,
    ...rest,
    finding: {
      rule: rest.rule ?? 'stalled',
      severity: 'warning',
      subject: rest.subject ?? 'journey',
      since: 5,
      dueAt: 9,
      headline: 'Stalled in Decision',
      expected: 'leaves Decision within 15 working days',
      people: [],
      evidence: [],
      nextStep: 'Ask for the decision date',
      ...finding,
    },
  };
};
export const putAlert = (...given: Parameters<typeof alert>): Change => ({ kind: 'alert.put', alert: alert(...given) });
export const resolved = (at: number) => ({ state: 'resolved', resolution: { at, how: 'cleared', text: 'moved on' } }) as const;

export const content = (more: Partial<CardContent> = {}): CardContent => ({
  journeyId: 'deal:d-1',
  kind: 'deal',
  state: 'active',
  name: 'Rollout',
  url: null,
  account: null,
  amount: null,
  ownerEmail: null,
  notifyOwner: false,
  mapLabel: 'New business',
  stage: null,
  nextStep: null,
  closeDate: null,
  outcome: 'open',
  mutedUntil: null,
  alerts: [],
  ...more,
});
export const card = (journeyId: string, channel: string, more: Partial<Card> = {}): Card => ({
  id: cardIdOf(journeyId, channel),
  journeyId,
  channel,
  content: content({ journeyId }),
  fingerprint: 'f1',
  posted: null,
  hold: null,
  saidAt: null,
  ...more,
});
export const putCard = (...given: Parameters<typeof card>): Change => ({ kind: 'card.put', card: card(...given) });

export const notice = (title: string): Message => ({ kind: 'notice', severity: 'info', title, lines: [] });
export const delivery = (id: string, channel: string, message: Message, more: Partial<Delivery> = {}): Delivery => ({
  id,
  channel,
  message,
  dueAt: 10,
  createdAt: 10,
  attempts: 0,
  ...more,
});
export const addDelivery = (...given: Parameters<typeof delivery>): Change => ({ kind: 'delivery.add', delivery: delivery(...given) });

export const touchpoint = (id: string, names: { accountId?: string; dealId?: string; personId?: string }, occurredAt = 1): Signal => ({
  id,
  source: 'signals',
  type: 'touchpoint.recorded',
  occurredAt,
  touchpoint: { type: 'meeting', direction: 'inbound', ...names },
});
export const addSignal = (signal: Signal): Change => ({ kind: 'signal.add', signal, receivedAt: signal.occurredAt });
