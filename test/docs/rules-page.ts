import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import { cardView } from '../../src/adapters/slack/views/card.ts';
import type { Detector } from '../../src/core/detectors/detector.ts';
import { readAloud } from '../adapters/slack/read-aloud.ts';
import { createTable, onlyRules } from '../core/alerts/decision-table.ts';
import { aConfig } from '../core/builders.ts';
import { accountExamples } from './account-examples.ts';
import { dealExamples, type RuleExample } from './deal-examples.ts';
import { root } from './documents.ts';

/**
 * docs/rules.md: every rule as its own schema, its own docstring, and the bot's own cards say it.
 * @throws Error where a rule has no docstring with “Clears when”, or no example
 */
export function rulesPage(detectors: readonly Detector[]): string {
  const rows = detectors.map(({ name, summary, severity, list }) => `| [\`${name}\`](#${name}) | ${summary} | \`${severity}\` | \`${list}\` |`);
  return `${[intro, '| rule | what it says | severity | list |', '|---|---|---|---|', ...rows].join('\n')}\n\n${detectors.map(section).join('\n')}`;
}

const intro = `# Rules

Every rule, written by \`npm run docs\` from the rules themselves: what is true when it speaks, what ends it, its parameters with their defaults, and the
card that the bot posts, before and after. How rules are switched, changed for a map, a stage or a segment, and held back stands in
[configuration](configuration.md#rules); the words are explained in the [glossary](glossary.md).

Where a rule can say nothing for want of data it is *undecided*: nothing opens, and an alert that is open stays as it is. Numbers of a
[template](configuration.md#templates) may differ from those below: \`npm run journey -- check\` shows what is in force. Beside these there is
\`stale-feed\`, which is about [a CRM that has gone silent](configuration.md#feed) and not about a journey.
`;

function section(detector: Detector): string {
  const { name, title, severity, silence, list, endsWhenAcknowledged = false, inhibits = [], inhibitsSameSubject = [] } = detector;
  const { when, clears } = docstringOf(detector);
  const example = { ...dealExamples, ...accountExamples }[name];
  if (example === undefined) throw new Error(`${name} has no example: test/docs/deal-examples.ts, test/docs/account-examples.ts`);
  const facts = [
    `*${title}*, severity \`${severity}\`${list === 'good news' ? ': good news, which wakes nobody' : `, in \`/journey ${list}\``}.`,
    ...(silence ? ['It speaks of silence: a [silent feed](configuration.md#feed) holds it back.'] : []),
    ...(endsWhenAcknowledged ? ['It is about what cannot be undone: acknowledging it ends it.'] : []),
    ...(inhibits.length === 0 ? [] : [`While it speaks, ${named(inhibits)} of the same journey are held back.`]),
    ...(inhibitsSameSubject.length === 0 ? [] : [`While it speaks of a role, ${named(inhibitsSameSubject)} is held back for the same one.`]),
  ];
  const { said, cleared } = cardsOf(detector, example);
  return [
    `## ${name}`,
    facts.join(' '),
    `**True when.** ${when}`,
    `**Clears when** ${clears}`,
    parametersOf(detector),
    'For example:',
    quoted(said),
    ...(cleared === null ? [] : ['and later:', quoted(cleared)]),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

const named = (rules: readonly string[]): string => rules.map((rule) => `[\`${rule}\`](#${rule})`).join(' and ');

function parametersOf({ name, params }: Detector): string {
  const { properties = {} } = z.toJSONSchema(params, { io: 'input' });
  const rows = Object.entries(properties).map(([parameter, schema]) => {
    const { description, default: value } = schema as { description?: string; default?: unknown };
    if (description === undefined) throw new Error(`${name}.${parameter} does not say what it is`);
    return `| \`${parameter}\` | ${description} | ${value === undefined ? 'none' : `\`${flow(value)}\``} |`;
  });
  return rows.length === 0 ? 'It has no parameters.' : ['| parameter | what it says | default |', '|---|---|---|', ...rows].join('\n');
}

const flow = (value: unknown): string => stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false }).trim();

/** What stands over a rule in its file: its first part, and from “Clears when” on. */
function docstringOf({ name }: Detector): { when: string; clears: string } {
  const text = readFileSync(join(root, 'src/core/detectors', `${name}.ts`), 'utf8');
  const [, comment = ''] = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export const \w+ = defineDetector\b/.exec(text) ?? [];
  const words = comment
    .replaceAll(/^\s*\* ?/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const [when = '', clears = ''] = words.split(' Clears when ');
  if (when === '' || clears === '') throw new Error(`the docstring of ${name} does not say “Clears when …”`);
  return { when, clears };
}

/** The card as the bot posts it, and as it is edited when nothing is wrong any more. */
function cardsOf({ name }: Detector, { map, journey, now, params = {}, after, later }: RuleExample): { said: string; cleared: string | null } {
  const rules = onlyRules({ [name]: params });
  const config = aConfig({ maps: [{ ...map, rules, stages: map.stages.map((stage) => ({ ...stage, rules })) }] });
  const table = createTable({ journey, config });
  table.decide(now);
  const said = readCard(table.card());
  if (after === null) return { said, cleared: null };
  table.post(now);
  table.set({ journey: after });
  table.decide(later);
  if (table.card().content.state !== 'clear') throw new Error(`the example of ${name} does not clear`);
  return { said, cleared: readCard(table.card()) };
}

/** Without what every card has: its buttons, and the lines between its parts. */
function readCard({ content }: { content: Parameters<typeof cardView>[0] }): string {
  return readAloud(cardView(content, { email: content.ownerEmail, notify: false, slackId: null }))
    .split('\n')
    .filter((line) => line !== '---' && !/^\[.*\]$/.test(line))
    .join('\n');
}

const quoted = (text: string): string => ['```text', text, '```'].join('\n');
