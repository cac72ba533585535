import type { Probe } from '../app/crm.ts';
import { oneLine } from '../config/propose/plain-text.ts';

/** One line a probe, and below what fails what to do about it. A CRM's words may hold what a terminal would obey. */
export function probeLines(probes: readonly Probe[]): string[] {
  return probes.flatMap(({ what, ok, detail, fix }) => [
    `  ${ok ? '✓' : '✗'} ${oneLine(what, 120)}${detail === null ? '' : `: ${oneLine(detail, 300)}`}`,
    ...(ok || fix === null ? [] : [`      ${oneLine(fix, 400)}`]),
  ]);
}
