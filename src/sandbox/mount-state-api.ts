import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Sandbox } from './sandbox.ts';

const choice = z.object({ value: z.string(), text: z.string().optional() });
const command = z.strictObject({
  user: z.string(),
  channel: z.string(),
  command: z.string().default('/journey'),
  text: z.string().default(''),
});
const act = z.strictObject({
  user: z.string(),
  channel: z.string().optional(),
  ts: z.string().optional(),
  viewId: z.string().optional(),
  home: z.boolean().optional(),
  actionId: z.string(),
  blockId: z.string().optional(),
  value: z.string().optional(),
  selectedOption: choice.optional(),
  selectedOptions: z.array(choice).optional(),
  fields: z.record(z.string(), z.unknown()).optional(),
});
const submit = z.strictObject({
  user: z.string(),
  viewId: z.string(),
  values: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});
const suggest = act
  .pick({ user: true, channel: true, ts: true, viewId: true, home: true, actionId: true, blockId: true })
  .extend({ value: z.string() });
const openHome = z.strictObject({ user: z.string(), tab: z.enum(['home', 'messages']).optional() });
const messageShortcut = z.strictObject({ user: z.string(), channel: z.string(), ts: z.string(), callbackId: z.string() });
const globalShortcut = z.strictObject({ user: z.string(), callbackId: z.string() });
const disconnect = z.strictObject({ how: z.enum(['warning', 'refresh_requested', 'abrupt']).optional() });
const closeModal = z.strictObject({ user: z.string(), viewId: z.string() });
const say = z.strictObject({ user: z.string(), channel: z.string(), text: z.string(), threadTs: z.string().optional() });
const event = z.looseObject({ type: z.string() });
const failure = z.strictObject({
  method: z.string(),
  times: z.number().int().positive().default(1),
  status: z.number().int().optional(),
  error: z.string().optional(),
  outcome: z.enum(['timeout-after-accept', 'drop-before']).optional(),
  retryAfter: z.number().optional(),
  hangMs: z.number().optional(),
});
const weather = z.strictObject({
  rateLimit: z.strictObject({ perChannelPerSecond: z.number().positive() }).nullable().optional(),
  failNext: z.union([failure, z.array(failure)]).optional(),
  latencyMs: z.number().optional(),
  outage: z.strictObject({ status: z.number().int(), retryAfter: z.number().optional() }).nullable().optional(),
});
const channelChange = z.strictObject({ channel: z.string(), user: z.string().optional(), inviter: z.string().optional() });
const userChange = z.strictObject({ user: z.string() });

/** What a script in another process may ask and do: JSON over HTTP, 400 with the reason for what makes no sense. */
export function mountStateApi(server: FastifyInstance, sandbox: Sandbox): void {
  const { workspace } = sandbox;

  server.get('/sandbox/state', () => ({
    teamId: sandbox.teamId,
    botUserId: sandbox.botUserId,
    connections: sandbox.connections(),
    users: workspace.users(),
    channels: workspace.channels(),
    messages: workspace.channels().flatMap((channel) => workspace.messages(channel.id)),
    ephemerals: workspace.ephemerals(),
    modals: workspace.users().flatMap((user) => workspace.modal(user.id) ?? []),
  }));
  server.get<{ Querystring: { method?: string } }>('/sandbox/calls', ({ query }) => workspace.calls(query.method));

  const accept = <Input, Output>(path: string, schema: z.ZodType<Input>, run: (input: Input) => Output | Promise<Output>): void => {
    server.post(path, async (request, reply): Promise<unknown> => {
      const parsed = schema.safeParse(request.body ?? {});
      if (!parsed.success) return refuse(reply, z.prettifyError(parsed.error));
      try {
        return (await run(parsed.data)) ?? { ok: true };
      } catch (error) {
        return refuse(reply, error instanceof Error ? error.message : String(error));
      }
    });
  };
  accept('/sandbox/command', command, (input) => sandbox.command(input));
  accept('/sandbox/act', act, (input) => sandbox.act(defined(input)));
  accept('/sandbox/submit', submit, (input) => sandbox.submit(input));
  accept('/sandbox/close-modal', closeModal, (input) => sandbox.closeModal(input));
  accept('/sandbox/say', say, (input) => sandbox.say(defined(input)));
  accept('/sandbox/suggest', suggest, (input) => sandbox.suggest(defined(input)));
  accept('/sandbox/open-home', openHome, (input) => sandbox.openHome(defined(input)));
  accept('/sandbox/message-shortcut', messageShortcut, (input) => sandbox.messageShortcut(input));
  accept('/sandbox/global-shortcut', globalShortcut, (input) => sandbox.globalShortcut(input));
  accept('/sandbox/event', event, async (input) => ({ ok: await sandbox.sendEvent(input) }));
  accept('/sandbox/weather', weather, (input) => workspace.setWeather(defined(input)));
  accept('/sandbox/archive', channelChange, ({ channel }) => workspace.archiveChannel(channel));
  accept('/sandbox/unarchive', channelChange, ({ channel }) => workspace.unarchiveChannel(channel));
  accept('/sandbox/join', channelChange, ({ channel, user, inviter }) => workspace.join(channel, user ?? sandbox.botUserId, inviter));
  accept('/sandbox/leave', channelChange, ({ channel, user }) => workspace.leave(channel, user ?? sandbox.botUserId));
  accept('/sandbox/deactivate', userChange, ({ user }) => workspace.deactivateUser(user));
  accept('/sandbox/disconnect', disconnect, ({ how }) => sandbox.disconnect(how));
}

function refuse(reply: FastifyReply, error: string): { ok: false; error: string } {
  reply.code(400);
  return { ok: false, error };
}

/** Zod writes `undefined` for what is not there; the types here mean absence. */
function defined<Value extends object>(value: Value): Defined<Value> {
  return JSON.parse(JSON.stringify(value)) as Defined<Value>;
}

type Defined<Value> = Value extends readonly (infer Item)[]
  ? Defined<Item>[]
  : Value extends object
    ? { [Name in keyof Value]: Defined<Exclude<Value[Name], undefined>> }
    : Value;
