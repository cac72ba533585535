import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { accountView } from '../../../../src/adapters/slack/views/account.ts';
import { appHome } from '../../../../src/adapters/slack/views/app-home.ts';
import { firstHome } from '../../../../src/adapters/slack/views/app-home-state.ts';
import type { View, ViewBlock } from '../../../../src/adapters/slack/views/blocks.ts';
import { cardView } from '../../../../src/adapters/slack/views/card.ts';
import { dealView } from '../../../../src/adapters/slack/views/deal.ts';
import { digestView } from '../../../../src/adapters/slack/views/digest.ts';
import { digestPartView } from '../../../../src/adapters/slack/views/digest-part.ts';
import { digestPreview } from '../../../../src/adapters/slack/views/digest-preview.ts';
import { accountModal, findAccountModal } from '../../../../src/adapters/slack/views/find-account.ts';
import { roleForm } from '../../../../src/adapters/slack/views/forms/role-form.ts';
import { touchpointForm } from '../../../../src/adapters/slack/views/forms/touchpoint-form.ts';
import { homeView } from '../../../../src/adapters/slack/views/home.ts';
import { listView } from '../../../../src/adapters/slack/views/list.ts';
import { metricsView } from '../../../../src/adapters/slack/views/metrics.ts';
import { pathView } from '../../../../src/adapters/slack/views/path.ts';
import { pickerView } from '../../../../src/adapters/slack/views/picker.ts';
import { reviewView } from '../../../../src/adapters/slack/views/review.ts';
import { subscriptionsView } from '../../../../src/adapters/slack/views/subscriptions.ts';
import { unfurlView } from '../../../../src/adapters/slack/views/unfurl.ts';
import { whyView } from '../../../../src/adapters/slack/views/why.ts';
import { subscriptionsAtMost } from '../../../../src/app/subscriptions.ts';
import { checkAttachments, checkMessageBlocks } from '../../../../src/sandbox/block-kit/check-message.ts';
import { checkView } from '../../../../src/sandbox/block-kit/check-view.ts';
import { totalText } from '../../../../src/sandbox/block-kit/total-text.ts';
import { pathSummary, subscription } from '../command-samples.ts';
import { homeAccount, homeAlert, homeHealth, homeSummary, onePage } from '../home-samples.ts';
import {
  accountPeople,
  accountSummary,
  cardContent,
  digest,
  digestDetails,
  journeySummary,
  line,
  metricsSummary,
  now,
  reviewSummary,
  whySummary,
} from '../samples.ts';

const sizes = ['empty', 'one', 'many', 'longest'] as const;
type Size = (typeof sizes)[number];

const ids = new Set(['id', 'journeyId', 'accountId', 'dealId', 'personId']);
const names = new Set([
  'name',
  'title',
  'headline',
  'expected',
  'nextStep',
  'explain',
  'note',
  'domain',
  'accountName',
  'personName',
  'filter',
  'label',
]);

/** The sample with this much in all its lists, or with names as long as a CRM takes them. */
function sized<Value>(value: Value, size: Size): Value {
  return resize(value, size) as Value;
}

function resize(value: unknown, size: Size, key = '', copy = 0): unknown {
  if (typeof value === 'string')
    return size === 'longest' && names.has(key) ? 'Wörter & <Zeichen> '.repeat(300) : copy > 0 && ids.has(key) ? `${value}-${copy}` : value;
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value)) return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resize(inner, size, name, copy)]));
  const kept = {
    empty: [],
    one: value.slice(0, 1),
    many: Array.from({ length: value.length === 0 ? 0 : 60 }, (_, index) => value[index % value.length]),
    longest: value,
  }[size];
  return kept.map((inner, index) => resize(inner, size, key, size === 'many' ? copy * 60 + index : copy));
}

const list = {
  title: 'Journeys',
  lines: [{ ...line(), stageLabel: 'Decision', ownerEmail: null, rules: ['stalled'], alertCount: 4, also: ['Gone silent'] }],
  total: 1,
  page: 1,
  pages: 1,
  filter: '',
};
const deal = {
  accountName: 'Acme GmbH',
  accountId: 'a-1',
  journey: journeySummary(),
  committee: accountSummary().committee,
  touchpoints: accountSummary().touchpoints,
};
const home = homeSummary({ alerts: onePage(homeAlert()), accounts: onePage(homeAccount()), subscriptions: [subscription()], health: homeHealth() });
const matches = [{ kind: 'account' as const, id: 'a-1', name: 'Acme GmbH', detail: 'acme.example' }];

const messages: Record<string, (size: Size) => View<ViewBlock>> = {
  card: (size) =>
    cardView(
      { ...sized(cardContent(), size), alerts: sized(cardContent().alerts, size === 'empty' ? 'one' : size) },
      { email: null, notify: false, slackId: null },
    ),
  account: (size) => accountView(sized(accountSummary(), size), now),
  deal: (size) => dealView(sized(deal, size), now),
  why: (size) => whyView(sized(whySummary(), size)),
  path: (size) => pathView(sized(pathSummary(), size)),
  list: (size) => listView('stalled', { ...sized(list, size), total: size === 'empty' ? 0 : 60 }),
  review: (size) => reviewView(sized(reviewSummary(), size)),
  metrics: (size) => metricsView(sized(metricsSummary(), size)),
  digest: (size) => digestView(sized(digest(), size), false, 3),
  'digest preview': (size) =>
    digestPreview({ ok: true, digest: sized(digest(), size), details: sized(digestDetails(), size === 'many' ? 'longest' : size), scheduled: [] }),
  subscriptions: (size) => subscriptionsView(sized([subscription()], size), now),
  home: (size) => homeView({ mine: sized([line()], size), mineTotal: 60, openTotal: 60 }, 'dana@us.example'),
  picker: (size) => pickerView('ac', sized(matches, size), { do: 'account' }),
};
const forms: Record<string, (size: Size) => ModalView | null> = {
  'find account': (size) => findAccountModal(sized(accountSummary(), size), now),
  account: (size) => accountModal(sized(accountSummary(), size), now, firstHome),
  touchpoint: (size) => touchpointForm(sized(accountPeople(), size), { at: now }, 'x'),
  role: (size) => roleForm(sized(accountPeople(), size), { role: null, personId: null }, 'x'),
};

describe.each(sizes)('with %s', (size) => {
  it.each(Object.entries(messages))('the message keeps Slack’s limits: %s', (_name, made) => {
    const { text, blocks } = made(size);
    expect(checkMessageBlocks(blocks, { uniqueBlockIds: true })).toEqual([]);
    expect(totalText(blocks)).toBeLessThanOrEqual(13_200);
    expect(blocks.length).toBeGreaterThan(0);
    expect(text).not.toMatch(/undefined|NaN|\[object/);
    expect(JSON.stringify(blocks)).not.toMatch(/undefined|NaN|\[object/);
  });

  it.each(Object.entries(forms))('the form keeps Slack’s limits: %s', (_name, made) => {
    const view = made(size);
    if (view !== null) expect(checkView(view)).toEqual([]);
  });

  it('the Home tab, parts of a digest and previews of links keep Slack’s limits', () => {
    const { alerts, accounts, ...rest } = sized(home, size);
    const pages = {
      ...rest,
      // As many as the use case puts on a page, and as anybody may subscribe to.
      alerts: { ...alerts, rows: alerts.rows.slice(0, 5) },
      accounts: { ...accounts, rows: accounts.rows.slice(0, 10) },
      subscriptions: rest.subscriptions.slice(0, subscriptionsAtMost),
    };
    expect(checkView(appHome(pages, { state: firstHome, notice: null, now, slackWorks: true }))).toEqual([]);
    for (const detail of digestDetails())
      expect(checkMessageBlocks(digestPartView(sized(detail, size)).blocks, { uniqueBlockIds: true })).toEqual([]);
    expect(checkAttachments([unfurlView(sized(accountSummary(), size), true)])).toEqual([]);
  });
});

/** So that a new one is not forgotten. */
it('every view that is made of what a CRM says is tried with hostile text', () => {
  const here = import.meta.dirname;
  const views = join(here, '../../../../src/adapters/slack/views');
  const made = globSync('**/*.ts', { cwd: views }).flatMap((file) =>
    [
      ...readFileSync(join(views, file), 'utf8').matchAll(
        /^export (?:const|function) (\w+(?:View|Modal|Form|Home))\b[^;{]*?\): (?:View|ModalView|HomeView|MessageAttachment)/gm,
      ),
    ].map(([, name = '']) => name),
  );
  expect(made.length).toBeGreaterThan(30);
  const tried = ['limits', 'forms', 'app-home', 'account-brief']
    .map((file) => readFileSync(join(here, `${file}.test.ts`), 'utf8').replaceAll(/^import .*$/gm, ''))
    .join('\n');
  expect(made.filter((name) => !new RegExp(`\\b${name}\\b`).test(tried))).toEqual([]);
});
