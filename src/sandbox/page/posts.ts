import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isFields } from '../block-kit/check.ts';
import type { DispatchError, PageHost } from '../sandbox.ts';
import { escapeText } from '../slack-escapes.ts';
import type { SandboxUser } from '../workspace.ts';
import { toActInput, toSubmitValues } from './act-input.ts';
import { drawOpenModal } from './draw-update.ts';
import { plainString } from './drawing/text.ts';
import type { PageState } from './page-state.ts';
import { actors, drawContextOf } from './place.ts';
import { actBody, closeBody, sayBody, shortcutBody, submitBody, suggestBody } from './post-bodies.ts';

/** `notice` is shown to the person beside what they did. */
type Answer = { notice?: string };

/** What people do on the page: write, press, fill in. */
export function mountPosts(app: FastifyInstance, state: PageState): void {
  const { host } = state;

  app.post('/page/say', async (request): Promise<Answer> => {
    const body = sayBody.parse(request.body);
    const user = actor(host, body.as);
    if (body.text.startsWith('/')) return runCommand(state, user, body);
    // Nobody can write `<!channel>` by hand.
    await host.say({
      user: user.id,
      channel: body.channel,
      text: withMentions(host, escapeText(body.text)),
      ...(body.threadTs ? { threadTs: body.threadTs } : {}),
    });
    return {};
  });

  app.post('/page/act', async (request): Promise<Answer> => {
    const body = actBody.parse(request.body);
    const result = await host.act(toActInput(body, actor(host, body.as).tz));
    return result.ok ? {} : { notice: explain(host, result) };
  });

  app.post('/page/suggest', async (request): Promise<Answer & { groups?: SuggestedGroup[] }> => {
    const { as, where, ...asked } = suggestBody.parse(request.body);
    const user = actor(host, as).id;
    // Closed while one was typing: nobody waits for the options.
    if ('viewId' in where && host.workspace.modal(user)?.viewId !== where.viewId) return { groups: [] };
    const result = await host.suggest({ user, ...where, ...asked });
    if (!result.ok) return { notice: explain(host, result) };
    return { groups: result.groups.map(({ label, options }) => ({ label, options: options.map(optionOf) })) };
  });

  app.post('/page/shortcut', async (request): Promise<Answer> => {
    const { as, callbackId, message } = shortcutBody.parse(request.body);
    const user = actor(host, as).id;
    const result = await (message === undefined ? host.globalShortcut({ user, callbackId }) : host.messageShortcut({ user, callbackId, ...message }));
    return result.ok ? {} : { notice: explain(host, result, 'This shortcut') };
  });

  app.post('/page/submit', async (request): Promise<Answer & { errors?: Record<string, string>; modal: string }> => {
    const body = submitBody.parse(request.body);
    const user = actor(host, body.as);
    const result = await host.submit({ user: user.id, viewId: body.viewId, values: toSubmitValues(body, user.tz) });
    const modal = drawOpenModal(state, drawContextOf(host, user, state.now()));
    return { modal, ...(result.errors ? { errors: result.errors } : {}), ...(result.ok || result.errors ? {} : { notice: explain(host, result) }) };
  });

  app.post('/page/close', async (request): Promise<Answer & { modal: string }> => {
    const body = closeBody.parse(request.body);
    const user = actor(host, body.as);
    await host.closeModal({ user: user.id, viewId: body.viewId });
    return { modal: drawOpenModal(state, drawContextOf(host, user, state.now())) };
  });

  app.setErrorHandler((error, _request, reply) => {
    const code = error instanceof z.ZodError ? 400 : 500;
    const notice =
      error instanceof z.ZodError ? z.prettifyError(error) : `The workspace refused: ${error instanceof Error ? error.message : String(error)}`;
    return reply.code(code).send({ notice });
  });
}

async function runCommand(state: PageState, user: SandboxUser, body: z.infer<typeof sayBody>): Promise<Answer> {
  const { host, text } = state;
  const [command = ''] = body.text.split(/\s+/);
  if (!text.commands.some((hint) => hint.command === command)) {
    return { notice: `${command} is not a valid command. In Slack, all messages that start with “/” are commands.` };
  }
  if (body.threadTs !== undefined) return { notice: `${command} is not supported in threads. Sorry!` };
  const result = await host.command({
    user: user.id,
    channel: body.channel,
    command,
    text: withMentions(host, body.text.slice(command.length).trim()),
  });
  return result.ok ? {} : { notice: explain(host, result, command) };
}

type SuggestedGroup = { label: string | null; options: { value: string; text: string }[] };

function optionOf(option: Record<string, unknown>): { value: string; text: string } {
  const label = isFields(option.text) ? String(option.text.text) : '';
  return { value: String(option.value), text: plainString(label) };
}

/** `@dana` and `#revenue` arrive with their ids, as from Slack's own message box. */
function withMentions({ workspace }: PageHost, text: string): string {
  return text.replaceAll(/(?<![\w<@#|])([@#])([\w.-]+)/g, (whole, sign: string, name: string) => {
    const user = sign === '@' ? workspace.user(name.toLowerCase()) : undefined;
    const channel = sign === '#' ? workspace.channel(name) : undefined;
    return user ? `<@${user.id}>` : channel ? `<#${channel.id}|${channel.name}>` : whole;
  });
}

/** As Slack says it, with the reason that a sandbox can know. */
function explain(host: PageHost, failed: { error?: DispatchError; refusal?: string }, what = 'This'): string {
  const reason = failed.refusal ?? (host.connections() === 0 ? 'No bot is connected to this workspace.' : '');
  return `${what} failed with the error “${failed.error ?? 'dispatch_failed'}”. ${reason}`.trim();
}

function actor(host: PageHost, id: string): SandboxUser {
  const user = actors(host).find((candidate) => candidate.id === id);
  if (!user) throw new Error(`nobody here has the id ${id}`);
  return user;
}
