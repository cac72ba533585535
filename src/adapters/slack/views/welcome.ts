import type { Message } from '../../../core/delivery.ts';
import { section, type View, view } from './blocks.ts';
import { join, long, md } from './escape.ts';

/** The first words in a channel. */
export function welcomeView({ lines }: Extract<Message, { kind: 'welcome' }>): View {
  const said = join(
    lines.slice(0, 3).map((line) => long(line, 800)),
    '\n',
  );
  return view(md`👋 ${said}`, [section([md`👋 ${said}`])]);
}
