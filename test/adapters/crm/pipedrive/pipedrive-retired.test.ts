import { afterEach, beforeEach, expect, it } from 'vitest';
import { acme } from './acme.ts';
import { type Joined, joinPipedrive, monday, readAll, signalsIn } from './joined.ts';

let joined: Joined;
beforeEach(async () => {
  joined = await joinPipedrive();
});
afterEach(() => joined.close());

const gone = { code: 410, text: '<html><body>410 Gone</body></html>' };
const unknown = { code: 404, text: '{"success":false,"error":"Unknown method ."}' };

/** A deal with two people on it, moved two days after it was made. */
function moved(): { deal: number; jo: number } {
  const { records } = joined.pipedrive;
  const { deal, jo } = acme(joined);
  records.addParticipant(deal, jo);
  joined.tick(2 * 86_400_000);
  records.update('deals', deal, { stage_id: 3 });
  joined.tick(60_000);
  return { deal, jo };
}

it.each([
  ['410', gone],
  ['404', unknown],
])('without anything of v1 (%s) an import and a comparison read the rest, and say what is missing', async (_code, how) => {
  const { deal, jo } = moved();
  joined.pipedrive.weather.retired = { path: /^\/v1\//, ...how };
  for (const since of [null, monday - 60_000]) {
    const pages = await readAll(joined.history(), { since });
    const told = pages.flatMap(({ refused }) => refused);
    expect(told.map(({ where }) => where).sort()).toEqual([
      '/v1/deals/{id}/changelog',
      '/v1/deals/{id}/participants',
      '/v1/deals/{id}/participantsChangelog',
      '/v1/notes',
      ...(since === null ? [] : ['/v1/recents']),
      '/v1/users',
      '/v1/users/me',
    ]);
    expect(told.every(({ why }) => /no longer has .*everything else is read.*newer version/.test(why))).toBe(true);
    const signals = signalsIn(pages);
    // Not since it was made: then it would have been there too long already.
    expect(signals.flatMap((signal) => (signal.type === 'stage.entered' ? [[signal.stage.stage, signal.occurredAt - monday]] : []))).toEqual([
      ['3', 2 * 86_400_000],
    ]);
    const links = signals.flatMap((signal) => (signal.type === 'person.upserted' ? (signal.person.dealLinks ?? []) : []));
    expect(links).toEqual([{ dealId: `pipedrive:${deal}`, linked: true }]);
    expect(signals.some((signal) => signal.type === 'person.upserted' && signal.person.id === `pipedrive:${jo}`)).toBe(true);
  }
  expect(joined.logger.lines.filter(({ level }) => level === 'error').map(({ fields }) => fields.path)).toContain('/v1/deals/{id}/changelog');
});

it('a deal that is gone has no history, and nothing is missing for that', async () => {
  const { deal } = moved();
  const page = async () => (await readAll(joined.history())).flatMap(({ refused }) => refused);
  joined.pipedrive.weather.retired = { path: new RegExp(`/deals/${deal}([/?]|$)`), ...unknown };
  expect(await page()).toEqual([]);
});

it('a check says what is missing, by its name', async () => {
  moved();
  joined.pipedrive.weather.retired = { path: /^\/v1\/(recents|notes|deals\/\d+\/changelog)/, ...gone };
  const probes = await joined.history().probe();
  expect(probes.filter(({ ok }) => !ok)).toEqual([
    { what: 'Pipedrive notes', ok: false, detail: expect.stringContaining('notes are not read'), fix: expect.stringContaining('newer version') },
    { what: 'Pipedrive history of deals', ok: false, detail: expect.stringContaining('/v1/deals/{id}/changelog'), fix: expect.any(String) },
    { what: 'Pipedrive deletions', ok: false, detail: expect.stringContaining('/v1/recents'), fix: expect.any(String) },
  ]);
});
