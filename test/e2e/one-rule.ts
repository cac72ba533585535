/** A journey.yml of which only `missing-role` speaks: once a deal has been in `decision` for five working days without anybody for legal. `more`: at its end. */
export const oneRuleYml = ({ alerts = 'repeat: off', more = '' } = {}) => `
calendar: { hours: "09:00-17:00" }
maps:
  sales:
    extends: b2b-saas
    rules: { no-activity: off, single-threaded: off, close-date: off, ghosted: off, silent-role: off, moment-missed: off, stalled: off, content-gap: off }
    stages: { decision: { expects: { roles: [legal], within: 5bd } } }
routes: [{ channel: "#deal-alerts" }]
alerts: { ${alerts} }
feed: { staleAfter: 300d }
${more}`;

/** A Monday, a minute before the clocks of these tests begin. */
export const occurredAt = '2026-09-07T09:59:00Z';

/** An account of Dana's, and its deal in `decision`. */
export const customer = (key: string, name: string) => [
  { type: 'account.upserted', occurredAt, account: { id: `a-${key}`, name, ownerEmail: 'dana@us.example' } },
  {
    type: 'deal.upserted',
    occurredAt,
    deal: { id: `d-${key}`, accountId: `a-${key}`, name: `${name} rollout`, stage: 'decision', ownerEmail: 'dana@us.example' },
  },
];
