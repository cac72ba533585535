import { memberIn } from './account.ts';
import type { Deal } from './deal.ts';
import { createOfficeTime } from './office-time.ts';
import type { StoryAlert } from './story/story-journey.ts';
import type { WireBody, WireSignal } from './wire-signal.ts';

/** Something that happens while one watches. `signals` says it as the CRM would, at that instant (epoch milliseconds). */
export type Scene = { title: string; say: string; signals(at: number): WireSignal[]; expect: SceneEnd };

/** What the channel shows afterwards: the deal's card is all clear, or it has a new alert. */
export type SceneEnd = { kind: 'clear'; name: string } | { kind: 'alert'; alert: StoryAlert };

export type SceneDeals = Record<'acme' | 'waiting' | 'overdue' | 'silent' | 'soonBackwards', Deal>;

export function createScenes(deals: SceneDeals): Scene[] {
  const { acme, waiting, overdue, silent, soonBackwards } = deals;
  return [
    {
      title: 'The customer gets an answer',
      say: `Theo answers ${memberIn(waiting.account, 'champion').name} of ${waiting.account.name}: the alert clears by itself.`,
      signals: (at) => [touchpoint('scene-answer', at, waiting, memberIn(waiting.account, 'champion').id, 'outbound')],
      expect: clear(waiting),
    },
    {
      title: 'A false alarm ends',
      say: `Ines sets a new close date for ${overdue.name} in the CRM: its card turns green.`,
      signals: (at) => [
        signal('scene-close-date', at, { type: 'deal.upserted', deal: { id: overdue.id, closeDate: createOfficeTime(at).ahead(15) } }),
      ],
      expect: clear(overdue),
    },
    {
      title: 'The champion is back',
      say: `${memberIn(silent.account, 'champion').name} of ${silent.account.name} writes again: no longer silent.`,
      signals: (at) => [
        touchpoint('scene-champion-writes', at, silent, memberIn(silent.account, 'champion').id, 'inbound'),
        touchpoint('scene-champion-answered', at, silent, memberIn(silent.account, 'champion').id, 'outbound'),
      ],
      expect: clear(silent),
    },
    {
      title: 'Acme signs',
      say: `${acme.name} leaves the stage in which it was stuck for weeks: the deal is won, and its card turns green.`,
      signals: (at) => [
        touchpoint('scene-acme-signed', at, acme, memberIn(acme.account, 'director').id, 'inbound', 'contract_signed'),
        signal('scene-acme-won', at, { type: 'stage.entered', stage: { dealId: acme.id, stage: 'closedwon' } }),
        signal('scene-acme-status', at, { type: 'deal.upserted', deal: { id: acme.id, status: 'won' } }),
        signal('scene-acme-customer', at, { type: 'account.upserted', account: { id: acme.account.id, lifecycleStage: 'onboarding' } }),
      ],
      expect: clear(acme),
    },
    {
      title: 'A deal goes back',
      say: `${soonBackwards.name} moves back from the contract to the start: a new alert, as it happens.`,
      signals: (at) => [signal('scene-back', at, { type: 'stage.entered', stage: { dealId: soonBackwards.id, stage: 'qualifiedtobuy' } })],
      expect: {
        kind: 'alert',
        alert: {
          name: soonBackwards.name,
          rule: 'stage-regression',
          says: /Moved back from/,
          because: 'it went back a moment ago',
        },
      },
    },
  ];
}

const clear = ({ name }: Deal): SceneEnd => ({ kind: 'clear', name });

const signal = (id: string, at: number, body: WireBody): WireSignal => ({ id, occurredAt: new Date(at).toISOString(), ...body });

function touchpoint(id: string, at: number, deal: Deal, personId: string, direction: 'inbound' | 'outbound', type = 'email'): WireSignal {
  return signal(id, at, {
    type: 'touchpoint.recorded',
    touchpoint: { accountId: deal.account.id, dealId: deal.id, personId, type, channel: 'email', direction },
  });
}
