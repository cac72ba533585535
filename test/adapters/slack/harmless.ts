import { expect } from 'vitest';

/** The only markup is our own: dates, mentions of Slack ids, links over http(s). */
export function expectHarmless(text: string): void {
  const ours = /<!date\^\d+\^[^<>|]+\|[A-Za-z,:; ]*\d{4}-\d\d-\d\d>|<@[UW][A-Z0-9]+>|<#[CGD][A-Z0-9]+>|<https?:\/\/[^<>|]+\|[^<>|]*\|?[^<>]*>/g;
  const rest = text.replace(ours, '');
  expect(rest).not.toMatch(/[<>]/);
  expect(rest).not.toMatch(/&(?!amp;|lt;|gt;)/);
}

/** All text that Slack parses, wherever it stands. */
export function mrkdwnTexts(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value && value.type === 'mrkdwn' && 'text' in value ? [String(value.text)] : [];
  if (own.length > 0) expect(value).toMatchObject({ verbatim: true });
  return [...own, ...Object.values(value).flatMap(mrkdwnTexts)];
}
