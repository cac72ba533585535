import type { Company } from '../company/create-company.ts';
import type { WireSignal } from '../company/wire-signal.ts';
import type { CrmControl } from '../controls.ts';
import type { CrmFeed } from './crm-feed.ts';
import { createCrmRecords } from './crm-records.ts';
import { crmRoles, crmStageLabels, signalsOfAction } from './signals-of-action.ts';

/** The demo's CRM as a person uses it: what they do there goes to the bot as any CRM's events do, signed. */
export type DemoCrm = CrmControl & {
  /** Notes what was told to the bot in another way. */
  apply(signals: readonly WireSignal[]): void;
};

export function createDemoCrm({ company, feed, now }: { company: Company; feed(): CrmFeed | null; now(): number }): DemoCrm {
  const records = createCrmRecords();
  records.apply(company.history);
  const listeners = new Set<() => void>();
  const apply = (signals: readonly WireSignal[]): void => {
    records.apply(signals);
    for (const listen of listeners) listen();
  };
  let count = 0;
  return {
    apply,
    onChange(listen) {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    accounts: records.accounts,
    stages: Object.entries(crmStageLabels)
      .filter(([value]) => !value.startsWith('closed'))
      .map(([value, label]) => ({ value, label })),
    roles: crmRoles,
    async act(action) {
      const door = feed();
      if (door === null) return { status: 503, sent: [], text: 'The bot is not there yet.' };
      const occurredAt = new Date(now()).toISOString();
      const signals = signalsOfAction(action).map((body): WireSignal => ({ id: `panel-${++count}`, occurredAt, ...body }));
      const { status, text } = await door.post(signals);
      if (status < 300) apply(signals);
      return { status, sent: signals.map(({ type }) => type), text };
    },
  };
}
