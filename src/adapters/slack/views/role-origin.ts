import type { HeldRole } from '../../../core/summary.ts';
import { type Mrkdwn, md, person } from './escape.ts';
import { day } from './words.ts';

/** Where a role came from: `from HubSpot`, `from the title`, `set by @dana in Slack, Oct 12`. */
export function roleOrigin(role: HeldRole): Mrkdwn {
  switch (role.origin) {
    case 'crm':
    case 'assigned':
      return md`from ${role.from}`;
    case 'title':
      return md`from the title`;
    case 'slack':
      return md`set by ${person(role.by)} in Slack${day(role.at, ', ')}`;
  }
}
