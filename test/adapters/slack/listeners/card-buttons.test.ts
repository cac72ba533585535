import type { KnownBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../../../src/sandbox/workspace.ts';
import { readAloud } from '../read-aloud.ts';
import { card, cardContent, missingRoleAlert, stalledAlert } from '../samples.ts';
import { answerTo, startedSlack } from '../slack-in-sandbox.ts';

const said = (message: SandboxMessage): string => readAloud({ blocks: (message.blocks ?? []) as KnownBlock[] });

/** A card in #deal-alerts, and clicks on it. */
async function postedCard(content = cardContent()) {
  const test = await startedSlack({}, ['#deal-alerts']);
  const target = { channel: '#deal-alerts', threadTs: null, channelId: null, since: 0 };
  const receipt = await test.slack.notifier.post({ deliveryId: 'd-1', message: { kind: 'card', cardId: 'c-1' }, card: card(content) }, target);
  const click = (actionId: string, more: { value?: string; user?: string; blockId?: string } = {}) =>
    test.sandbox.act({
      user: more.user ?? 'dana',
      channel: receipt.channelId,
      ts: receipt.ts,
      actionId,
      ...(more.blockId === undefined ? {} : { blockId: more.blockId }),
      ...(more.value === undefined ? {} : { selectedOption: { value: more.value } }),
    });
  const dana = test.sandbox.workspace.users().find(({ name }) => name === 'dana')?.id ?? '';
  return { ...test, click, dana, receipt };
}

describe('a card', () => {
  it('is acknowledged, snoozed and resolved with one click each, without another word', async () => {
    const { click, useCases, sandbox, dana } = await postedCard();
    await click('acknowledge');
    await click('snooze', { value: '5bd:al-1' });
    await click('snooze', { value: 'stage-change:al-1' });
    await click('resolve', { value: 'not-useful:al-1' });
    await expect
      .poll(() => useCases.calls)
      .toEqual([
        ['acknowledge', 'al-1', dana],
        ['snooze', 'al-1', { duration: '5bd' }, dana],
        ['snooze', 'al-1', 'stage-change', dana],
        ['resolve', 'al-1', 'not-useful', null, dana],
      ]);
    expect(sandbox.workspace.ephemerals()).toEqual([]);
  });

  it('takes a vote on an alert, and says that it counts', async () => {
    const { click, useCases, sandbox, dana } = await postedCard();
    useCases.results.push({ kind: 'done', message: 'Noted: not useful.' });
    const { responseUrlId } = await click('vote', { value: 'not-useful:al-1' });
    expect(said(await answerTo(sandbox, responseUrlId))).toBe('✅ Noted: not useful.');
    useCases.results.push({ kind: 'stale', message: 'Nothing was changed: you have called it useful already.' });
    const again = await click('vote', { value: 'useful:al-1' });
    expect(said(await answerTo(sandbox, again.responseUrlId))).toBe('ℹ️ Nothing was changed: you have called it useful already.');
    expect(useCases.calls).toEqual([
      ['vote', 'al-1', false, dana],
      ['vote', 'al-1', true, dana],
    ]);
  });

  it('takes no vote of guests', async () => {
    const { click, useCases, sandbox, refusals } = await postedCard();
    sandbox.workspace.join('deal-alerts', sandbox.workspace.users().find(({ name }) => name === 'gail')?.id ?? '');
    const { responseUrlId } = await click('vote', { user: 'gail', value: 'useful:al-1' });
    expect(said(await answerTo(sandbox, responseUrlId))).toContain('Sorry');
    expect(useCases.calls).toEqual([]);
    expect(refusals).toMatchObject([{ reason: 'guest', what: 'useful' }]);
  });

  it('is acknowledged as a whole', async () => {
    const { click, useCases, dana, receipt } = await postedCard(cardContent({ alerts: [missingRoleAlert(), stalledAlert()] }));
    await click('acknowledge_card');
    await expect.poll(() => useCases.calls).toEqual([['acknowledgeCard', 'deal:d-1', dana, { channelId: receipt.channelId, ts: receipt.ts }]]);
  });

  it('tells a late click what has become of the alert', async () => {
    const { click, useCases, sandbox } = await postedCard();
    useCases.results.push({ kind: 'stale', message: 'Marco has resolved this already.' });
    const { responseUrlId } = await click('acknowledge');
    const answer = await answerTo(sandbox, responseUrlId);
    expect(said(answer)).toBe('ℹ️ Marco has resolved this already.');
    expect(sandbox.workspace.messages('deal-alerts').filter(({ blocks }) => blocks !== undefined)).toHaveLength(1);
  });

  it('gives a reference when a click fails', async () => {
    const { click, useCases, sandbox } = await postedCard();
    useCases.acts.acknowledge = async () => {
      throw new Error('the store is away');
    };
    const { responseUrlId } = await click('acknowledge');
    expect(said(await answerTo(sandbox, responseUrlId))).toContain('nothing was changed');
  });

  it('leaves guests no way in through its buttons', async () => {
    const { click, useCases, sandbox, refusals } = await postedCard();
    sandbox.workspace.join('deal-alerts', sandbox.workspace.users().find(({ name }) => name === 'gail')?.id ?? '');
    const { responseUrlId } = await click('acknowledge', { user: 'gail' });
    expect(said(await answerTo(sandbox, responseUrlId))).toContain('Sorry');
    expect(useCases.calls).toEqual([]);
    expect(refusals).toMatchObject([{ reason: 'guest', what: 'acknowledge' }]);
  });

  it('lets its link button open the CRM without a word', async () => {
    const { click, useCases, sandbox, logged } = await postedCard();
    expect((await click('open_crm')).ok).toBe(true);
    expect(useCases.calls).toEqual([]);
    expect(sandbox.workspace.ephemerals()).toEqual([]);
    expect(logged.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
