import { fieldsOf, type Kept, keyPrefixes, type ObjectName, type Value } from './schema.ts';

export type Fields = Record<string, Value>;
/** What a change makes Salesforce tell: an outbound message (not of deletions) and a change event. */
export type Changed = { object: ObjectName; id: string; change: 'CREATE' | 'UPDATE' | 'DELETE' | 'UNDELETE'; at: number; row: Kept };

export const stages = [
  { ApiName: 'Prospecting', IsClosed: false, IsWon: false, DefaultProbability: 10 },
  { ApiName: 'Needs Analysis', IsClosed: false, IsWon: false, DefaultProbability: 20 },
  { ApiName: 'Negotiation/Review', IsClosed: false, IsWon: false, DefaultProbability: 90 },
  { ApiName: 'Closed Won', IsClosed: true, IsWon: true, DefaultProbability: 100 },
  { ApiName: 'Closed Lost', IsClosed: true, IsWon: false, DefaultProbability: 0 },
];

/** What the local Salesforce keeps: rows with their system fields, the history of deals, the recycle bin. Times are whole seconds. */
export function createSalesforceRecords({ now }: { now: () => number }) {
  const tables = new Map<ObjectName, Map<string, Kept>>();
  const listeners: ((changed: Changed) => void)[] = [];
  const tracked = new Set<string>();
  let lastNumber = 100;

  const table = (object: ObjectName): Map<string, Kept> => {
    const found = tables.get(object) ?? new Map<string, Kept>();
    tables.set(object, found);
    return found;
  };
  const second = (): number => Math.floor(now() / 1_000) * 1_000;
  const newId = (object: ObjectName): string => {
    lastNumber += 1;
    // The last three letters say which of the others are capitals; only the third one ever is.
    const prefix = keyPrefixes[object];
    return `${prefix}${String(lastNumber).padStart(12, '0')}${/[A-Z]$/.test(prefix) ? 'EAA' : 'AAA'}`;
  };
  const must = (object: ObjectName, id: string): Kept => {
    const found = table(object).get(id);
    if (found === undefined) throw new Error(`no ${object} ${id}`);
    return found;
  };
  const tell = (object: ObjectName, id: string, change: Changed['change']): void => {
    for (const listener of listeners) listener({ object, id, change, at: now(), row: { ...must(object, id) } });
  };
  /** What Salesforce works out by itself. */
  const derive = (object: ObjectName, row: Kept): void => {
    if (object === 'Opportunity') {
      const stage = stages.find(({ ApiName }) => ApiName === row.StageName);
      Object.assign(row, { IsClosed: stage?.IsClosed ?? false, IsWon: stage?.IsWon ?? false, Probability: stage?.DefaultProbability ?? null });
    }
    if (object === 'Contact') row.Name = [row.FirstName, row.LastName].filter(Boolean).join(' ') || null;
    if (object === 'Task') {
      row.IsClosed = row.Status === 'Completed';
      row.CompletedDateTime = row.IsClosed ? (row.CompletedDateTime ?? second()) : null;
    }
    if (object === 'Task' || object === 'Event') {
      const what = typeof row.WhatId === 'string' ? row.WhatId : '';
      const who = typeof row.WhoId === 'string' ? table('Contact').get(row.WhoId) : undefined;
      row.AccountId = what.startsWith('001')
        ? what
        : what.startsWith('006')
          ? (table('Opportunity').get(what)?.AccountId ?? null)
          : (who?.AccountId ?? null);
    }
  };
  const noteHistory = (deal: Kept, before: Kept | null): void => {
    const watched = ['StageName', 'Amount', 'Probability', 'CloseDate'];
    if (before !== null && watched.every((field) => before[field] === deal[field])) return;
    if (before?.StageName !== deal.StageName) deal.LastStageChangeDate = second();
    const id = newId('OpportunityHistory');
    const { StageName = null, Amount = null, Probability = null, CloseDate = null } = deal;
    table('OpportunityHistory').set(id, {
      Id: id,
      OpportunityId: deal.Id ?? null,
      StageName,
      Amount,
      Probability,
      CloseDate,
      CreatedDate: second(),
      IsDeleted: false,
    });
  };
  /** Field history: of the fields that somebody chose, and only from then on. A new record has none. */
  const noteChanges = (object: ObjectName, row: Kept, before: Kept): void => {
    if (object !== 'Account') return;
    for (const field of tracked) {
      if ((before[field] ?? null) === (row[field] ?? null)) continue;
      const id = newId('AccountHistory');
      const [OldValue, NewValue] = [before[field] ?? null, row[field] ?? null];
      const entry = { Id: id, AccountId: row.Id ?? null, Field: field, DataType: 'DynamicEnum', OldValue, NewValue };
      table('AccountHistory').set(id, { ...entry, CreatedDate: second(), IsDeleted: false });
    }
  };
  const touch = (row: Kept): void => {
    row.SystemModstamp = second();
    row.LastModifiedDate = second();
  };

  for (const [index, stage] of stages.entries())
    table('OpportunityStage').set(stage.ApiName, {
      Id: newId('OpportunityStage'),
      MasterLabel: stage.ApiName,
      IsActive: true,
      SortOrder: index,
      ...stage,
    });

  for (const name of fieldsOf.Account) {
    const field = { EntityDefinitionId: 'Account', 'EntityDefinition.QualifiedApiName': 'Account', QualifiedApiName: name };
    table('FieldDefinition').set(name, { DurableId: `Account.${name}`, ...field, IsFieldHistoryTracked: false });
  }

  return {
    /** Somebody ticks a field of accounts under Set History Tracking. */
    track(field: string): void {
      tracked.add(field);
      must('FieldDefinition', field).IsFieldHistoryTracked = true;
    },
    rows: (object: ObjectName): Kept[] => [...table(object).values()],
    find: (object: ObjectName, id: string): Kept | undefined => table(object).get(id),
    onChange(listener: (changed: Changed) => void): void {
      listeners.push(listener);
    },
    /** Objects that nobody edits: users, record types, e-mails. */
    put(object: ObjectName, fields: Fields): string {
      const id = newId(object);
      table(object).set(id, { Id: id, IsDeleted: false, ...fields });
      return id;
    },
    create(object: ObjectName, fields: Fields = {}): string {
      const id = newId(object);
      const row: Kept = { Id: id, IsDeleted: false, CreatedDate: second(), ...fields };
      derive(object, row);
      touch(row);
      table(object).set(id, row);
      if (object === 'Opportunity') noteHistory(row, null);
      tell(object, id, 'CREATE');
      return id;
    },
    update(object: ObjectName, id: string, fields: Fields): void {
      const row = must(object, id);
      const before = { ...row };
      Object.assign(row, fields);
      derive(object, row);
      touch(row);
      if (object === 'Opportunity') noteHistory(row, before);
      noteChanges(object, row, before);
      tell(object, id, 'UPDATE');
    },
    /** Into the recycle bin, with what belongs to it. */
    remove(object: ObjectName, id: string): void {
      const row = must(object, id);
      row.IsDeleted = true;
      touch(row);
      tell(object, id, 'DELETE');
      for (const role of table('OpportunityContactRole').values()) {
        if (role.IsDeleted === true || (role.OpportunityId !== id && role.ContactId !== id)) continue;
        role.IsDeleted = true;
        touch(role);
        tell('OpportunityContactRole', String(role.Id), 'DELETE');
      }
    },
    undelete(object: ObjectName, id: string): void {
      const row = must(object, id);
      row.IsDeleted = false;
      touch(row);
      tell(object, id, 'UNDELETE');
    },
    /** Out of the recycle bin: as if it had never been. */
    purge(object: ObjectName, id: string): void {
      table(object).delete(id);
    },
    /** The other records hang on the master afterwards. */
    merge(object: 'Account' | 'Contact', master: string, loser: string): void {
      const gone = must(object, loser);
      Object.assign(gone, { IsDeleted: true, MasterRecordId: master });
      touch(gone);
      for (const [name, rows] of tables) {
        // What was written down about the other one stays about it.
        if (name === 'AccountHistory') continue;
        for (const row of rows.values()) {
          const moved = ['AccountId', 'ContactId', 'WhatId', 'WhoId'].filter((field) => row[field] === loser);
          if (moved.length === 0 || row.IsDeleted === true) continue;
          for (const field of moved) row[field] = master;
          touch(row);
          tell(name, String(row.Id), 'UPDATE');
        }
      }
      touch(must(object, master));
      tell(object, loser, 'DELETE');
      tell(object, master, 'UPDATE');
    },
  };
}

export type SalesforceRecords = ReturnType<typeof createSalesforceRecords>;
