import { SlackError } from '../slack-error.ts';
import { app, team } from '../team.ts';
import { textArgument } from './arguments.ts';
import { defineMethod } from './method.ts';

export const apiTest = defineMethod({ name: 'api.test', args: {}, run: () => ({ args: {} }) });

export const authTest = defineMethod({
  name: 'auth.test',
  args: {},
  run: (_args, { state, url }) => ({
    url: `${url}/`,
    team: team.name,
    team_id: team.id,
    user: state.directory.bot.name,
    user_id: state.directory.bot.id,
    bot_id: app.botId,
    is_enterprise_install: false,
  }),
});

export const connectionsOpen = defineMethod({
  name: 'apps.connections.open',
  token: 'app',
  args: {},
  run: (_args, context) => ({ url: context.socketUrl() }),
});

export const teamInfo = defineMethod({
  name: 'team.info',
  scope: 'team:read',
  args: {},
  run: (_args, { url }) => ({
    team: { id: team.id, name: team.name, domain: team.domain, url: `${url}/`, email_domain: 'us.example' },
  }),
});

export const botsInfo = defineMethod({
  name: 'bots.info',
  scope: 'users:read',
  args: { bot: textArgument.optional() },
  run(args, { state }) {
    if (args.bot !== undefined && args.bot !== app.botId) throw new SlackError('bot_not_found');
    const { bot } = state.directory;
    return { bot: { id: app.botId, deleted: false, name: bot.name, app_id: app.id, user_id: bot.id } };
  },
});
