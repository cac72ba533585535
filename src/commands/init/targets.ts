/** Where a journey map can be proposed from. `signals`: nothing to ask, any tool sends. */
export const targets = ['hubspot', 'salesforce', 'pipedrive', 'signals', 'csv'] as const;
export type TargetKind = (typeof targets)[number];
export type Target = { kind: Exclude<TargetKind, 'csv'> } | { kind: 'csv'; file: string };

export const targetNames: Record<TargetKind, string> = {
  hubspot: 'HubSpot',
  salesforce: 'Salesforce',
  pipedrive: 'Pipedrive',
  signals: 'another CRM, or a tool of our own (POST /webhooks/signals)',
  csv: 'a CSV file, for a try-out',
};

/** The variables of each. `read`: to be asked what it has; `live`: for what it sends while the bot runs; `made`: the value is ours to make. */
export const variablesOf: Record<TargetKind, { read: readonly string[]; live: readonly string[]; made: readonly string[] }> = {
  hubspot: { read: ['HUBSPOT_ACCESS_TOKEN'], live: ['PUBLIC_URL', 'HUBSPOT_CLIENT_SECRET'], made: [] },
  salesforce: {
    read: ['SALESFORCE_LOGIN_URL', 'SALESFORCE_CLIENT_ID', 'SALESFORCE_CLIENT_SECRET'],
    live: ['SALESFORCE_ORGANIZATION_ID'],
    made: ['SALESFORCE_WEBHOOK_SECRET'],
  },
  pipedrive: { read: ['PIPEDRIVE_API_TOKEN'], live: ['PIPEDRIVE_WEBHOOK_USER'], made: ['PIPEDRIVE_WEBHOOK_PASSWORD'] },
  signals: { read: [], live: [], made: ['SIGNALS_TOKEN'] },
  csv: { read: [], live: [], made: [] },
};

/** Shown while it is typed; everything else is a secret. */
const shown = /(_URL|_ID|_USER)$/;
export const isShown = (name: string): boolean => shown.test(name);

/** `hubspot`, or a file by its name; null where it is neither. */
export function readTarget(text: string): Target | null {
  const kind = targets.find((one) => one === text.toLowerCase());
  if (kind !== undefined) return kind === 'csv' ? null : { kind };
  return /\.(csv|tsv|txt)$/i.test(text) ? { kind: 'csv', file: text } : null;
}
