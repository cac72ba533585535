/** What people do in Slack, as far as journey.yml can keep it to some of them. Looking is not among them: see `details` and `amounts`. */
export const deeds = ['acknowledge', 'record', 'mute', 'subscribe'] as const;
export type Deed = (typeof deeds)[number];

/** E-mail addresses in lower case, Slack user ids as they are. */
export type Who = 'everyone' | { emails: string[]; userIds: string[] };

export type Access = {
  may: Record<Deed, Who>;
  /** Who sees amounts in the answers to them, and the channels in which everybody does. Null: everybody, everywhere. */
  amounts: { who: Exclude<Who, 'everyone'>; channels: string[] } | null;
  /** Channels in which answers and link previews may show accounts, as journey.yml writes them. Null: all. */
  details: string[] | null;
  /** User or bot ids of the team's own automation, which may do what everyone may. */
  bots: string[];
};

export type Visitor = { userId: string; email: string | null };

/** Everybody may everything: what holds where journey.yml says nothing. */
export const openAccess: Access = {
  may: { acknowledge: 'everyone', record: 'everyone', mute: 'everyone', subscribe: 'everyone' },
  amounts: null,
  details: null,
  bots: [],
};

export const isAmong = (who: Who, { userId, email }: Visitor): boolean =>
  who === 'everyone' || who.userIds.includes(userId) || (email !== null && who.emails.includes(email.toLowerCase()));

/** Of answers that one person alone sees. */
export const seesAmounts = ({ amounts }: Access, visitor: Visitor): boolean => amounts === null || isAmong(amounts.who, visitor);

/** Of messages that a whole channel sees; `channel` as journey.yml writes it. */
export const showsAmounts = ({ amounts }: Access, channel: string): boolean => amounts === null || amounts.channels.includes(channel);

/** The same value, every amount of money in it unknown; in a list, left out. */
export function withoutAmounts<Value>(value: Value): Value {
  return hide(value) as Value;
}

function hide(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => !isMoney(item)).map(hide);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, isMoney(inner) ? null : hide(inner)]));
}

/** `{ value, currency }`, as amounts are everywhere. */
function isMoney(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const keys = Object.keys(value);
  return keys.length === 2 && keys.includes('value') && keys.includes('currency');
}
