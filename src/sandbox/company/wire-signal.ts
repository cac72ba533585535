/** What `POST /webhooks/signals` takes, as far as the demo company's CRM says it. Instants are ISO 8601 in UTC, days ISO. */
export type WireSignal = { id: string; occurredAt: string } & WireBody;

export type WireBody =
  | { type: 'account.upserted'; account: { id: string } & Partial<WireAccount> }
  | { type: 'deal.upserted'; deal: { id: string } & Partial<WireDeal> }
  | { type: 'person.upserted'; person: { id: string } & Partial<WirePerson> }
  | { type: 'touchpoint.recorded'; touchpoint: WireTouchpoint }
  | { type: 'stage.entered'; stage: { dealId: string; stage: CrmStage } }
  | { type: 'next-step.set'; nextStep: { dealId: string; title: string; due: string } }
  | { type: 'metric.recorded'; metric: { accountId: string; name: string; value: number } }
  | { type: 'milestone.completed'; milestone: { accountId: string; name: string } }
  | { type: 'record.deleted'; record: { kind: 'deal'; id: string } }
  | { type: 'role.assigned'; role: { personId: string; role: string } };

type WireAccount = {
  name: string;
  domain: string;
  segment: string;
  ownerEmail: string;
  lifecycleStage: string;
  renewalDate: string;
  url: string;
};

type WireDeal = {
  accountId: string;
  name: string;
  pipeline: string;
  stage: CrmStage;
  amount: number;
  currency: string;
  ownerEmail: string;
  closeDate: string;
  status: 'open' | 'won' | 'lost';
  url: string;
};

type WirePerson = {
  accountId: string;
  dealIds: string[];
  name: string;
  title: string;
  email: string;
  roles: string[];
};

type WireTouchpoint = {
  accountId: string;
  dealId?: string;
  personId: string;
  type: string;
  channel: string;
  direction: 'inbound' | 'outbound';
  asset?: string;
  sentiment?: number;
};

/** HubSpot's default sales pipeline, in its order. */
export const crmStages = [
  'appointmentscheduled',
  'qualifiedtobuy',
  'presentationscheduled',
  'decisionmakerboughtin',
  'contractsent',
  'closedwon',
  'closedlost',
] as const;
export type CrmStage = (typeof crmStages)[number];
