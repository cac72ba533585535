import type { HealthDefinition, HealthMetric } from '../../core/journey/journey-map.ts';
import type { HealthSection } from '../schema/health-section.ts';
import { labelOf } from './layers.ts';

const defaults = { weight: 1, people: 2, withinDays: 90, freshDays: 45, enough: 50 } as const;

/** What health is made of, as several places say it together, the nearest last. Undefined where none says anything of it, or nothing is left. */
export function resolveHealth(sections: readonly (HealthSection | undefined)[]): HealthDefinition | undefined {
  const said = sections.filter((section) => section !== undefined);
  if (said.length === 0) return undefined;
  const nearest = <Value>(pick: (section: HealthSection) => Value | undefined): Value | undefined =>
    said.reduce<Value | undefined>((value, section) => pick(section) ?? value, undefined);
  const names = [...new Set(said.flatMap(({ metrics = {} }) => Object.keys(metrics)))];
  const metrics = names.flatMap((name) => metricOf(name, said) ?? []);
  const committee = committeeOf(said);
  if (metrics.length === 0) return undefined;
  const enough = nearest((section) => section.enough) ?? defaults.enough;
  return { metrics, committee, freshDays: nearest(({ fresh }) => fresh) ?? defaults.freshDays, enough: enough / 100 };
}

function metricOf(name: string, sections: readonly HealthSection[]): HealthMetric | null {
  let metric: HealthMetric | null = null;
  for (const { metrics = {} } of sections) {
    if (!Object.hasOwn(metrics, name)) continue;
    const said = metrics[name] ?? null;
    if (said === null) metric = null;
    else {
      const before: HealthMetric = metric ?? { metric: name, label: shortLabel(name), weight: defaults.weight, scale: null, less: false };
      const { label, weight, good, bad, less } = said;
      const scale = good === undefined || bad === undefined ? (less === undefined ? before.scale : null) : { good, bad };
      metric = { metric: name, label: label ?? before.label, weight: weight ?? before.weight, scale, less: less ?? before.less };
    }
  }
  return metric;
}

function committeeOf(sections: readonly HealthSection[]): HealthDefinition['committee'] {
  let committee: HealthDefinition['committee'] = null;
  for (const { committee: said } of sections) {
    if (said === undefined) continue;
    if (said === null) committee = null;
    else {
      const known: NonNullable<HealthDefinition['committee']> = committee ?? defaults;
      committee = { weight: said.weight ?? known.weight, people: said.people ?? known.people, withinDays: said.within ?? known.withinDays };
    }
  }
  return committee;
}

/** `open_tickets` → `Open tickets`, `nps` → `NPS`. */
const shortLabel = (name: string): string => (name.length < 5 ? name.toUpperCase() : labelOf(name));
