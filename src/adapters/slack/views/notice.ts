import type { Message } from '../../../core/delivery.ts';
import { code, section, sections, type View, view } from './blocks.ts';
import { bold, empty, long, md } from './escape.ts';
import { severityMark } from './words.ts';

/** Something that whoever runs the bot should know: a broken journey.yml, a channel that takes no messages. */
export function noticeView({ severity, title, lines, code: copied = [] }: Extract<Message, { kind: 'notice' }>): View {
  const said = lines.slice(0, 40).map((line) => long(line, 500));
  const [first] = said;
  return view(md`${title}${first === undefined ? empty : md`: ${first}`}`, [
    section([md`${severityMark[severity]} ${bold(title)}`]),
    ...sections(said),
    ...(copied.length === 0 ? [] : [code(copied)]),
  ]);
}
