import type { ModalView } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignForm } from '../../../../src/adapters/slack/views/forms/assign-form.ts';
import { saidForm } from '../../../../src/adapters/slack/views/forms/form.ts';
import { muteForm } from '../../../../src/adapters/slack/views/forms/mute-form.ts';
import { resolveForm } from '../../../../src/adapters/slack/views/forms/resolve-form.ts';
import { roleForm } from '../../../../src/adapters/slack/views/forms/role-form.ts';
import { snoozeForm } from '../../../../src/adapters/slack/views/forms/snooze-form.ts';
import { subscriptionForm } from '../../../../src/adapters/slack/views/forms/subscription-form.ts';
import { touchpointForm } from '../../../../src/adapters/slack/views/forms/touchpoint-form.ts';
import { failureForm, slowForm } from '../../../../src/adapters/slack/views/forms/trouble-form.ts';
import { limits } from '../../../../src/adapters/slack/views/limits.ts';
import type { AlertSubject } from '../../../../src/app/use-cases.ts';
import type { AccountPeople, KnownPerson } from '../../../../src/core/account-people.ts';
import { checkView } from '../../../../src/sandbox/block-kit/check-view.ts';
import { expectHarmless, mrkdwnTexts } from '../harmless.ts';
import { at, nullableText, slackId, text } from '../hostile-text.ts';
import { hostile } from '../hostile-values.ts';
import { accountPeople, alertSubject, now } from '../samples.ts';

const subject: fc.Arbitrary<AlertSubject> = fc.record({
  alertId: text,
  headline: text,
  journeyName: nullableText,
  accountId: nullableText,
  dealId: nullableText,
  role: nullableText,
  personId: nullableText,
  assignedTo: fc.constantFrom('U0DANA', null),
  standing: text,
});
const named = fc.uniqueArray(fc.record({ id: text, name: text }), { maxLength: 250, size: 'large', selector: ({ id }) => id });
const person: fc.Arbitrary<KnownPerson> = fc.record({
  id: text,
  name: text,
  title: nullableText,
  roles: fc.array(
    fc.oneof(
      fc.record({ key: text, label: text, origin: fc.constant('crm' as const), from: text }),
      fc.record({ key: text, label: text, origin: fc.constant('slack' as const), by: slackId, at }),
    ),
    { maxLength: 3 },
  ),
  suggested: fc.array(fc.record({ role: text, label: text, why: text }), { maxLength: 2 }),
});
const around: fc.Arbitrary<AccountPeople> = fc.record({
  account: fc.option(fc.record({ id: text, name: text }), { nil: null }),
  deals: named,
  people: fc.uniqueArray(person, { maxLength: 250, size: 'large', selector: ({ id }) => id }),
  roles: fc.uniqueArray(fc.record({ key: text, label: text }), { maxLength: 30, selector: ({ key }) => key }),
  touchpointTypes: fc.uniqueArray(text, { maxLength: 30 }),
});
const metadata = fc.constant('x'.repeat(limits.privateMetadata));

const forms: Record<string, fc.Arbitrary<ModalView | null>> = {
  assign: fc.tuple(subject, metadata).map(([about, carried]) => assignForm(about, carried)),
  snooze: fc.tuple(subject, metadata).map(([about, carried]) => snoozeForm(about, carried)),
  resolve: fc.tuple(subject, metadata).map(([about, carried]) => resolveForm(about, carried)),
  mute: fc.tuple(fc.record({ name: text }), metadata).map(([account, carried]) => muteForm(account, carried)),
  touchpoint: fc.tuple(around, fc.record({ at, note: text }), metadata).map(([known, draft, carried]) => touchpointForm(known, draft, carried)),
  role: fc
    .tuple(around, fc.record({ role: nullableText, personId: nullableText }), metadata)
    .map(([known, wanted, carried]) => roleForm(known, wanted, carried)),
  subscription: fc
    .tuple(fc.constantFrom(null, 'C0GENERAL'), text, fc.boolean(), fc.boolean(), metadata)
    .map(([channel, filter, isNew, amounts, carried]) =>
      subscriptionForm({ channel, weekday: 'mon', time: '09:00', timezone: 'Europe/Berlin', filter }, isNew, carried, amounts),
    ),
  'what became of it': hostile.actResult.map(saidForm),
  'a failure': text.map(failureForm),
  'a long wait': fc.constant(slowForm()),
};

describe.each(Object.entries(forms))('the form for %s', (_name, arbitrary) => {
  it('keeps Slack’s limits and says nothing unescaped, whatever a CRM holds', () => {
    fc.assert(
      fc.property(arbitrary, (view) => {
        if (view === null) return;
        expect(checkView(view)).toEqual([]);
        for (const said of mrkdwnTexts(view.blocks)) expectHarmless(said);
      }),
      { numRuns: 25 },
    );
  });
});

const fieldsOf = (view: ModalView | null) =>
  Object.fromEntries((view?.blocks ?? []).flatMap((block) => ('element' in block ? [[block.block_id, block.element]] : [])));

describe('the form for a role', () => {
  it('proposes whose title suggests the missing role, and says why and where roles came from', () => {
    const view = roleForm(accountPeople(), { role: 'economic_buyer', personId: null }, '');
    expect(fieldsOf(view)).toMatchObject({ person: { initial_option: { value: 'p-2' } }, role: { initial_option: { value: 'economic_buyer' } } });
    const said = JSON.stringify(view);
    expect(said).toContain('Marta Ruiz, Head of Sales: Champion (from HubSpot)');
    expect(said).toContain('Priya Nair, CFO: title “CFO” suggests economic buyer');
  });

  it('proposes whom the alert asks about where no title says more', () => {
    expect(fieldsOf(roleForm(accountPeople(), { role: 'champion', personId: 'p-1' }, ''))).toMatchObject({
      person: { initial_option: { value: 'p-1' } },
    });
    expect(fieldsOf(roleForm(accountPeople(), { role: 'champion', personId: null }, ''))).not.toMatchObject({ person: { initial_option: {} } });
  });

  it('is none where there is nobody to choose', () => {
    expect(roleForm(accountPeople({ people: [] }), { role: null, personId: null }, '')).toBeNull();
  });
});

describe('the form for a touchpoint', () => {
  it('is filled in as far as is known, and leaves out what there is none of', () => {
    expect(fieldsOf(touchpointForm(accountPeople(), { at: now, dealId: 'd-1', personId: 'p-2', note: 'Wants a discount' }, ''))).toMatchObject({
      deal: { initial_option: { value: 'd-1' } },
      person: { initial_option: { value: 'p-2' } },
      at: { initial_date_time: now / 1000 },
      note: { initial_value: 'Wants a discount' },
    });
    const alone = fieldsOf(touchpointForm(accountPeople({ people: [], deals: [] }), { at: now }, ''));
    expect(Object.keys(alone)).toEqual(['type', 'direction', 'at', 'channel', 'mood', 'note']);
  });

  it('has all people of a large account in its menu, in groups', () => {
    const people = Array.from({ length: 240 }, (_, index) => ({ id: `p-${index}`, name: `Person ${index}`, title: null, roles: [], suggested: [] }));
    const { person: menu } = fieldsOf(touchpointForm(accountPeople({ people }), { at: now, personId: 'p-230' }, ''));
    expect(menu).toMatchObject({
      initial_option: { value: 'p-230' },
      option_groups: [{ label: { text: '1–100' } }, {}, { label: { text: '201–240' } }],
    });
  });
});

it('names whoever has the alert now in the form that gives it to somebody else', () => {
  expect(fieldsOf(assignForm(alertSubject({ assignedTo: 'U0MARCO' }), ''))).toMatchObject({ person: { initial_user: 'U0MARCO' } });
});
