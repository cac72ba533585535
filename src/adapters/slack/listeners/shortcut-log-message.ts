import type { App, BlockButtonAction, BlockExternalSelectAction, MessageShortcut, webApi } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { MessagePlaces, Records } from '../../../app/use-cases.ts';
import { noteRoom } from '../../../core/journey/note-room.ts';
import { actionIds, readValue, shortcutIds } from '../action-values.ts';
import type { People } from '../people.ts';
import { plain } from '../views/escape.ts';
import { touchpointFields as fields } from '../views/forms/touchpoint-form.ts';
import { chooseAccountForm, logMessageForm, type MessageDraft, messageDraft } from '../views/log-message.ts';
import type { WorkspaceIdentity } from '../workspace-identity.ts';
import { listenToAccountSearch } from './account-search.ts';
import type { Answering } from './answering.ts';
import { clickOf } from './click.ts';
import { unescapeCommand } from './command-text.ts';
import { filledForm } from './filled-form.ts';
import { placeMetadata, writeMetadata } from './form-metadata.ts';
import { refusalReason } from './membership.ts';
import { redrawForm, showForm } from './show-form.ts';

type LogMessageOptions = {
  records: Pick<Records, 'around' | 'findAccountOptions'>;
  places: MessagePlaces;
  people: Pick<People, 'byId'>;
  identity: () => WorkspaceIdentity | null;
  /** What journey.yml calls a channel; null: it names it nowhere. */
  channelName: (channelId: string) => Promise<string | null>;
  client: webApi.WebClient;
  answering: Answering;
};

/** The shortcut "Log as touchpoint": a message becomes one, once, whoever logs it. */
export function listenToLogMessage(app: App, options: LogMessageOptions): void {
  const { records, client, answering } = options;
  listenToAccountSearch(app, actionIds.pickMessageAccount, options);

  app.shortcut<MessageShortcut>({ type: 'message_action', callback_id: shortcutIds.logMessage }, async ({ shortcut, body, respond }) => {
    await answering(respond, shortcutIds.logMessage, async () => {
      const { accountId, draft } = await read(shortcut, options);
      return showForm(client, clickOf(body), await formFor(accountId, draft));
    });
  });

  app.action<BlockExternalSelectAction>({ type: 'block_actions', action_id: actionIds.pickMessageAccount }, async ({ action, body }) => {
    const draft = readValue(messageDraft, body.view?.private_metadata);
    const accountId = action.selected_option?.value ?? null;
    const { view } = body;
    if (view === undefined || draft === null || accountId === null) return;
    await answering(clickOf(body), actionIds.pickMessageAccount, async () => {
      // Whoever wrote it is of the account that was guessed.
      return redrawForm(client, view, await formFor(accountId, { ...draft, personId: null }, true));
    });
  });

  app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionIds.otherAccount }, async ({ body }) => {
    const { view } = body;
    const entryId = readValue(placeMetadata, view?.private_metadata)?.entryId;
    if (view === undefined || entryId === undefined) return;
    const filled = filledForm(view.state.values);
    const direction = filled.choice(fields.direction) === 'inbound' ? 'inbound' : 'outbound';
    const at = filled.moment(fields.at) ?? 0;
    const draft: MessageDraft = { entryId, at, direction, note: filled.text(fields.note) ?? '', personId: null };
    await redrawForm(client, view, chooseAccountForm(draft));
  });

  async function formFor(accountId: string | null, draft: MessageDraft, wasPicked = false): Promise<ModalView> {
    const around = accountId === null ? null : await records.around({ kind: 'account', id: accountId });
    if (around?.account == null) return chooseAccountForm(draft, wasPicked);
    return logMessageForm(around, draft, writeMetadata({ accountId: around.account.id, dealId: null, entryId: draft.entryId }));
  }
}

/** What the message says of itself, and whom it is likely to be about. */
async function read(
  { channel, message, message_ts: ts }: MessageShortcut,
  { places, people, identity, channelName }: LogMessageOptions,
): Promise<{ accountId: string | null; draft: MessageDraft }> {
  const here = identity();
  const author = message.user === undefined ? null : await people.byId(message.user).catch(() => null);
  const isTheirs = author !== null && here !== null && refusalReason(author, here) === 'other-organisation';
  const [name, text] = await Promise.all([channelName(channel.id), unescapeCommand(message.text ?? '', async () => null)]);
  const threadTs: unknown = Reflect.get(message, 'thread_ts');
  const place = await places.placeOf({
    channels: [channel.id, ...(name === null ? [] : [name])],
    threadTs: typeof threadTs === 'string' ? threadTs : ts,
    authorEmail: isTheirs ? author.email : null,
  });
  return {
    accountId: place?.accountId ?? null,
    draft: {
      entryId: `message:${channel.id}:${ts}`,
      at: Math.floor(Number(ts) * 1000),
      direction: isTheirs ? 'inbound' : 'outbound',
      note: plain(text, noteRoom),
      personId: place?.personId ?? null,
    },
  };
}
