import { is, Param, Placeholder } from '../drizzle.ts';

/**
 * A query as it is best given to SQLite, with the parameters that are left. SQLite plans a statement anew whenever a value is bound that its plan may depend on, which
 * takes as long as many of our queries do: a value in a condition of a query with an order, and any in `limit ?`. Behind a `+` no plan depends on it. What never
 * changes is written out, so that a partial index can be chosen by it.
 * https://sqlite.org/c3ref/prepare.html
 */
export function withOnePlan({ sql, params }: { sql: string; params: readonly unknown[] }): { sql: string; params: unknown[] } {
  const left: unknown[] = [];
  let nth = 0;
  let isCondition = false;
  const text = sql.replace(piece, (found) => {
    isCondition ||= found === ' where ' || found === ' limit ';
    if (!found.endsWith('?')) return found;
    const param = params[nth++];
    const literal = isCondition ? literalOf(param) : null;
    if (literal !== null) return found.replace('?', () => literal);
    left.push(param);
    // What follows `like` may use an index only as long as it is a parameter by itself.
    return isCondition && found === '?' ? '+?' : found;
  });
  if (nth !== params.length) throw new TypeError(`a query has ${nth} places for ${params.length} parameters: ${sql}`);
  return { sql: text, params: left };
}

/** Texts and names, which may hold anything; where conditions begin; places of parameters. */
const piece = /'(?:[^']|'')*'|"(?:[^"]|"")*"| where | limit |like \?|\?/gi;

function literalOf(param: unknown): string | null {
  if (is(param, Placeholder) || is(param, Param)) return null;
  if (typeof param === 'number' && Number.isSafeInteger(param)) return String(param);
  return typeof param === 'string' ? `'${param.replaceAll("'", "''")}'` : null;
}
