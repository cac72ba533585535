import type { Ids } from './ids.ts';
import { SlackError } from './slack-error.ts';

/** A trigger_id opens one view, within three seconds of the user's click. */
const triggerLifeMs = 3000;

export type Triggers = {
  issue(user: string): string;
  /** The user who clicked. Throws Slack's refusal. */
  redeem(triggerId: string): string;
};

export function createTriggers({ now, ids }: { now: () => number; ids: Ids }): Triggers {
  const open = new Map<string, { user: string; issuedAt: number; used: boolean }>();
  return {
    issue(user) {
      const id = `${Math.floor(now())}.${ids.next('')}.sandbox`;
      open.set(id, { user, issuedAt: now(), used: false });
      if (open.size > 2000) for (const oldest of [...open.keys()].slice(0, 1000)) open.delete(oldest);
      return id;
    },
    redeem(triggerId) {
      const trigger = open.get(triggerId);
      if (!trigger) throw new SlackError('invalid_trigger_id');
      if (trigger.used) throw new SlackError('exchanged_trigger_id');
      if (now() - trigger.issuedAt > triggerLifeMs) throw new SlackError('expired_trigger_id');
      trigger.used = true;
      return trigger.user;
    },
  };
}
