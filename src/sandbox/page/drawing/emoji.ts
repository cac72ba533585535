import { createElement as h } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { Message } from 'slack-blocks-to-jsx';

const known = new Map<string, string | null>();
/** More than there are emoji: what people put between colons is no reason to grow for ever. */
const mostKnown = 5000;

/** The character of a Slack emoji name (`tada`, `+1::skin-tone-3`), or null. The block library has the list but does not export it. */
export function emojiCharacter(name: string): string | null {
  const remembered = known.get(name);
  if (remembered !== undefined) return remembered;
  const character = askLibrary(name);
  if (known.size < mostKnown) known.set(name, character);
  return character;
}

function askLibrary(name: string): string | null {
  const [base = '', tone] = name.split('::skin-tone-');
  const skinTone = tone === undefined ? {} : { skin_tone: Number(tone) as 2 };
  let answer = '';
  renderToStaticMarkup(
    h(Message, {
      logo: '',
      name: '',
      theme: 'light',
      withoutWrapper: true,
      blocks: [
        { type: 'rich_text', block_id: '', elements: [{ type: 'rich_text_section', elements: [{ type: 'emoji', name: base, ...skinTone }] }] },
      ],
      hooks: {
        emoji: (data, parse) => {
          answer = parse(data);
          return null;
        },
      },
    }),
  );
  return answer === '' || answer === base || answer.includes(':') ? null : answer;
}
