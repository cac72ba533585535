import type { Detector } from '../core/detectors/detector.ts';
import type { JourneyConfig } from '../core/journey/journey-map.ts';
import type { ConfigProblem } from './problem.ts';

export type LoadedConfig = { ok: true; config: JourneyConfig } | { ok: false; problems: ConfigProblem[] };
export type LoadOptions = { detectors: readonly Detector[] };

export declare function loadConfig(source: { file: string; text: string }, options: LoadOptions): Promise<LoadedConfig>;
export declare function loadConfigFile(path: string, options: LoadOptions): Promise<LoadedConfig>;
