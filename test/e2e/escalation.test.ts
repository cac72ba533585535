import { afterEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import type { SandboxMessage } from '../../src/sandbox/workspace.ts';
import { ask } from './ask.ts';
import { type BotHere, botHere } from './bot-here.ts';
import { movableClock } from './movable-clock.ts';
import { postsOf, shown } from './running-bot.ts';

const yml = `
calendar: { hours: "09:00-17:00" }
managers: { dana@us.example: marco@us.example }
maps:
  sales:
    extends: b2b-saas
    rules: { no-activity: off, missing-role: off, single-threaded: off, close-date: off, ghosted: off, silent-role: off }
playbook:
  stalled: [{ text: Ask around. }, { stage: decision, text: "Call *today* & ask <!channel>" }]
routes:
  - channel: "#deal-alerts"
    routes:
      - match: { rule: stalled }
        channel: "#enterprise-deals"
        notify: owner
        escalate: [{ after: 4bh, notify: manager }, { after: 1bd, channel: "#leads" }, { after: 1bd, notify: [owner, manager] }]
alerts: { repeat: off }
feed: { staleAfter: 300d }
`;

/** Acme's deal came into its stage three weeks before the bot looks. */
const signals = [
  {
    id: 'e1',
    type: 'account.upserted',
    occurredAt: '2026-09-01T08:00:00Z',
    account: { id: 'a-1', name: 'Acme GmbH', ownerEmail: 'dana@us.example' },
  },
  {
    id: 'e2',
    type: 'deal.upserted',
    occurredAt: '2026-09-01T08:00:00Z',
    deal: { id: 'd-1', accountId: 'a-1', name: 'Acme <!here> rollout', stage: 'decision', ownerEmail: 'dana@us.example' },
  },
];

let here: BotHere | null = null;
afterEach(async () => {
  await here?.end();
  here = null;
});

async function stalledDeal(before: (sandbox: Sandbox) => void = () => undefined) {
  // A Monday.
  const clock = movableClock('2026-09-28 09:00');
  here = await botHere({
    yml,
    clock,
    before(sandbox) {
      sandbox.workspace.addChannel({ name: 'leads' });
      before(sandbox);
    },
  });
  const { bot, sandbox, send } = here;
  expect(await send(signals)).toBe(200);
  await bot.idle();
  const until = async (when: string): Promise<void> => {
    clock.move(when);
    await bot.idle();
  };
  const posts = (channel: string) => postsOf(sandbox).filter((message) => message.channel === sandbox.workspace.channel(channel)?.id);
  const idOf = (name: string) => sandbox.workspace.users().find((user) => user.name === name)?.id ?? '';
  return { sandbox, until, posts, idOf };
}

const steps = (messages: SandboxMessage[]) => messages.filter(({ text }) => text.startsWith('Nobody has taken this yet'));

describe('an alert that nobody takes', { timeout: 60_000 }, () => {
  it('goes to the manager in its thread, then to the leads, once each although Slack’s answers are lost, and ends with a click on any card', async () => {
    const { sandbox, until, posts, idOf } = await stalledDeal();
    const [card] = posts('enterprise-deals');
    expect(shown(card as never)).toContain(`Owner: <@${idOf('dana')}>`);
    expect(shown(card as never)).toContain('Call ∗today∗ &amp; ask &lt;!channel&gt;');

    sandbox.workspace.setWeather({ failNext: { method: 'chat.postMessage', times: 1, outcome: 'timeout-after-accept', hangMs: 200 } });
    await until('2026-09-28 13:01');
    const [told, ...more] = steps(posts('enterprise-deals'));
    expect(more).toEqual([]);
    expect(told).toMatchObject({ threadTs: card?.ts });
    expect(shown(told as never)).toContain(`Manager: <@${idOf('marco')}>`);
    expect(shown(told as never)).toContain('Told so far: dana@us.example in #enterprise-deals');
    expect(shown(told as never)).not.toContain('<!here>');

    sandbox.workspace.setWeather({ failNext: { method: 'chat.postMessage', times: 1, outcome: 'timeout-after-accept', hangMs: 200 } });
    await until('2026-09-29 13:05');
    expect(posts('leads')).toHaveLength(1);
    expect(shown(posts('leads')[0] as never)).toContain('marco@us.example in #enterprise-deals');

    const why = shown(await ask(sandbox, 'why acme'));
    expect(why).toContain('While nobody takes it');
    expect(why).toContain('→ after 1 working day: owner and manager');

    const acknowledge = (user: string, message: SandboxMessage | undefined) =>
      sandbox.act({ user, channel: message?.channel ?? '', ts: message?.ts ?? '', actionId: 'acknowledge' });
    // Two people click at once, on two cards of the same alert: the second one changes nothing.
    await Promise.all([acknowledge('theo', posts('leads')[0]), acknowledge('dana', posts('enterprise-deals')[0])]);
    for (const channel of ['leads', 'enterprise-deals'])
      await expect.poll(() => shown(posts(channel)[0] as never), { timeout: 20_000 }).toContain('Acknowledged by');
    await expect
      .poll(() => sandbox.workspace.ephemerals().map(shown).join(), { timeout: 20_000 })
      .toContain('Nothing was changed: already acknowledged');
    expect(shown(posts('leads')[0] as never)).not.toContain('Told so far');
    const before = postsOf(sandbox).length;
    await until('2026-10-06 10:00');
    expect(postsOf(sandbox)).toHaveLength(before);
  });

  it('falls back, and says so, where the manager has left and the channel is archived', async () => {
    const { sandbox, until, posts, idOf } = await stalledDeal();
    sandbox.workspace.deactivateUser(idOf('marco'));
    await until('2026-09-28 13:01');
    const [above] = steps(posts('deal-alerts'));
    expect(above).not.toHaveProperty('threadTs');
    expect(shown(above as never)).toContain('marco@us.example cannot be told in Slack, so the whole channel is.');
    expect(shown(above as never)).toContain('Its card, with the buttons, is in #enterprise-deals.');
    expect(shown(steps(posts('enterprise-deals'))[0] as never)).toContain('marco@us.example (no Slack user has this e-mail address)');

    sandbox.workspace.archiveChannel('leads');
    await until('2026-09-29 13:05');
    expect(posts('leads')).toEqual([]);
    expect(steps(posts('enterprise-deals')).at(-1)).toMatchObject({ isBroadcast: true });
    expect(shown(steps(posts('enterprise-deals')).at(-1) as never)).toContain('I cannot post in #leads, so it is said here.');
  });

  it('is told one thing, not three, when the bot comes back after a week', async () => {
    const { until, posts } = await stalledDeal();
    await until('2026-10-06 10:00');
    expect(posts('leads')).toEqual([]);
    expect(steps(posts('enterprise-deals'))).toHaveLength(1);
  });
});
