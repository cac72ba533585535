import { detectors } from '../detectors/index.ts';

/** The rules that `/journey silent` lists. */
export const silentRules: ReadonlySet<string> = new Set(detectors.filter(({ list }) => list === 'silent').map(({ name }) => name));
