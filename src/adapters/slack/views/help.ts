import type { KnownBlock } from '@slack/types';
import { section, type View, view } from './blocks.ts';
import { bold, type Mrkdwn, md } from './escape.ts';

/** What can be asked, the most useful first. */
const commands: { usage: string; does: string }[] = [
  { usage: '/journey', does: 'what needs you now' },
  { usage: '/journey account NAME', does: 'an account: its journeys, people, alerts and last touchpoints' },
  { usage: '/journey deal NAME', does: 'one deal' },
  { usage: '/journey stalled', does: 'journeys that stand still; filter with owner:@me segment:enterprise stage:decision' },
  { usage: '/journey gaps', does: 'journeys with a person or role missing or silent; same filters' },
  { usage: '/journey metrics MAP', does: 'how many journeys leave each stage, which way and how soon; with segment:enterprise, period:2026-Q3' },
  { usage: '/journey why NAME', does: 'which rules were checked, and what is held back' },
  { usage: '/journey mute NAME 5bd REASON', does: 'no alerts of an account for 5 working days (3d: 3 days; without: until unmuted)' },
  { usage: '/journey unmute NAME', does: 'alerts again' },
  { usage: '/journey digest', does: 'this week’s digest as it would be now, for you alone' },
  { usage: '/journey review', does: 'what the journey map says and reality does not; /journey review done notes that you have been through it' },
];

export function helpView(opening?: Mrkdwn): View {
  const said = opening ?? md`Where customers stand on their journey, and where that differs from the map.`;
  return view(md`${said} Ask /journey account NAME, /journey stalled, /journey gaps, /journey why NAME.`, [section([said]), ...helpBlocks()]);
}

export function helpBlocks(): KnownBlock[] {
  const lines = commands.map(({ usage, does }) => md`${bold(usage)}: ${does}`);
  return [section([...lines, md`Names may be parts, have typos, or be a web domain. Only you see the answers.`])];
}
