import type { SegmentDefinition } from '../../core/journey/journey-map.ts';
import type { JourneyFile } from '../schema.ts';
import type { Report } from './layers.ts';

/** `parameters`: rule by parameter name. In a rule, segments stand beside parameters, so they cannot share a name. */
export function resolveSegments(segments: JourneyFile['segments'], parameters: ReadonlyMap<string, string>, report: Report): SegmentDefinition[] {
  return Object.entries(segments).map(([key, { when }]) => {
    const rule = parameters.get(key);
    if (rule !== undefined) report(['segments', key], `is the name of a parameter of the rule ${rule}; choose another name`, { at: 'key' });
    const { amount, segment, owner, pipeline } = when;
    return {
      key,
      when: {
        ...(amount === undefined ? {} : { amount }),
        ...(segment === undefined ? {} : { segment }),
        ...(owner === undefined ? {} : { ownerEmail: owner }),
        ...(pipeline === undefined ? {} : { pipeline }),
      },
    };
  });
}
