import { describe, expect, it } from 'vitest';
import { readEnvironment, readPlaces } from '../src/environment.ts';

const sound = { SLACK_BOT_TOKEN: 'xoxb-secret-1', SLACK_APP_TOKEN: 'xapp-secret-2', SIGNALS_TOKEN: 'a-token-of-some-length' };
const messageOf = (raw: Record<string, string | undefined>): string => {
  const read = readEnvironment(raw);
  return read.ok ? '' : read.message;
};

describe('the environment', () => {
  it('has defaults for what nobody has to choose', () => {
    expect(readEnvironment(sound)).toMatchObject({
      ok: true,
      environment: { DATABASE_URL: 'file:./data/journey.db', JOURNEY_CONFIG: './journey.yml', HOST: '0.0.0.0', PORT: 3000, LOG_LEVEL: 'info' },
    });
  });

  it('counts an empty variable as missing', () => {
    expect(readEnvironment({ ...sound, PORT: ' ', DATABASE_URL: '' })).toMatchObject({ ok: true, environment: { PORT: 3000 } });
    expect(messageOf({ ...sound, SLACK_BOT_TOKEN: '' })).toContain('SLACK_BOT_TOKEN is missing');
  });

  it('reports every mistake at once, and repeats no value', () => {
    const message = messageOf({ SLACK_BOT_TOKEN: 'token-nobody-may-see', PORT: 'seventy', HUBSPOT_ACCESS_TOKEN: 'pat-nobody-may-see' });
    for (const said of [
      'SLACK_BOT_TOKEN must begin with xoxb-',
      'PORT must be a port',
      'SLACK_APP_TOKEN',
      'no source of signals',
      'HUBSPOT_CLIENT_SECRET',
    ])
      expect(message).toContain(said);
    expect(message).not.toContain('nobody-may-see');
    expect(message).not.toContain('seventy');
  });
});

describe('a command beside the bot', () => {
  it('finds the store and the map where the bot does', () => {
    expect(readPlaces({ DATABASE_URL: '', JOURNEY_CONFIG: './ours.yml' })).toEqual({
      DATABASE_URL: 'file:./data/journey.db',
      JOURNEY_CONFIG: './ours.yml',
    });
    expect(() => readPlaces({ DATABASE_URL: 'mysql://db' })).toThrow('DATABASE_URL must begin with file: or postgres://');
  });
});
