/** What the local HubSpot keeps: objects with their history, associations, and the events that every change makes. */
export type Kind = 'deals' | 'contacts' | 'companies' | 'calls' | 'emails' | 'meetings' | 'tasks';
export type Event = Record<string, unknown> & { subscriptionType: string; occurredAt: number };
export type Kept = {
  id: string;
  properties: Record<string, string>;
  history: { name: string; value: string; timestamp: number }[];
  archivedAt: number | null;
  mergedInto: string | null;
  createdAt: number;
  updatedAt: number;
};
type Link = { from: [Kind, string]; to: [Kind, string]; primary: boolean; labels: string[] };

const singular: Record<Kind, string> = {
  deals: 'deal',
  contacts: 'contact',
  companies: 'company',
  calls: 'call',
  emails: 'email',
  meetings: 'meeting',
  tasks: 'task',
};
const typeIds: Record<Kind, string> = {
  contacts: '0-1',
  companies: '0-2',
  deals: '0-3',
  tasks: '0-27',
  meetings: '0-47',
  calls: '0-48',
  emails: '0-49',
};
const generic = (kind: Kind): boolean => !['deals', 'contacts', 'companies'].includes(kind);

export function createHubspotRecords({ portalId, now }: { portalId: number; now: () => number }) {
  const objects = new Map<string, Kept>();
  let links: Link[] = [];
  let lastId = 1_000;
  let lastEvent = 100;
  const events: Event[] = [];

  const key = (kind: Kind, id: string): string => `${kind}/${id}`;
  const must = (kind: Kind, id: string): Kept => {
    const found = objects.get(key(kind, id));
    if (found === undefined) throw new Error(`no ${kind} ${id}`);
    return found;
  };
  const happened = (kind: Kind, verb: string, fields: Record<string, unknown>): void => {
    lastEvent += 1;
    events.push({
      eventId: lastEvent,
      subscriptionId: 77,
      portalId,
      appId: 5,
      occurredAt: now(),
      subscriptionType: `${generic(kind) ? 'object' : singular[kind]}.${verb}`,
      attemptNumber: 0,
      changeSource: 'CRM_UI',
      ...(generic(kind) ? { objectTypeId: typeIds[kind] } : {}),
      ...fields,
    });
  };
  const write = (kept: Kept, properties: Record<string, string>): void => {
    kept.updatedAt = now();
    for (const [name, value] of Object.entries(properties)) {
      kept.properties[name] = value;
      kept.history.unshift({ name, value, timestamp: now() });
    }
    kept.properties.hs_lastmodifieddate = new Date(now()).toISOString();
    kept.properties.lastmodifieddate = new Date(now()).toISOString();
  };

  return {
    events,
    create(kind: Kind, properties: Record<string, string> = {}): string {
      lastId += 1;
      const kept: Kept = { id: String(lastId), properties: {}, history: [], archivedAt: null, mergedInto: null, createdAt: now(), updatedAt: now() };
      objects.set(key(kind, kept.id), kept);
      write(kept, properties);
      happened(kind, 'creation', { objectId: Number(kept.id), changeFlag: 'CREATED' });
      return kept.id;
    },
    update(kind: Kind, id: string, properties: Record<string, string>): void {
      write(must(kind, id), properties);
      for (const [propertyName, propertyValue] of Object.entries(properties))
        happened(kind, 'propertyChange', { objectId: Number(id), propertyName, propertyValue });
    },
    /** Of records it counts as a modification, since HubSpot keeps their number with either; of engagements it does not. */
    associate(from: [Kind, string], to: [Kind, string], { primary = false, labels = [] as string[] } = {}): void {
      links = links.filter((link) => !same(link, from, to));
      if (primary) links = links.map((link) => (is(link.from, from) && link.to[0] === to[0] ? { ...link, primary: false } : link));
      links.push({ from, to, primary, labels });
      rollUp(from, to);
      if (from[0] === 'contacts' && to[0] === 'companies' && primary) write(must(...from), { associatedcompanyid: to[1] });
      linkEvent(from, to, primary, false);
    },
    /** Of a link that is there. Not a modification of anything. */
    label(from: [Kind, string], to: [Kind, string], labels: string[]): void {
      links = links.map((link) => (same(link, from, to) ? { ...link, labels } : link));
      linkEvent(from, to, false, false);
    },
    dissociate(from: [Kind, string], to: [Kind, string]): void {
      const gone = links.find((link) => same(link, from, to));
      links = links.filter((link) => link !== gone);
      rollUp(from, to);
      if (from[0] === 'contacts' && to[0] === 'companies' && gone?.primary) write(must(...from), { associatedcompanyid: '' });
      linkEvent(from, to, gone?.primary ?? false, true);
    },
    remove(kind: Kind, id: string): void {
      must(kind, id).archivedAt = now();
      happened(kind, 'deletion', { objectId: Number(id), changeFlag: 'DELETED' });
    },
    /** HubSpot computes its properties anew: a modification. */
    restore(kind: Kind, id: string): void {
      must(kind, id).archivedAt = null;
      write(must(kind, id), {});
      happened(kind, 'restore', { objectId: Number(id), changeFlag: 'RESTORED' });
    },
    /** For privacy: two events, in the order HubSpot happens to send them. */
    erase(id: string): void {
      objects.delete(key('contacts', id));
      links = links.filter((link) => !is(link.from, ['contacts', id]) && !is(link.to, ['contacts', id]));
      happened('contacts', 'deletion', { objectId: Number(id), changeFlag: 'DELETED' });
      happened('contacts', 'privacyDeletion', { objectId: Number(id), changeFlag: 'DELETED' });
    },
    /**
     * `asNew`: the survivor is a third record, as HubSpot makes one since it merges contacts and companies like other objects. The survivor has the histories of
     * all ("you can see the combined history of the two records in the resulting single contact"), and names also whoever was merged into one of them before.
     */
    merge(kind: 'deals' | 'contacts' | 'companies', primary: string, others: string[], { asNew = false } = {}): string {
      lastId += asNew ? 1 : 0;
      const survivor = asNew ? String(lastId) : primary;
      const gone = [...new Set([primary, ...others])].filter((id) => id !== survivor);
      const kept = must(kind, primary);
      if (asNew) objects.set(key(kind, survivor), { ...kept, id: survivor, properties: { ...kept.properties }, history: [...kept.history] });
      for (const id of gone) must(kind, id).mergedInto = survivor;
      const all = [...new Set([survivor, ...gone])].map((id) => must(kind, id));
      const histories = [...new Set(all.flatMap(({ history }) => history))].sort((a, b) => b.timestamp - a.timestamp);
      must(kind, survivor).history = histories;
      const mergedBefore = all.flatMap(({ properties }) => (properties.hs_merged_object_ids ?? '').split(';')).filter((id) => id !== '');
      write(must(kind, survivor), { hs_merged_object_ids: [...new Set([...mergedBefore, ...gone])].join(';') });
      if (kind === 'contacts') keepAddresses(survivor, gone);
      const moved = (end: [Kind, string]): [Kind, string] => (end[0] === kind && gone.includes(end[1]) ? [kind, survivor] : end);
      for (const { from, to, primary: isPrimary } of links)
        if (kind === 'companies' && from[0] === 'contacts' && isPrimary && gone.includes(to[1]))
          write(must(...from), { associatedcompanyid: survivor });
      const primaries = links.filter((link) => link.primary && is(link.from, [kind, primary])).map(({ to }) => to[0]);
      const ofAll = links.map((link) => {
        // The primary ones of the primary record stay so.
        const isSecond = kind === link.from[0] && others.includes(link.from[1]) && primaries.includes(link.to[0]);
        return { ...link, from: moved(link.from), to: moved(link.to), primary: link.primary && !isSecond };
      });
      links = ofAll.filter((link, index) => ofAll.findIndex((one) => same(one, link.from, link.to)) === index);
      happened(kind, 'merge', {
        objectId: Number(primary),
        primaryObjectId: Number(primary),
        mergedObjectIds: others.map(Number),
        newObjectId: Number(survivor),
        numberOfPropertiesMoved: 3,
      });
      // Of each that was merged away it also says that it was deleted.
      for (const id of gone) happened(kind, 'deletion', { objectId: Number(id), changeFlag: 'DELETED' });
      return survivor;
    },
    /** As HubSpot's API reads it: by a merged id it finds the survivor. `archived`: only those that were deleted. */
    find(kind: Kind, id: string, { archived = false } = {}): Kept | null {
      let found = objects.get(key(kind, id));
      while (found !== undefined && found.mergedInto !== null) found = objects.get(key(kind, found.mergedInto));
      return found === undefined || (found.archivedAt !== null) !== archived ? null : found;
    },
    /** In the order of their ids. Merged ones are in neither list. */
    list(kind: Kind, { archived }: { archived: boolean }): Kept[] {
      const all = [...objects].flatMap(([name, kept]) => (name.startsWith(`${kind}/`) && kept.mergedInto === null ? [kept] : []));
      return all.filter(({ archivedAt }) => (archivedAt !== null) === archived).sort((a, b) => Number(a.id) - Number(b.id));
    },
    linked(from: [Kind, string], to: Kind): { id: string; primary: boolean; labels: string[] }[] {
      const there = links.flatMap((link) => {
        if (is(link.from, from) && link.to[0] === to) return [{ id: link.to[1], primary: link.primary, labels: link.labels }];
        return is(link.to, from) && link.from[0] === to ? [{ id: link.from[1], primary: link.primary, labels: link.labels }] : [];
      });
      const byId = new Map(there.filter(({ id }) => this.find(to, id) !== null).map((one) => [one.id, one]));
      return [...byId.values()];
    },
    /** An event of a kind that no bot subscribes to on purpose. */
    noise(subscriptionType: string, fields: Record<string, unknown>): void {
      lastEvent += 1;
      events.push({ eventId: lastEvent, subscriptionId: 78, portalId, appId: 5, occurredAt: now(), attemptNumber: 0, subscriptionType, ...fields });
    },
  };

  /** Whoever was two has the addresses of both. */
  function keepAddresses(survivor: string, gone: string[]): void {
    const kept = must('contacts', survivor);
    const all = [survivor, ...gone].flatMap((id) => {
      const { email = '', hs_additional_emails = '' } = must('contacts', id).properties;
      return [email, ...hs_additional_emails.split(';')];
    });
    const others = [...new Set(all)].filter((address) => address !== '' && address !== kept.properties.email);
    if (others.length > 0) kept.properties.hs_additional_emails = others.join(';');
  }

  function rollUp(...ends: [Kind, string][]): void {
    if (ends.some(([kind]) => generic(kind))) return;
    for (const [kind, id] of ends) write(must(kind, id), {});
  }

  function linkEvent(from: [Kind, string], to: [Kind, string], primary: boolean, removed: boolean): void {
    const type = `${singular[from[0]]}_to_${singular[to[0]]}`.toUpperCase();
    happened(from[0], 'associationChange', {
      associationType: type,
      fromObjectId: Number(from[1]),
      toObjectId: Number(to[1]),
      associationRemoved: removed,
      isPrimaryAssociation: primary,
      ...(generic(from[0]) ? { fromObjectTypeId: typeIds[from[0]], toObjectTypeId: typeIds[to[0]] } : {}),
    });
  }
}

const is = (a: [Kind, string], b: [Kind, string]): boolean => a[0] === b[0] && a[1] === b[1];
const same = (link: Link, from: [Kind, string], to: [Kind, string]): boolean => is(link.from, from) && is(link.to, to);
