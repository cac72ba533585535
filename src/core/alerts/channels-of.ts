import type { JourneyConfig } from '../journey/journey-map.ts';
import { routeChannels } from './route.ts';

/** Every channel that journey.yml names, each once. */
export const channelsOf = ({ routes, digests, adminChannel }: JourneyConfig): string[] => [
  ...new Set([...routeChannels(routes), ...digests.map(({ channel }) => channel), ...(adminChannel === null ? [] : [adminChannel])]),
];
