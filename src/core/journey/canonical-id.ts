import type { JourneyRecord } from './record.ts';

/**
 * The id that a merged record goes by: a function of its merges alone, so that their order of arrival cannot change it. It is the id that was
 * never merged away; where there are several (one record merged into two) or none (a circle), the newest merge decides, then the smaller id.
 */
export function canonicalId(merges: JourneyRecord['merges'], own: string): string {
  if (merges.length === 0) return own;
  const gone = new Set(merges.map((merge) => merge.from));
  const left = merges.filter((merge) => !gone.has(merge.into));
  const [best] = (left.length > 0 ? left : [...merges]).sort((a, b) => b.at - a.at || (a.into < b.into ? -1 : 1));
  return best?.into ?? own;
}
