import type { KnownBlock } from '@slack/types';
import { readAloud } from '../../adapters/slack/read-aloud.ts';
import { isForm, type MessageExample, type Surface, surfaces } from './message-example.ts';

const headings: Record<Surface, string> = {
  channel: 'In channels',
  thread: 'In the thread of a card or digest',
  answer: 'Answers, which the asker alone sees',
  form: 'Forms',
  home: 'The Home tab',
  preview: 'Previews of links',
};

const intro = `# Messages

Every message that the bot has, as a picture and as the text that a screen reader reads. Both are made of the bot's own views: \`npm run docs\` writes the text, \`npm run docs:pictures\` draws
the pictures (it needs Chromium). Companies and people are invented. What stands behind the words: [the rules](rules.md), and [Slack](slack.md).
`;

/** docs/messages.md: text in fenced blocks, so that nothing in it is markup. */
export function messagesPage(examples: readonly MessageExample[]): string {
  const sections = surfaces.flatMap((surface) => {
    const there = examples.filter((example) => example.surface === surface);
    return there.length === 0 ? [] : [`## ${headings[surface]}`, ...there.map(oneMessage)];
  });
  return `${[intro, ...sections].join('\n\n').replaceAll(/\n{3,}/g, '\n\n')}\n`;
}

export const pictureOf = ({ name }: Pick<MessageExample, 'name'>): string => `images/messages/${name}.png`;

function oneMessage(example: MessageExample): string {
  const { title, when, said } = example;
  return [`### ${title}`, when, `![${title}](${pictureOf(example)})`, `\`\`\`text\n${textOf(said)}\n\`\`\``].join('\n\n');
}

function textOf(said: MessageExample['said']): string {
  const blocks = readAloud({ blocks: said.blocks as KnownBlock[] });
  return isForm(said) ? [`# ${said.title.text}`, blocks, ...(said.submit === undefined ? [] : [`[${said.submit.text}]`])].join('\n') : blocks;
}
