import type { App } from '@slack/bolt';
import type { PlainTextOption } from '@slack/types';
import type { Records } from '../../../app/use-cases.ts';
import { option } from '../views/blocks.ts';
import { plain } from '../views/escape.ts';
import { limits } from '../views/limits.ts';

/** A menu that searches accounts while somebody types. Where the search fails, Slack says that nothing was found, and the log why. */
export function listenToAccountSearch(app: App, actionId: string, { records }: { records: Pick<Records, 'findAccountOptions'> }): void {
  app.options<'block_suggestion'>({ type: 'block_suggestion', action_id: actionId }, async ({ payload, ack }) => {
    const found = records.findAccountOptions(payload.value);
    await ack({ options: optionsOf(await found.catch(() => [])) });
    await found;
  });
}

/** Slack keeps 150 characters of an id, and a cut one would be another. */
const optionsOf = (matches: Awaited<ReturnType<Records['findAccountOptions']>>): PlainTextOption[] =>
  matches
    .filter(({ id }) => id.length <= limits.optionValue)
    .slice(0, limits.selectOptions)
    .map(({ id, name, detail }) => option({ text: detail === null ? name : besides(name, detail), value: id }));

/** What tells two accounts apart is kept whole, as far as there is room for both. */
function besides(name: string, detail: string): string {
  const end = ` · ${plain(detail, detailRoom)}`;
  return `${plain(name, limits.optionText - end.length)}${end}`;
}

const detailRoom = 34;
