import type { PlaybookEntry } from '../../core/journey/journey-map.ts';
import type { ConfigPath } from '../problem.ts';
import type { JourneyFile } from '../schema.ts';
import { suggest } from '../suggest.ts';
import type { Report } from './layers.ts';

type PlaybookVocabulary = Record<'rule' | 'role' | 'stage', readonly string[]>;

/** The playbook, its names checked, an entry for each role and stage. */
export function resolvePlaybook(playbook: JourneyFile['playbook'], vocabulary: PlaybookVocabulary, report: Report): PlaybookEntry[] {
  return Object.entries(playbook).flatMap(([rule, said]) => {
    const path: ConfigPath = ['playbook', rule];
    if (!vocabulary.rule.includes(rule)) report(path, `unknown rule \`${rule}\``, { suggestion: suggest(rule, vocabulary.rule), at: 'key' });
    if (typeof said === 'string') return [{ rule, role: null, stage: null, text: said }];
    const known = new Set<string>();
    return said.flatMap(({ role, stage, text }, index) => {
      checkNames('role', role, [...path, index], vocabulary, report);
      checkNames('stage', stage, [...path, index], vocabulary, report);
      const entries = (role ?? [null]).flatMap((one) => (stage ?? [null]).map((other): PlaybookEntry => ({ rule, role: one, stage: other, text })));
      for (const entry of entries) {
        const where = JSON.stringify([entry.role, entry.stage]);
        if (known.has(where)) report([...path, index], `an earlier text is about the same (${placeOf(entry)})`);
        known.add(where);
      }
      return entries;
    });
  });
}

function checkNames(
  what: 'role' | 'stage',
  names: readonly string[] | undefined,
  path: ConfigPath,
  vocabulary: PlaybookVocabulary,
  report: Report,
): void {
  for (const [index, name] of (names ?? []).entries()) {
    const known = vocabulary[what];
    if (!known.includes(name)) report([...path, what, index], `unknown ${what} \`${name}\``, { suggestion: suggest(name, known) });
  }
}

/** `role legal, stage decision`; `always` */
export function placeOf({ role, stage }: Pick<PlaybookEntry, 'role' | 'stage'>): string {
  const parts = [...(role === null ? [] : [`role ${role}`]), ...(stage === null ? [] : [`stage ${stage}`])];
  return parts.length === 0 ? 'always' : parts.join(', ');
}
