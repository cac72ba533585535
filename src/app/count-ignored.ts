import type { Source } from '../core/journey/signal.ts';
import type { Logger } from './ports.ts';

const mostNamed = 100;

/** Of events that a CRM sends and the bot has no use for: counts each, and says each kind once in the log. `advice`: what may be done about it. */
export function countIgnored(source: Source, advice: string, logger: Logger, onIgnored?: (kind: string) => void): (kind: string) => void {
  const named = new Set<string>();
  return (kind) => {
    const isNew = !named.has(kind);
    // Each kind is a series of its own for whoever scrapes.
    onIgnored?.(isNew && named.size >= mostNamed ? 'other' : kind);
    if (!isNew || named.size >= mostNamed) return;
    named.add(kind);
    logger.info({ source, kind }, advice);
  };
}
