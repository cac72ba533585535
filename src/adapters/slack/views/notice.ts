import type { Message } from '../../../core/delivery.ts';
import { code, section, sections, type View, view } from './blocks.ts';
import { bold, channelNamed, empty, long, type Mrkdwn, md, person } from './escape.ts';
import { severityMark } from './words.ts';

/** Something that whoever runs the bot should know: a broken journey.yml, a channel that takes no messages. */
export function noticeView({ severity, title, lines, code: copied = [], ids = [] }: Extract<Message, { kind: 'notice' }>): View {
  const heading = withNames(title, ids, 160);
  const said = lines.slice(0, 40).map((line) => withNames(line, ids, 500));
  const [first] = said;
  return view(md`${heading}${first === undefined ? empty : md`: ${first}`}`, [
    section([md`${severityMark[severity]} ${bold(heading)}`]),
    ...sections(said),
    ...(copied.length === 0 ? [] : [code(copied)]),
  ]);
}

/** Where one of the ids stands, whom or which channel it means: nobody reads ids. */
function withNames(text: string, ids: readonly string[], room: number): Mrkdwn {
  const said = long(text, room);
  const known = ids.filter((id) => /^\w+$/.test(id));
  if (known.length === 0) return said;
  return { mrkdwn: said.mrkdwn.replaceAll(new RegExp(`\\b(?:${known.join('|')})\\b`, 'g'), (id) => nameOf(id).mrkdwn) };
}

const nameOf = (id: string): Mrkdwn => (/^[UW]/.test(id) ? person(id) : channelNamed(id));
