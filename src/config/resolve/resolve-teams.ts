import type { TeamDefinition } from '../../core/journey/journey-map.ts';
import type { JourneyFile } from '../schema.ts';
import { labelOf } from './layers.ts';

/** Addresses and channels are compared without regard to case. */
export const resolveTeams = (teams: JourneyFile['teams']): TeamDefinition[] =>
  Object.entries(teams).map(([key, { label = labelOf(key), members, channels }]) => ({
    key,
    label,
    members: members.map((member) => member.toLowerCase()),
    channels: channels.map((channel) => channel.toLowerCase()),
  }));
