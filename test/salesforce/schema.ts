/** What the local Salesforce knows of its objects: their fields and where relations lead. Names as in the Object Reference. */
export const keyPrefixes = {
  Account: '001',
  Contact: '003',
  Opportunity: '006',
  OpportunityContactRole: '00K',
  Task: '00T',
  Event: '00U',
  User: '005',
  Organization: '00D',
  OpportunityHistory: '008',
  AccountHistory: '017',
  OpportunityStage: '01J',
  RecordType: '012',
  EntityDefinition: '4ie',
  FieldDefinition: '000',
  EmailMessage: '02s',
  EventRelation: '0RE',
  TaskRelation: '0RT',
} as const;

export type ObjectName = keyof typeof keyPrefixes;

const system = ['Id', 'CreatedDate', 'LastModifiedDate', 'SystemModstamp'];
const activity = ['WhatId', 'WhoId', 'AccountId', 'OwnerId', 'Subject', 'ActivityDate', 'Type', 'Description'];

export const fieldsOf: Record<ObjectName, string[]> = {
  Account: [...system, 'IsDeleted', 'MasterRecordId', 'Name', 'Website', 'Type', 'OwnerId'],
  Contact: [...system, 'IsDeleted', 'MasterRecordId', 'Name', 'FirstName', 'LastName', 'Title', 'Email', 'AccountId', 'OwnerId'],
  Opportunity: [
    ...system,
    'IsDeleted',
    ...['Name', 'AccountId', 'StageName', 'Amount', 'CloseDate', 'Probability', 'IsClosed', 'IsWon', 'OwnerId'],
    ...['LastStageChangeDate', 'RecordTypeId'],
  ],
  OpportunityContactRole: [...system, 'IsDeleted', 'OpportunityId', 'ContactId', 'Role', 'IsPrimary'],
  Task: [...system, 'IsDeleted', ...activity, 'TaskSubtype', 'CallType', 'Status', 'IsClosed', 'CompletedDateTime'],
  Event: [...system, 'IsDeleted', ...activity, 'StartDateTime', 'EndDateTime', 'IsAllDayEvent', 'IsChild', 'IsRecurrence', 'GroupEventType'],
  Organization: ['Id', 'Name', 'TimeZoneSidKey'],
  User: ['Id', 'Name', 'Email', 'IsActive', 'UserType'],
  OpportunityHistory: ['Id', 'OpportunityId', 'StageName', 'Amount', 'Probability', 'CloseDate', 'CreatedDate', 'IsDeleted'],
  OpportunityStage: ['Id', 'ApiName', 'MasterLabel', 'IsActive', 'IsClosed', 'IsWon', 'DefaultProbability', 'SortOrder'],
  AccountHistory: ['Id', 'AccountId', 'Field', 'DataType', 'OldValue', 'NewValue', 'CreatedDate', 'CreatedById', 'IsDeleted'],
  RecordType: ['Id', 'DeveloperName', 'Name'],
  EntityDefinition: ['DurableId', 'QualifiedApiName'],
  FieldDefinition: ['DurableId', 'QualifiedApiName', 'EntityDefinitionId', 'IsFieldHistoryTracked'],
  EmailMessage: ['Id', 'ActivityId', 'Incoming', 'IsDeleted', 'FromAddress'],
  EventRelation: ['Id', 'EventId', 'RelationId', 'IsWhat', 'Status', 'IsDeleted'],
  TaskRelation: ['Id', 'TaskId', 'RelationId', 'IsWhat', 'IsDeleted'],
};

export const relations: Record<string, { by: string; to: ObjectName }> = {
  Owner: { by: 'OwnerId', to: 'User' },
  RecordType: { by: 'RecordTypeId', to: 'RecordType' },
  EntityDefinition: { by: 'EntityDefinitionId', to: 'EntityDefinition' },
};

export const isInstant = (field: string): boolean => /(?:DateTime|Modstamp|CreatedDate|LastModifiedDate|LastStageChangeDate)$/.test(field);
export const isDate = (field: string): boolean => field === 'CloseDate' || field === 'ActivityDate';

export type Value = string | number | boolean | null;
/** Instants are kept as epoch milliseconds, in whole seconds as Salesforce keeps them. */
export type Kept = Record<string, Value>;

/** As Salesforce writes it: without the colon in its offset. */
export const instantText = (at: number): string => new Date(at).toISOString().replace('Z', '+0000');
