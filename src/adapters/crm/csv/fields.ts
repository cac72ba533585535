/** What the rows of a file are about. */
export const rowKinds = ['deals', 'accounts', 'people', 'stages', 'activities'] as const;
export type RowKind = (typeof rowKinds)[number];

/** CRMs whose record ids an export may hold: their records are the same ones that later webhooks speak of. */
export const idOwners = ['hubspot', 'salesforce', 'pipedrive'] as const;
export type IdOwner = (typeof idOwners)[number];

/** How the text of a cell is read. A `time` without a time of day is the beginning of that day. */
export type CellType = 'text' | 'list' | 'day' | 'time' | 'number' | 'flag';

/** All that a column can be, by the name it has in a mapping file. `what` is for people. */
export const fields = {
  'deal.id': { type: 'list', what: "the deal's id in its CRM" },
  'deal.name': { type: 'text', what: "the deal's name" },
  'deal.pipeline': { type: 'text', what: 'its pipeline' },
  'deal.stage': { type: 'text', what: 'the stage it is in' },
  'deal.stage_entered': { type: 'time', what: 'since when it is in that stage' },
  'deal.status': { type: 'text', what: 'open, won or lost' },
  'deal.won': { type: 'flag', what: 'whether it is won' },
  'deal.lost': { type: 'flag', what: 'whether it is lost' },
  'deal.closed': { type: 'flag', what: 'whether it is closed, won or lost' },
  'deal.amount': { type: 'number', what: 'its amount' },
  'deal.currency': { type: 'text', what: "the amount's currency, such as EUR" },
  'deal.probability': { type: 'number', what: 'its probability in per cent (orders the stages)' },
  'deal.owner': { type: 'text', what: "its owner's e-mail or name" },
  'deal.close_date': { type: 'day', what: 'its close date' },
  'deal.closed_at': { type: 'time', what: 'when it was won or lost' },
  'deal.created': { type: 'time', what: 'when it was created' },
  'deal.modified': { type: 'time', what: 'when it was last modified' },
  'deal.last_activity': { type: 'time', what: 'when anybody was last active about it' },
  'deal.last_inbound': { type: 'time', what: 'when they last acted' },
  'deal.last_outbound': { type: 'time', what: 'when we last acted' },
  'deal.next_step': { type: 'text', what: 'its next step' },
  'deal.next_step_due': { type: 'day', what: 'when the next step is due' },
  'deal.url': { type: 'text', what: 'its address in the CRM' },
  'account.id': { type: 'list', what: "the account's id in its CRM" },
  'account.name': { type: 'text', what: "the account's name" },
  'account.domain': { type: 'text', what: 'its domain or website' },
  'account.segment': { type: 'text', what: 'its segment' },
  'account.owner': { type: 'text', what: "its owner's e-mail or name" },
  'account.lifecycle': { type: 'text', what: 'its lifecycle stage' },
  'account.renewal_date': { type: 'day', what: 'when it renews' },
  'account.created': { type: 'time', what: 'when it was created' },
  'account.modified': { type: 'time', what: 'when it was last modified' },
  'account.last_activity': { type: 'time', what: 'when anybody was last active about it' },
  'account.url': { type: 'text', what: 'its address in the CRM' },
  'person.id': { type: 'list', what: "the person's id in its CRM" },
  'person.name': { type: 'list', what: "the person's name" },
  'person.first_name': { type: 'text', what: 'the first name' },
  'person.last_name': { type: 'text', what: 'the last name' },
  'person.email': { type: 'text', what: 'the e-mail address' },
  'person.title': { type: 'text', what: 'the job title' },
  'person.role': { type: 'list', what: 'the role in the purchase' },
  'person.created': { type: 'time', what: 'when the person was created' },
  'person.modified': { type: 'time', what: 'when the person was last modified' },
  'person.last_activity': { type: 'time', what: 'when anybody was last active about the person' },
  'person.last_inbound': { type: 'time', what: 'when the person last acted' },
  'person.last_outbound': { type: 'time', what: 'when we last reached the person' },
  'person.url': { type: 'text', what: 'the address in the CRM' },
  'change.stage': { type: 'text', what: 'the stage the deal came into' },
  'change.at': { type: 'time', what: 'when it came into the stage' },
  'change.property': { type: 'text', what: 'which property changed (rows about others than the stage are left out)' },
  'activity.id': { type: 'text', what: "the activity's id" },
  'activity.at': { type: 'time', what: 'when it happened' },
  'activity.type': { type: 'text', what: 'what it was: call, email, meeting …' },
  'activity.direction': { type: 'text', what: 'inbound (they acted) or outbound (we did)' },
  'activity.done': { type: 'flag', what: 'whether it has happened' },
  'activity.channel': { type: 'text', what: 'over which channel' },
  'activity.owner': { type: 'text', what: "the e-mail address of our person in it (who is called by name only is nobody's)" },
  'activity.asset': { type: 'text', what: 'which asset it was about' },
  'activity.sentiment': { type: 'number', what: 'how it went, from -2 to 2' },
} as const satisfies Record<string, { type: CellType; what: string }>;

export type Field = keyof typeof fields;
export const fieldNames = Object.keys(fields) as [Field, ...Field[]];

/** What rows of a kind cannot do without: one of each group. */
export const needed: Record<RowKind, Field[][]> = {
  deals: [['deal.id', 'deal.name'], ['deal.stage']],
  accounts: [['account.id', 'account.name']],
  people: [['person.id', 'person.email', 'person.name', 'person.last_name']],
  stages: [['deal.id', 'deal.name'], ['change.stage'], ['change.at']],
  activities: [['activity.at'], ['deal.id', 'deal.name', 'account.id', 'account.name', 'person.id', 'person.email', 'person.name']],
};

/** Which fields rows of a kind can say something with. */
export const usable: Record<RowKind, (field: Field) => boolean> = {
  deals: (field) =>
    /^deal\./.test(field) || /^account\.(id|name|domain)$/.test(field) || /^person\.(id|name|first_name|last_name|email|title|role)$/.test(field),
  accounts: (field) => /^account\./.test(field),
  people: (field) => /^person\./.test(field) || /^(account|deal)\.(id|name)$/.test(field),
  stages: (field) => /^change\./.test(field) || /^(account|deal)\.(id|name)$/.test(field) || field === 'deal.pipeline',
  activities: (field) => /^activity\./.test(field) || /^(account|deal)\.(id|name)$/.test(field) || /^person\.(id|name|email)$/.test(field),
};
