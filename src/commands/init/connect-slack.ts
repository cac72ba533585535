import { probeLines } from '../probe-lines.ts';
import { askVariables } from './ask-variable.ts';
import { allVariables, type Session, variable } from './session.ts';

export type Channels = { channel: string; digestChannel: string; adminChannel: string };

const usual: Channels = { channel: '#deal-alerts', digestChannel: '#deal-alerts', adminChannel: '#journey-admin' };

/** Asks how Slack is reached and for its tokens, and tries them. Slack can also be left for later. */
export async function connectSlack(session: Session): Promise<void> {
  const { print, prompts, given } = session;
  print('Connecting Slack');
  if (prompts === null) return printSlack(session, []);
  for (;;) {
    const way = variable(session, 'SLACK_BOT_TOKEN') !== null && wayOf(session) !== null ? 'set' : await askWay(session);
    if (way === 'later') return;
    const wanted = ['SLACK_BOT_TOKEN', ...(way === 'set' ? [] : [way])];
    await askVariables(session, wanted, { optional: true });
    if (variable(session, 'SLACK_BOT_TOKEN') === null) return;
    if (await works(session, [])) return;
    const again = [...wanted, 'SLACK_APP_TOKEN'].filter((name) => given[name] !== undefined);
    const next = await prompts.choose('And now?', [
      ...(again.length === 0 ? [] : [{ value: 'again', name: 'Give the tokens again' } as const]),
      { value: 'on', name: 'Go on, and mend it later' },
    ]);
    if (next === 'on') return;
    for (const name of again) delete given[name];
  }
}

/** Which channels hear of what. Those that Slack does not know are said, and may be made later. */
export async function askChannels(session: Session): Promise<Channels> {
  const { prompts } = session;
  if (prompts === null) {
    await printSlack(session, Object.values(usual), true);
    return usual;
  }
  const ask = async (question: string, suggested: string): Promise<string> => asChannel(await prompts.text(question, { suggested, problem }));
  const channel = await ask('Which channel hears of alerts?', usual.channel);
  const digestChannel = await ask('Which channel gets the weekly digest?', channel);
  const adminChannel = await ask('Which channel hears of trouble with the bot itself?', usual.adminChannel);
  if (variable(session, 'SLACK_BOT_TOKEN') !== null) await works(session, [channel, digestChannel, adminChannel]);
  return { channel, digestChannel, adminChannel };
}

function askWay({ prompts, print }: Session): Promise<'SLACK_APP_TOKEN' | 'SLACK_SIGNING_SECRET' | 'later'> {
  print('  Make the app first: api.slack.com/apps → Create New App → From a manifest → paste manifest.yml → Install App.');
  const ways = [
    { value: 'SLACK_APP_TOKEN', name: 'Socket Mode: the bot opens the connection, nothing has to be reachable' },
    { value: 'SLACK_SIGNING_SECRET', name: 'HTTP: Slack sends to PUBLIC_URL' },
    { value: 'later', name: 'Later' },
  ] as const;
  return prompts?.choose('How does Slack reach the bot?', ways, 'SLACK_APP_TOKEN') ?? Promise.resolve('later');
}

const wayOf = (session: Session): string | null => variable(session, 'SLACK_APP_TOKEN') ?? variable(session, 'SLACK_SIGNING_SECRET');

async function printSlack(session: Session, channels: readonly string[], quiet = false): Promise<void> {
  if (variable(session, 'SLACK_BOT_TOKEN') !== null) await works(session, channels);
  else if (!quiet) session.print('  – no SLACK_BOT_TOKEN yet: docs/slack.md says where it is found');
}

/** With channels only these are said: the rest was said before. */
async function works(session: Session, channels: readonly string[]): Promise<boolean> {
  const probes = await session.probeSlack(allVariables(session), channels);
  const said = channels.length === 0 ? probes : probes.filter(({ what }) => channels.some((channel) => what.endsWith(channel)));
  for (const line of probeLines(said)) session.print(line);
  return probes.every(({ ok }) => ok);
}

const asChannel = (answer: string): string => (/^[CG][A-Z0-9]{8,}$/.test(answer) || answer.startsWith('#') ? answer : `#${answer}`);

/** As the file takes it. */
const problem = (answer: string): string | null =>
  /^(#[\p{Ll}\p{Lo}\p{Nd}_-]{1,80}|[CG][A-Z0-9]{8,})$/u.test(asChannel(answer)) ? null : 'expected a channel such as #deal-alerts, or its id';
