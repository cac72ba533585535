import { sourceNames } from '../../core/journey/signal.ts';
import { defaultRoles } from '../default-roles.ts';
import { planMaps } from './group-maps.ts';
import { mapEntry } from './map-entry.ts';
import { oneLine, quoted } from './plain-text.ts';
import type { Proposal, ProposedRole } from './proposal.ts';
import { type Entry, entry, fileOf, inQuotes, list, mapping } from './yaml-parts.ts';

/** What the file says beside the CRM: where we work, and where it is said. `country`: whose holidays; null where it is not known. */
export type Surroundings = { timezone: string; country: string | null; channel: string; digestChannel: string; adminChannel: string };

/** More owners or pipelines than this are not listed one by one. */
const mostListed = 100;

/** journey.yml for a CRM, with a line about each part. Whatever the CRM calls its things, the text passes `journey check`. */
export function journeyYml(proposal: Proposal, { timezone, country, channel, digestChannel, adminChannel }: Surroundings): string {
  const entries = [
    entry('timezone', timezone, { above: ['Where you work: durations such as 15bd (working days) and 4bh (working hours) count in this time.'] }),
    entry('calendar', calendar(country)),
    ...roles(proposal.roles),
    ...owners(proposal),
    ...maps(proposal),
    entry('routes', routes(channel), { above: ['Where alerts go. Entries below an entry take what they match.'], apart: true }),
    entry(
      'digests',
      list([{ value: mapping([entry('channel', inQuotes(digestChannel)), entry('schedule', inQuotes('0 9 * * mon'))], { flow: true }) }]),
      {
        above: ['Scheduled summaries: minute, hour, day, month, weekday.'],
        apart: true,
      },
    ),
    entry('admin', inQuotes(adminChannel), {
      above: ['Hears of mistakes in this file, of CRM stages that no map knows, of channels that cannot be posted to.'],
      apart: true,
    }),
    entry('alerts', mapping([entry('repeat', '3bd'), entry('budget', 20)], { flow: true }), {
      above: [
        'How loud: an open alert is said again after `repeat`; a channel gets `budget` new cards a day. For quiet nights: quiet: "19:00-08:00"',
      ],
      apart: true,
    }),
  ];
  return fileOf(head(proposal), entries, proposal.source === 'salesforce' ? [...tail, '', ...accountsBeside] : tail);
}

const head = ({ source }: Proposal): string[] => [
  'yaml-language-server: $schema=./journey.schema.json',
  '',
  `The journey map, proposed by \`npm run journey -- init\` from ${source === 'csv' ? 'a file' : `what ${sourceNames[source]} says of itself`}.`,
  'Change whatever is not how you work: a running bot takes changes over by itself, and a mistake changes nothing.',
  '`npm run journey -- check` finds mistakes and says in words what this file means; `check --connect` tries the connections.',
];

const calendar = (country: string | null) =>
  mapping(
    [
      entry('workdays', list(['mon', 'tue', 'wed', 'thu', 'fri'].map((value) => ({ value })))),
      entry('hours', inQuotes('09:00-18:00')),
      entry('holidays', country === null ? 'off' : inQuotes(country)),
    ],
    { flow: true },
  );

function roles(proposed: readonly ProposedRole[]): Entry[] {
  const told = Map.groupBy(
    proposed.filter(({ role, builtIn }) => role !== null && !builtIn),
    ({ role }) => role ?? '',
  );
  const open = proposed.filter(({ role }) => role === null).slice(0, mostListed);
  const above = [
    "Roles of the buying committee: which values of the CRM's role field mean which role. The usual ones are built in.",
    ...open.map(({ value, label }) => `Unknown: ${quoted(value)} ${oneLine(label)}. Put it under a role:  crm: [${quoted(value)}]`),
  ];
  if (told.size === 0 && open.length === 0) return [];
  if (told.size === 0) return [entry('roles', mapping([], { flow: true }), { above, apart: true })];
  const entries = [...told].map(([role, values]) => {
    const isOwn = !defaultRoles.some(({ key }) => key === role);
    const label = isOwn ? oneLine(values[0]?.label ?? '', 80) : '';
    const crm = list(values.map(({ value, label: said }) => ({ value: inQuotes(value), remark: said === value ? '' : oneLine(said) })));
    return entry(role, mapping([...(label === '' ? [] : [entry('label', inQuotes(label))]), entry('crm', crm)]));
  });
  return [entry('roles', mapping(entries), { above, apart: true })];
}

function maps(proposal: Proposal): Entry[] {
  const { maps: planned, left } = planMaps(proposal);
  const above = [
    'Maps: which stages a journey has, which CRM stages (`from`) mean them, and what each expects. A template says most of it;',
    'what stands here is added, or wins.',
    ...left.slice(0, mostListed).flatMap(({ pipeline: { id, name, stages }, why }) => {
      const listed = stages.map((stage) => `  ${quoted(stage.id)} ${oneLine(stage.name)}`);
      return [`No map takes the pipeline ${quoted(id)} ${oneLine(name)}: ${why}.`, ...listed];
    }),
    ...(left.length > mostListed ? [`… nor ${left.length - mostListed} more pipelines.`] : []),
  ];
  const entries = planned.map((map) => mapEntry(map, proposal.source));
  const fallback = entry('new-business', mapping([entry('extends', 'b2b-saas'), entry('for', 'deals')]));
  // What is sold in the way of one template is looked after in its way, too.
  const trade = planned.map(({ basis }) => basis).find((basis) => basis !== 'own' && basis !== 'b2b-saas') ?? 'five-phases';
  const customers = entry('customers', mapping([entry('extends', trade), entry('for', 'accounts')]), {
    above: ["After the sale, by the account's lifecycle stage."],
  });
  const withAccounts = proposal.source === 'hubspot' || proposal.source === 'signals';
  return [entry('maps', mapping([...(entries.length === 0 ? [fallback] : entries), ...(withAccounts ? [customers] : [])]), { above, apart: true })];
}

const routes = (channel: string) =>
  list([
    {
      value: mapping([
        entry('channel', inQuotes(channel)),
        entry('routes', list([{ value: mapping([entry('match', severe()), entry('notify', 'owner')], { flow: true }) }]), {
          above: ['The CRM owner is mentioned, found in Slack by e-mail.'],
        }),
      ]),
    },
  ]);

const severe = () => mapping([entry('severity', 'critical')], { flow: true });

/** Whom the CRM's owners are, as far as somebody said; the others as lines to fill in. */
function owners({ ownersWithoutEmail: all }: Proposal): Entry[] {
  const named = new Map(all.flatMap(({ id, email }) => (email === null || !isOwnerKey(id) ? [] : [[id.trim(), email] as const])));
  const open = all.filter(({ email }) => email === null);
  const above = [
    'Owners whose e-mail address the CRM does not say: without it nobody can be mentioned for them.',
    ...open
      .slice(0, mostListed)
      .map(({ id, name }) => `  ${quoted(id)}: name@your.company${name === null || name === id ? '' : ` # ${oneLine(name)}`}`),
    ...(open.length > mostListed ? [`  … and ${open.length - mostListed} more`] : []),
  ];
  const entries = [...named].map(([id, email]) => entry(id, inQuotes(email)));
  return all.length === 0 ? [] : [entry('owners', mapping(entries, { flow: entries.length === 0 }), { above, apart: true })];
}

const isOwnerKey = (id: string): boolean => id.trim() !== '' && !(id in Object.prototype);

const tail = ['Large deals may get more time, or a channel of their own:', 'segments:', '  enterprise: { when: { amount: ">= 50000" } }'];

/** Its own types say what an account is (customer, partner, prospect) and not how far it has come: a map that took all of them would be noise. */
const accountsBeside = [
  "Customers after the sale may have a map, too, where the account's Type says how far they have come. `check --connect` then lists the types to be mapped:",
  'maps:',
  '  customers: { extends: five-phases, for: accounts }',
];
