import type { ContextBlock, KnownBlock } from '@slack/types';
import type { CommitteeRow, HeldRole } from '../../../core/summary.ts';
import type { EpochMs } from '../../../core/time.ts';
import { context, section, table } from './blocks.ts';
import { bold, empty, md } from './escape.ts';
import { roleOrigin } from './role-origin.ts';
import { count, elapsed } from './words.ts';

const shown = 15;

/** Who is on the buying committee: people with a role first, expected roles that nobody has at the top. */
export function committeeBlocks(committee: readonly CommitteeRow[], missingRoles: readonly string[], now: EpochMs): KnownBlock[] {
  if (committee.length === 0 && missingRoles.length === 0) return [section([md`${bold('Buying committee')}: nobody known yet`])];
  // Few maps have signs of their own ways: without any, a column of dashes says nothing.
  const ownWays = committee.some(({ ownStages }) => ownStages !== undefined);
  const own = (stages: readonly string[] = []) => (ownWays ? [stages.join(', ') || '–'] : []);
  const missing = missingRoles.slice(0, 10).map((role) => [role, 'nobody yet', ...own(), '–', 'missing']);
  const people = committee
    .toSorted((a, b) => Number(b.roles.length > 0) - Number(a.roles.length > 0))
    .slice(0, shown)
    .map((row) => [roleText(row), nameText(row), ...own(row.ownStages), heardText(row, now), gapText(row)]);
  const hidden = committee.length - people.length;
  return [
    section([md`${bold('Buying committee')}${hidden > 0 ? md` (${count(hidden, 'more person', 'more people')} in the CRM)` : empty}`]),
    table([['Role', 'Person', ...(ownWays ? ['Own stage'] : []), 'Last heard', 'Gap'], ...missing, ...people]),
    ...setInSlack(committee),
  ];
}

const roleText = ({ roles }: CommitteeRow): string => roles.map((role) => `${role.label} (${originText(role)})`).join(', ');

/** A cell holds neither mentions nor dates; the line under the table says who and when. */
const originText = (role: HeldRole): string =>
  role.origin === 'title' ? 'from the title' : role.origin === 'slack' ? 'set in Slack' : `from ${role.from}`;

/** Who set what in Slack, and when. */
function setInSlack(committee: readonly CommitteeRow[]): ContextBlock[] {
  const set = committee.flatMap(({ name, roles }) =>
    roles.flatMap((role) => (role.origin === 'slack' ? [md`${name}, ${role.label.toLowerCase()}: ${roleOrigin(role)}`] : [])),
  );
  return set.length === 0 ? [] : [context(set.slice(0, setShown))];
}

const setShown = 5;

const nameText = ({ name, title }: CommitteeRow): string => (title === null ? name : `${name}, ${title}`);

const heardText = ({ lastHeardAt }: CommitteeRow, now: EpochMs): string => (lastHeardAt === null ? 'never' : elapsed(lastHeardAt, now));

function gapText({ roles, lastHeardAt, lastReachedAt }: CommitteeRow): string {
  if (roles.length === 0) return 'no role set';
  if (lastHeardAt !== null) return '';
  return lastReachedAt === null ? 'never contacted' : 'never answered';
}
