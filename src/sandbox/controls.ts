/** What a page may offer besides the workspace: the time, and a CRM that the people of a demo use. Absent ones are not drawn. */
export type Controls = {
  clock?: ClockControl;
  crm?: CrmControl;
};

export type ClockControl = {
  /** The zone in which the page tells the time. */
  timezone: string;
  skips: readonly { key: string; label: string }[];
  /** Resolves when everybody has noticed. @throws Error for a skip that is not offered */
  skip(key: string): Promise<void>;
};

export type CrmAccount = {
  id: string;
  name: string;
  deals: { id: string; name: string; stage: string }[];
  people: { id: string; name: string; title: string }[];
};

export type CrmControl = {
  /** By name. Deals that are open. */
  accounts(): CrmAccount[];
  stages: readonly { value: string; label: string }[];
  roles: readonly { value: string; label: string }[];
  /** Calls `listen` after each change of what the CRM holds. Returns how to stop. */
  onChange(listen: () => void): () => void;
  /** What the CRM sent about it, and what the app answered. */
  act(action: CrmAction): Promise<CrmAnswer>;
};

export type CrmAction =
  | { kind: 'move'; dealId: string; stage: string }
  | { kind: 'touchpoint'; accountId: string; dealId?: string; personId: string; type: string; direction: 'inbound' | 'outbound' }
  | { kind: 'win' | 'lose' | 'delete'; dealId: string }
  | { kind: 'next-step'; dealId: string; title: string; due: string }
  | { kind: 'person'; accountId: string; name: string; title: string; role?: string };

export type CrmAnswer = { status: number; sent: string[]; text: string };
