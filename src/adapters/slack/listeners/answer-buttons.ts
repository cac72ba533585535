import type { App, BlockButtonAction } from '@slack/bolt';
import type { Clock } from '../../../app/ports.ts';
import type { Acts, Answers, Notes } from '../../../app/use-cases.ts';
import { actionIds, buttonValues, readValue } from '../action-values.ts';
import type { People } from '../people.ts';
import { accountView } from '../views/account.ts';
import type { View } from '../views/blocks.ts';
import { dealView } from '../views/deal.ts';
import { md } from '../views/escape.ts';
import { listView } from '../views/list.ts';
import { pathView } from '../views/path.ts';
import { actView, muteView, notUnderstoodView, saidView } from '../views/said.ts';
import { whyView } from '../views/why.ts';
import type { Answering } from './answering.ts';
import { seesAmountsHere } from './visitor.ts';

type AnswerButtonOptions = { answers: Answers; acts: Acts; notes: Notes; people: People; clock: Clock; answering: Answering };

const listPage = new RegExp(`^(?:${actionIds.previousPage}|${actionIds.nextPage})$`);

const gone = (): View => saidView(md`This is not known any more: it may have been merged or deleted in the CRM.`);
const unreadable = (): View => saidView(md`This button is from an older version. Please ask again.`);

/** Buttons under answers: pick, show, page, mute, unmute. */
export function listenToAnswerButtons(app: App, { answers, acts, notes, people, clock, answering }: AnswerButtonOptions): void {
  app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionIds.note }, async ({ action, body, respond }) => {
    await answering(
      respond,
      actionIds.note,
      async () => {
        const asked = readValue(buttonValues.note, action.value);
        return asked === null ? unreadable() : actView(await notes.noteOn(asked, asked.note, body.user.id));
      },
      'replace',
    );
  });

  app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionIds.show }, async ({ action, respond }) => {
    const asked = readValue(buttonValues.show, action.value);
    await answering(
      respond,
      actionIds.show,
      async () => (asked === null ? unreadable() : ((await shown(asked)) ?? gone())),
      asked?.replace === true ? 'replace' : 'new',
    );
  });

  app.action<BlockButtonAction>({ type: 'block_actions', action_id: listPage }, async ({ action, body, respond }) => {
    await answering(
      respond,
      'list_page',
      async () => {
        const asked = readValue(buttonValues.listPage, action.value);
        if (asked === null) return unreadable();
        const asker = { userId: body.user.id, email: (await people.byId(body.user.id))?.email ?? null };
        const listed = await answers.list(asked.which, asked.filter, asked.page, asker);
        return listed.ok ? listView(asked.which, listed.list, seesAmountsHere()) : notUnderstoodView(listed.message);
      },
      'replace',
    );
  });

  app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionIds.mute }, async ({ action, body, respond }) => {
    await answering(
      respond,
      actionIds.mute,
      async () => {
        const asked = readValue(buttonValues.mute, action.value);
        if (asked === null) return unreadable();
        return muteView(await acts.mute(asked.accountId, asked.duration, asked.reason, body.user.id), asked.accountId);
      },
      'replace',
    );
  });

  app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionIds.unmute }, async ({ action, body, respond }) => {
    await answering(
      respond,
      actionIds.unmute,
      async () => {
        const asked = readValue(buttonValues.unmute, action.value);
        return asked === null ? unreadable() : actView(await acts.unmute(asked.accountId, body.user.id));
      },
      'replace',
    );
  });

  async function shown({
    view,
    kind,
    id,
  }: {
    view: 'account' | 'deal' | 'why' | 'path';
    kind: 'account' | 'deal';
    id: string;
  }): Promise<View | null> {
    switch (view) {
      case 'account': {
        const summary = await answers.accountById(id);
        return summary && accountView(summary, clock.now());
      }
      case 'deal': {
        const summary = await answers.dealById(id);
        return summary && dealView(summary, clock.now());
      }
      case 'path': {
        const summary = await answers.pathById({ kind, id });
        return summary && pathView(summary);
      }
      case 'why': {
        const summary = await answers.whyById({ kind, id });
        return summary && whyView(summary);
      }
    }
  }
}
