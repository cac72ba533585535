import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createAppLink, httpManifest, withCreateAppLink } from '../../../src/adapters/slack/manifests.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const manifest = read('manifest.yml');

describe('the manifest for HTTP', () => {
  const http = httpManifest(manifest);

  it('is in step with manifest.yml: `npm run manifests`', () => {
    expect(read('manifest.http.yml')).toBe(http);
  });

  it('is a manifest that Slack takes', () => {
    const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(
      JSON.parse(read('test/fixtures/slack/manifest.schema.json')),
    );
    expect(validate(parse(http)), JSON.stringify(validate.errors)).toBe(true);
  });

  it('differs in where Slack finds the bot, and in nothing else', () => {
    const withoutAddresses = (text: string): unknown =>
      JSON.parse(JSON.stringify(parse(text), (key, value) => (/url$/.test(key) || key === 'socket_mode_enabled' ? undefined : value)));
    expect(withoutAddresses(http)).toEqual(withoutAddresses(manifest));
    expect(parse(http).settings.socket_mode_enabled).toBe(false);
    expect(parse(manifest).settings.socket_mode_enabled).toBe(true);
    expect(http).not.toContain('needs to be reachable from Slack');
  });
});

describe('the link that creates the app', () => {
  it('in docs/slack.md is in step with manifest.yml: `npm run manifests`', () => {
    const page = read('docs/slack.md');
    expect(withCreateAppLink(page, manifest)).toBe(page);
  });

  it('brings the whole manifest along, and is no longer than servers take', () => {
    const link = new URL(createAppLink(manifest));
    expect(JSON.parse(link.searchParams.get('manifest_json') ?? '')).toEqual(parse(manifest));
    expect(link.href.length).toBeLessThan(8000);
  });
});
