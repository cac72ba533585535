/** What the local Pipedrive keeps: objects with their changelogs, participants, and the events that every change makes. */
export type Kind = 'deals' | 'persons' | 'organizations' | 'activities' | 'notes';
export type Fields = Record<string, unknown>;
export type Event = {
  meta: Fields & { action: string; entity: string; entity_id: string; timestamp: string };
  data: Fields | null;
  previous: Fields | null;
};
export type Kept = Fields & { id: number; add_time: string; update_time: string | null; is_deleted: boolean };
export type Change = { field_key: string; old_value: string | null; new_value: string | null; time: string };
type Participation = { id: number; deal_id: number; person_id: number; add_time: string };

const entities: Record<Kind, string> = { deals: 'deal', persons: 'person', organizations: 'organization', activities: 'activity', notes: 'note' };
const blank: Record<Kind, Fields> = {
  deals: {
    title: '',
    owner_id: 11,
    person_id: null,
    org_id: null,
    pipeline_id: 1,
    stage_id: 1,
    value: 0,
    currency: 'EUR',
    status: 'open',
    stage_change_time: null,
    is_archived: false,
    won_time: null,
    lost_time: null,
    close_time: null,
    expected_close_date: null,
    label_ids: [],
    custom_fields: {},
  },
  persons: { name: '', first_name: '', last_name: null, owner_id: 11, org_id: null, emails: [], phones: [], job_title: null, custom_fields: {} },
  organizations: { name: '', owner_id: 12, website: null, custom_fields: {} },
  activities: {
    subject: '',
    type: 'call',
    owner_id: 11,
    deal_id: null,
    person_id: null,
    org_id: null,
    due_date: null,
    due_time: null,
    done: false,
    marked_as_done_time: null,
    participants: [],
  },
  notes: { content: '', user_id: 11, deal_id: null, person_id: null, org_id: null, active_flag: true },
};

export function createPipedriveRecords({ companyId, host, now }: { companyId: string; host: string; now: () => number }) {
  const objects = new Map<string, Kept>();
  const changes = new Map<string, Change[]>();
  const participants: Participation[] = [];
  const participantChanges: { deal_id: number; person_id: number; action: string; time: string; actor_user_id: number }[] = [];
  const events: Event[] = [];
  let lastId = 100;
  let lastEvent = 0;

  const seconds = (): string => `${new Date(now()).toISOString().slice(0, 19)}Z`;
  const key = (kind: Kind, id: number): string => `${kind}/${id}`;
  const must = (kind: Kind, id: number): Kept => {
    const found = objects.get(key(kind, id));
    if (found === undefined) throw new Error(`no ${kind} ${id}`);
    return found;
  };
  const happened = (kind: Kind, action: string, id: number, data: Fields | null, previous: Fields | null, meta: Fields = {}): void => {
    lastEvent += 1;
    events.push({
      meta: {
        action,
        entity: entities[kind],
        company_id: companyId,
        correlation_id: `c0000000-0000-4000-8000-${String(lastEvent).padStart(12, '0')}`,
        entity_id: String(id),
        id: `e0000000-0000-4000-8000-${String(lastEvent).padStart(12, '0')}`,
        is_bulk_edit: false,
        timestamp: new Date(now()).toISOString(),
        type: 'general',
        user_id: '11',
        version: '2.0',
        webhook_id: '77',
        webhook_owner_id: '11',
        change_source: 'app',
        permitted_user_ids: ['11'],
        host,
        ...meta,
      },
      data: data === null ? null : forWebhook(kind, data),
      previous: previous === null ? null : forWebhook(kind, previous),
    });
  };
  const log = (kind: Kind, id: number, field: string, before: unknown, after: unknown): void => {
    const entry = { field_key: field, old_value: plain(before), new_value: plain(after), time: seconds() };
    changes.set(key(kind, id), [...(changes.get(key(kind, id)) ?? []), entry]);
  };
  const write = (kind: Kind, kept: Kept, fields: Fields): Fields => {
    const previous: Fields = {};
    for (const [name, value] of Object.entries(fields)) {
      if (name === 'custom_fields') {
        const before = kept.custom_fields as Fields;
        for (const [code, one] of Object.entries(value as Fields)) log(kind, kept.id, code, before[code], one);
        previous.custom_fields = before;
        kept.custom_fields = { ...before, ...(value as Fields) };
        continue;
      }
      previous[name] = kept[name];
      log(kind, kept.id, name, kept[name], value);
      kept[name] = value;
    }
    if (kind === 'deals' && 'stage_id' in fields) kept.stage_change_time = seconds();
    if (kind === 'deals' && 'status' in fields) {
      kept.won_time = fields.status === 'won' ? seconds() : null;
      kept.lost_time = fields.status === 'lost' ? seconds() : null;
      kept.close_time = fields.status === 'open' ? null : seconds();
    }
    if (kind === 'activities' && 'done' in fields) kept.marked_as_done_time = fields.done === true ? seconds() : null;
    kept.update_time = seconds();
    return previous;
  };

  /** Whoever was in it as two is in it once. */
  const moveParticipations = (from: number, into: number): void => {
    const moved = <One extends { person_id: number }>(all: readonly One[]): One[] => {
      const found = all.map((one) => (one.person_id === from ? { ...one, person_id: into } : one));
      return found.filter((one, index) => found.findIndex((other) => other.person_id === one.person_id) === index);
    };
    const byDeal = Map.groupBy(participants.splice(0), ({ deal_id }) => deal_id);
    for (const ofDeal of byDeal.values()) participants.push(...moved(ofDeal));
    for (const kept of objects.values()) {
      if (Array.isArray(kept.participants)) kept.participants = moved(kept.participants as { person_id: number }[]);
    }
  };

  /** Who was on either is on the one that is left. */
  const moveToDeal = (from: number, into: number): void => {
    const on = new Set(participants.flatMap((one) => (one.deal_id === into ? [one.person_id] : [])));
    const moved = participants.splice(0).filter((one) => one.deal_id !== from || !on.has(one.person_id));
    participants.push(...moved.map((one) => (one.deal_id === from ? { ...one, deal_id: into } : one)));
  };

  const records = {
    events,
    create(kind: Kind, fields: Fields = {}): number {
      lastId += 1;
      const kept: Kept = { ...structuredClone(blank[kind]), ...fields, id: lastId, add_time: seconds(), update_time: null, is_deleted: false };
      if (kind === 'activities' && kept.done === true) kept.marked_as_done_time ??= seconds();
      // A new deal has no time of change in webhooks; the API shows the time of its birth.
      objects.set(key(kind, kept.id), kept);
      happened(kind, 'create', kept.id, kept, null);
      return kept.id;
    },
    update(kind: Kind, id: number, fields: Fields): void {
      const kept = must(kind, id);
      const previous = write(kind, kept, fields);
      happened(kind, 'change', id, kept, previous);
    },
    remove(kind: Kind, id: number): void {
      const kept = must(kind, id);
      const before = { ...kept };
      kept.is_deleted = true;
      kept.active_flag = false;
      kept.update_time = seconds();
      happened(kind, 'delete', id, null, before);
    },
    restore(kind: Kind, id: number): void {
      const kept = must(kind, id);
      kept.is_deleted = false;
      kept.update_time = seconds();
      happened(kind, 'change', id, kept, {});
    },
    addParticipant(dealId: number, personId: number): void {
      lastId += 1;
      participants.push({ id: lastId, deal_id: dealId, person_id: personId, add_time: seconds() });
      participantChanges.push({ deal_id: dealId, person_id: personId, action: 'added', time: seconds(), actor_user_id: 11 });
      const kept = must('deals', dealId);
      kept.update_time = seconds();
      happened('deals', 'change', dealId, kept, {});
    },
    removeParticipant(dealId: number, personId: number): void {
      participants.splice(
        participants.findIndex((one) => one.deal_id === dealId && one.person_id === personId),
        1,
      );
      participantChanges.push({ deal_id: dealId, person_id: personId, action: 'removed', time: seconds(), actor_user_id: 11 });
      const kept = must('deals', dealId);
      kept.update_time = seconds();
      happened('deals', 'change', dealId, kept, {});
    },
    /** `from` is deleted, and what hung on it hangs on `into`. What a deal has not gets it: https://pipedrive.readme.io/docs/merging-two-deals */
    merge(kind: 'deals' | 'persons' | 'organizations', from: number, into: number): void {
      const gone = must(kind, from);
      const before = { ...gone };
      gone.is_deleted = true;
      gone.update_time = seconds();
      const link = { deals: 'deal_id', persons: 'person_id', organizations: 'org_id' }[kind];
      for (const one of objects.values()) if (one[link] === from) one[link] = into;
      if (kind === 'persons') moveParticipations(from, into);
      if (kind === 'deals') moveToDeal(from, into);
      const kept = must(kind, into);
      const missing =
        kind === 'deals' ? ['person_id', 'org_id', 'expected_close_date'].filter((name) => kept[name] === null && before[name] !== null) : [];
      write(kind, kept, Object.fromEntries(missing.map((name) => [name, before[name]])));
      happened(kind, 'delete', from, null, before, { merged_to_id: String(into) });
      happened(kind, 'change', into, kept, {}, { merged_from_id: String(from) });
    },
    find: (kind: Kind, id: number): Kept | null => objects.get(key(kind, id)) ?? null,
    all: (kind: Kind): Kept[] =>
      [...objects]
        .filter(([name]) => name.startsWith(`${kind}/`))
        .map(([, kept]) => kept)
        .sort((a, b) => a.id - b.id),
    changesOf: (kind: Kind, id: number): Change[] => changes.get(key(kind, id)) ?? [],
    participantsOf: (dealId: number): Participation[] => {
      const main = must('deals', dealId).person_id;
      const own = participants.filter((one) => one.deal_id === dealId);
      const listed = typeof main === 'number' && own.every(({ person_id }) => person_id !== main);
      return [...(listed ? [{ id: main, deal_id: dealId, person_id: main, add_time: must('deals', dealId).add_time }] : []), ...own];
    },
    participantChangesOf: (dealId: number) => participantChanges.filter((one) => one.deal_id === dealId),
  };
  return records;
}

/** As a changelog writes it: everything is text. */
const plain = (value: unknown): string | null =>
  value === null || value === undefined ? null : Array.isArray(value) ? value.join(',') : String(value);

/** Webhooks have options as objects, and neither participants nor what only the API knows. */
function forWebhook(kind: Kind, fields: Fields): Fields {
  const { is_deleted: _deleted, participants: _participants, marked_as_done_time: _done, ...rest } = structuredClone(fields);
  const custom = rest.custom_fields as Fields | undefined;
  if (custom !== undefined) {
    rest.custom_fields = Object.fromEntries(
      Object.entries(custom).map(([code, value]) => [
        code,
        Array.isArray(value)
          ? { type: 'set', values: value.map((id) => ({ id })) }
          : typeof value === 'number'
            ? { type: 'enum', id: value }
            : value === null
              ? null
              : { type: 'varchar', value },
      ]),
    );
  }
  if (kind === 'activities' && typeof rest.due_time === 'string') rest.due_time = { timezone_id: null, value: rest.due_time };
  return rest;
}
