import { pino } from 'pino';
import type { Logger } from './app/ports.ts';
import type { Environment } from './environment.ts';

/** Structured lines on standard output; secrets never get that far, and are cut out should they. */
export const createLogger = ({ LOG_LEVEL }: Environment): Logger =>
  pino({ level: LOG_LEVEL, redact: { paths: ['*.token', '*.authorization', '*.secret', 'headers'], remove: true } });
