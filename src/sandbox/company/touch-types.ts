import type { CrmStage } from './wire-signal.ts';

export type Touch = { type: string; channel: string; asset?: string; sentiment?: number };

const early: readonly Touch[] = [
  { type: 'email', channel: 'email' },
  { type: 'call', channel: 'phone', sentiment: 1 },
  { type: 'demo_request', channel: 'web' },
  { type: 'content_viewed', channel: 'web', asset: 'product tour' },
  { type: 'webinar_attended', channel: 'web', asset: 'webinar' },
];
const middle: readonly Touch[] = [
  { type: 'email', channel: 'email' },
  { type: 'meeting', channel: 'video', sentiment: 1 },
  { type: 'question', channel: 'email' },
  { type: 'pricing_viewed', channel: 'web', asset: 'pricing' },
  { type: 'content_viewed', channel: 'web', asset: 'case study' },
];
const late: readonly Touch[] = [
  { type: 'email', channel: 'email' },
  { type: 'meeting', channel: 'on site', sentiment: 1 },
  { type: 'call', channel: 'phone' },
  { type: 'question', channel: 'email' },
  { type: 'security_review', channel: 'video', asset: 'security white paper', sentiment: 1 },
  { type: 'reference_call', channel: 'phone', sentiment: 2 },
];

/** What customers do in each stage. */
export const inboundTypes: Record<CrmStage, readonly Touch[]> = {
  appointmentscheduled: early,
  qualifiedtobuy: early,
  presentationscheduled: middle,
  decisionmakerboughtin: middle,
  contractsent: late,
  closedwon: late,
  closedlost: late,
};

/** How we answer. */
export const outboundTypes: readonly Touch[] = [
  { type: 'email', channel: 'email' },
  { type: 'email', channel: 'email' },
  { type: 'call', channel: 'phone' },
];
