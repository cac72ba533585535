import type { Figure } from '../insight/stage-metrics.ts';
import type { Rate } from '../insight/wilson.ts';
import type { EpochMs } from '../time.ts';

export const number = (value: number): string => value.toLocaleString('en');

/** `23.1`, `0.4` */
export const decimal = (value: number): string => value.toLocaleString('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** With its n, and its 95% limits. */
export const rateInWords = (figure: Figure<Rate>): string =>
  figure.kind === 'few' ? few(figure.n) : `${percent(figure.rate)} of ${number(figure.n)} (${Math.round(figure.low * 100)}–${percent(figure.high)})`;

/** Where there is no room for limits: they stand elsewhere. */
export const shareInWords = (figure: Figure<Rate>): string =>
  figure.kind === 'few' ? few(figure.n) : `${percent(figure.rate)} of ${number(figure.n)}`;

export const few = (n: number): string => `too few (${number(n)})`;

export const dayInWords = (at: EpochMs, timezone: string): string =>
  new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: timezone });
