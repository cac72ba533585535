import { expect, it } from 'vitest';
import { startBot } from '../../src/main.ts';
import { runDemo } from '../../src/sandbox/demo.ts';

/** The whole way, as `npm run demo -- --once` goes it: signed webhooks, SQLite, Bolt, the workspace of this machine. */
it('plays the story of the demo company: each alert is posted once, and what is over turns green on its own card', { timeout: 60_000 }, async () => {
  const lines: string[] = [];
  const code = await runDemo({ startBot, print: (line) => lines.push(line), port: 0, once: true });
  expect(lines.join('\n')).toContain('10 needed somebody');
  expect(code).toBe(0);

  const messages = lines.filter((line) => /^ {3}#/.test(line));
  const greetings = messages.filter((line) => line.includes('👋 I am journey'));
  expect(greetings.map((line) => line.trim().split(' ')[0]).toSorted()).toEqual(['#deal-alerts', '#enterprise-deals', '#journey-admin', '#revenue']);
  const posted = messages.filter((line) => line.endsWith('(new)') && !greetings.includes(line));
  expect(posted).toHaveLength(11);
  const about = (name: string): string[] => messages.filter((line) => line.includes(name));
  expect(about('Acme rollout')).toEqual([
    expect.stringMatching(/^ {3}#enterprise-deals +🟠 Acme rollout: Stalled in Decision\..*\(new\)$/u),
    expect.stringMatching(/^ {3}#enterprise-deals +🟢 All clear: Acme rollout {2}\(edited in place\)$/u),
  ]);
  expect(about('Placeholder Pharma')).toHaveLength(2);
  expect(about('Faux Freight R&D <Pilot> & rollout')).toHaveLength(1);
  expect(about('Noplace Networks')).toEqual([expect.stringContaining('Moved back from')]);
  for (const healthy of ['Madeup Motors', 'Acme training hub', 'Utopia Utilities', 'Fantasy Fleet']) expect(about(healthy)).toEqual([]);
});
