import { Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { journeyPicture } from '../../../../src/adapters/slack/pictures/journey-picture.ts';
import { drawn, fitted, isDrawn, widthOf } from '../../../../src/adapters/slack/pictures/letters.ts';
import { accountView } from '../../../../src/adapters/slack/views/account.ts';
import { dayMs } from '../../../../src/core/time.ts';
import { hostile } from '../hostile-values.ts';
import { accountSummary, daysAgo, journeySummary, now, stalledAlert } from '../samples.ts';

const fontFiles = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) => `node_modules/dejavu-fonts-ttf/ttf/${file}`);
const loaded = (svg: string) => new Resvg(svg, { font: { loadSystemFonts: false, fontFiles } });
/** All that is written on it. */
const written = (svg: string): string[] =>
  [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text = '']) =>
    text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&'),
  );
const journey = journeySummary();
const [, , decision] = journey.track;
const pictureOf = (changes: Parameters<typeof accountSummary>[0]) => journeyPicture(accountSummary(changes), now);
const writtenOn = (changes: Parameters<typeof accountSummary>[0] = {}): string[] => written(pictureOf(changes).svg);

describe('the picture of an account', () => {
  it('has a lane for each stage, with days against those that are expected, and says what is late in words', () => {
    const track = journey.track.map((step) => (step === decision ? { ...step, expectedDays: 15, contacts: { inbound: 4, outbound: 7 } } : step));
    const said = writtenOn({ journeys: [journeySummary({ track })] });
    for (const { label } of track) expect(said).toContain(label);
    expect(said).toContain('20 of 15 days, late');
    expect(said).toContain('▼ 4 in · ▲ 7 out');
    expect(said).toContain('18 days');
  });

  it.each([
    [11, 11, '▼ 11 in · ▲ 11 out'],
    [999, 999, '▼ 999 in · ▲ 999 out'],
    [1234, 10_000, '▼ 999+ in · ▲ 999+ out'],
  ])('cuts no number off: %i touchpoints in and %i out', (inbound, outbound, said) => {
    const track = journey.track.map((step) => (step === decision ? { ...step, contacts: { inbound, outbound } } : step));
    expect(writtenOn({ journeys: [journeySummary({ track })] })).toContain(said);
  });

  it('tells a skipped stage from one that is ahead, and moments that are missing from those that happened, without colours', () => {
    const [first, second, third, last] = journey.track;
    if (first === undefined || second === undefined || third === undefined || last === undefined) throw new Error('no track');
    const moments = [
      { label: 'Demo', state: 'well' as const },
      { label: 'Reference call', state: 'missing' as const },
      { label: 'Security review', state: 'badly' as const },
    ];
    const track = [
      { ...first, state: 'skipped' as const, workingDays: null },
      second,
      { ...third, moments },
      { ...last, moments: [{ label: 'Kick-off', state: 'ahead' as const }] },
    ];
    const said = writtenOn({ journeys: [journeySummary({ track })] });
    expect(said).toContain('Awareness (skipped or not observed)');
    expect(said).toEqual(expect.arrayContaining(['✗ Security review went badly · ◇ Reference call missing', '✓ Demo']));
    expect(said).toContain('○ Kick-off to come');
  });

  it('says of a stage before the first that was seen the same as the track and the path do', () => {
    const track = journey.track.map((step, index) => (index === 0 ? { ...step, state: 'unseen' as const, workingDays: null } : step));
    const { svg, alt } = pictureOf({ journeys: [journeySummary({ track })] });
    expect(written(svg)).toContain('Awareness (before we looked)');
    expect(alt).toContain('Awareness: before we looked.');
    expect(JSON.stringify(accountView(accountSummary({ journeys: [journeySummary({ track })] }), now).blocks)).toContain(
      'Awareness (before we looked)',
    );
  });

  it('counts people by role and names nobody', () => {
    const { svg, alt } = pictureOf({});
    expect(written(svg)).toEqual(
      expect.arrayContaining(['Economic buyer', 'nobody yet', 'Champion', 'heard 12 days ago', 'No role set', 'never heard']),
    );
    for (const name of ['Priya', 'Nair', 'Tom', 'Berg', 'dana@']) expect(svg + alt).not.toContain(name);
  });

  it('names gaps by rule, the same one once, and says when there is none', () => {
    const alerts = [stalledAlert(), stalledAlert({ id: 'al-3', rule: 'ghosted' }), stalledAlert({ id: 'al-4', rule: 'ghosted' })];
    expect(writtenOn({ journeys: [journeySummary({ alerts })] })).toEqual(expect.arrayContaining(['Stalled', 'No answer to our attempts (2)']));
    const clear = writtenOn({ journeys: [journeySummary({ alerts: [stalledAlert({ state: 'resolved' }), stalledAlert({ goodNews: true })] })] });
    expect(clear).toContain('Nothing differs from the map');
    expect(clear).toContain('1 open journey, all clear');
  });

  it.each([
    [{ resolvedByHand: 2 }, 'Nothing to do: 2 alerts resolved by hand'],
    [{ held: 1, resolvedByHand: 2 }, 'No open alert, but 1 alert held back'],
    [{ settling: true as const, held: 1 }, 'Not judged yet'],
  ])('does not say that nothing differs from the map where nobody knows, or somebody has dealt with it: %j', (known, said) => {
    const { svg, alt } = pictureOf({ journeys: [journeySummary({ alerts: [], ...known })] });
    expect(written(svg)).toContain(said);
    expect(alt).toContain(said.charAt(0).toLowerCase() + said.slice(1));
    expect(`${alt} ${written(svg).join(' ')}`.toLowerCase()).not.toContain('nothing differs');
  });

  it('draws touchpoints a week, and the mood where somebody noted one', () => {
    const contacts = [
      { at: daysAgo(20), direction: 'inbound' as const, sentiment: -2 },
      { at: daysAgo(3), direction: 'outbound' as const, sentiment: null },
      { at: daysAgo(2), direction: 'outbound' as const, sentiment: 1 },
    ];
    expect(writtenOn({ contacts })).toEqual(expect.arrayContaining(['▲ 2 from us · ▼ 1 from them', '8 weeks up to now', '+', '–']));
    expect(writtenOn({ contacts: contacts.map((each) => ({ ...each, sentiment: null })) })).toContain('Nobody noted a mood');
    expect(writtenOn({ contacts: [{ at: now - 300 * dayMs, direction: 'inbound', sentiment: 2 }] })).toContain('none in the last half year');
  });

  it('shows two journeys, those that are open first, and says how many more there are', () => {
    const journeys = ['One', 'Two', 'Three', 'Four', 'Five'].map((name, index) => journeySummary({ name, outcome: index === 0 ? 'won' : 'open' }));
    const said = writtenOn({ journeys });
    expect(said).toContain('and 3 more journeys');
    expect(said.filter((text) => ['One', 'Two', 'Three'].includes(text))).toEqual(['Two', 'Three']);
  });

  it('shows where a journey is, however long its map', () => {
    const track = Array.from({ length: 15 }, (_, index) => ({
      ...journey.track[0],
      enteredAt: null,
      workingDays: 3,
      expected: null,
      overdue: false,
      key: `s${index}`,
      label: `Stage number ${index}`,
      state: index < 13 ? ('done' as const) : index === 13 ? ('current' as const) : ('ahead' as const),
    }));
    const said = writtenOn({ journeys: [journeySummary({ track })] });
    expect(said).toContain('Stage number 13');
    expect(said).toContain('and 5 more stages');
  });

  it('of an account of which nothing is known says so', () => {
    const { svg, alt } = pictureOf({ journeys: [], committee: [], touchpoints: [] });
    expect(written(svg)).toEqual(expect.arrayContaining(['On no journey yet', 'nobody known yet', 'none in the last half year']));
    expect(alt).toBe('Journey map of Acme GmbH: On no journey yet. Buying committee: nobody known yet. No touchpoints in the last half year.');
  });

  it('shows no empty box for a letter that it cannot draw, and says so', () => {
    const account = { id: 'a-1', name: '株式会社', domain: null, url: null, ownerEmail: null };
    const said = writtenOn({ account, journeys: [journeySummary({ name: '日本 rollout 🚀' })] });
    expect(said).toEqual(expect.arrayContaining(['This account', '… rollout', '… is for letters that cannot be drawn: see the answer']));
    expect(pictureOf({ account }).alt).toContain('株式会社');
    expect(writtenOn({ journeys: [journeySummary({ name: 'שלום عميل Ünïcode' })] }).join()).not.toContain('cannot be drawn');
  });

  it('says in words what it shows', () => {
    const track = journey.track.map((step) => (step === decision ? { ...step, expectedDays: 15, contacts: { inbound: 4, outbound: 7 } } : step));
    const contacts = [{ at: daysAgo(2), direction: 'inbound' as const, sentiment: -1 }];
    expect(pictureOf({ journeys: [journeySummary({ track })], contacts }).alt).toBe(
      [
        'Journey map of Acme GmbH: 1 open journey, 2 open alerts.',
        'Acme rollout (New business, open): Somebody missing on the buying committee, Stalled.',
        'Awareness: done, 3 days, 0 touchpoints in and 0 out. Consideration: done, 18 days, 0 touchpoints in and 0 out.',
        'Decision: is here now, 20 of 15 days, late, 4 touchpoints in and 7 out. Implementation: ahead.',
        'Buying committee: Economic buyer: nobody yet; Champion: heard 12 days ago; No role set: never heard.',
        'In 8 weeks: 0 touchpoints from us, 1 from them. The mood was last bad.',
      ].join(' '),
    );
  });

  it('says of one touchpoint, and of one moment more than it shows, that it is one', () => {
    const moments = ['Demo', 'Security review', 'Reference call', 'Kick-off'].map((label) => ({ label, state: 'well' as const }));
    const track = journey.track.map((step) => (step === decision ? { ...step, moments, contacts: { inbound: 1, outbound: 7 } } : step));
    const { alt } = pictureOf({ journeys: [journeySummary({ track })] });
    expect(alt).toContain('1 touchpoint in and 7 out');
    expect(alt).toContain(', 1 more moment.');
  });

  it('is well-formed, keeps within its edges, and fits its words into Slack’s, whatever a CRM holds', () => {
    const rich = hostile.account.map((summary) => ({
      ...summary,
      contacts: summary.touchpoints
        .map(({ at, direction, sentiment }) => ({ at: now - (Math.abs(at) % (200 * dayMs)), direction, sentiment }))
        .sort((a, b) => a.at - b.at),
    }));
    fc.assert(
      fc.property(rich, (summary) => {
        const { svg, alt, width, height } = journeyPicture(summary, now);
        const picture = loaded(svg);
        const edges = picture.getBBox();
        expect([picture.width, picture.height]).toEqual([width, height]);
        expect(edges?.x).toBeGreaterThanOrEqual(0);
        expect(edges?.y).toBeGreaterThanOrEqual(0);
        expect((edges?.x ?? 0) + (edges?.width ?? 0)).toBeLessThanOrEqual(width);
        expect((edges?.y ?? 0) + (edges?.height ?? 0)).toBeLessThanOrEqual(height);
        expect(alt.length).toBeGreaterThan(0);
        expect(alt.length).toBeLessThanOrEqual(2000);
        expect(alt.isWellFormed()).toBe(true);
      }),
      { numRuns: 15 },
    );
  });
});

describe('letters', () => {
  it('are never narrower than what they are taken for, whichever can be drawn', () => {
    const letter = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }),
      fc.integer({ min: 0x20, max: 0x2200 }).map((code) => String.fromCodePoint(code)),
    );
    fc.assert(
      fc.property(
        fc.array(letter, { minLength: 1, maxLength: 25 }).map((parts) => parts.join('')),
        fc.boolean(),
        (text, bold) => {
          const said = drawn(text, 'x').replaceAll(/[&<>]/g, '');
          const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9000" height="200"><text x="100" y="100" font-size="100" font-family="DejaVu Sans"${bold ? ' font-weight="700"' : ''}>${said}</text></svg>`;
          expect(isDrawn(said)).toBe(true);
          // A letter may lean a little over its own edges.
          expect(loaded(svg).getBBox()?.width ?? 0).toBeLessThanOrEqual(widthOf(said, 100, bold) + 40);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('are cut to their room with …', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 40, max: 400 }), (text, room) => {
        const cut = fitted(text, 20, room);
        expect(widthOf(cut, 20)).toBeLessThanOrEqual(room);
        expect(cut === text || cut.endsWith('…')).toBe(true);
      }),
    );
  });
});
