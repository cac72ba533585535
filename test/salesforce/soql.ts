import { fieldsOf, isDate, isInstant, type Kept, type ObjectName, relations, type Value } from './schema.ts';

/** What Salesforce says to a query it cannot do. */
export class SoqlError extends Error {
  readonly errorCode: string;
  constructor(errorCode: string, message: string) {
    super(message);
    this.errorCode = errorCode;
  }
}

type Literal = { kind: 'text' | 'instant' | 'date' | 'number' | 'word'; value: Value };
type Condition =
  | { kind: 'all' | 'any'; of: Condition[] }
  | { kind: 'compare'; field: string; operator: string; literal: Literal }
  | { kind: 'in'; field: string; literals: Literal[] };

export type Query = { columns: string[] | 'count'; from: string; where: Condition | null; order: string[]; limit: number | null };

const pattern =
  /\s*(?:(\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2}))|(\d{4}-\d{2}-\d{2})|(-?\d+(?:\.\d+)?)|'((?:[^'\\]|\\.)*)'|(<=|>=|!=|[=<>(),])|([A-Za-z_][\w.]*))/y;

type Token = { kind: 'instant' | 'date' | 'number' | 'text' | 'sign' | 'word'; text: string };

/** A small reader for the shapes that are sent to it; what it does not know, it refuses as malformed instead of guessing. */
export function readSoql(soql: string): Query {
  const tokens = tokensOf(soql);
  let place = 0;
  const peek = (): Token | undefined => tokens[place];
  const fail = (): never => {
    throw new SoqlError('MALFORMED_QUERY', `unexpected token: ${peek()?.text ?? 'the end'}`);
  };
  const takeWord = (...words: string[]): boolean => {
    const token = peek();
    if (token?.kind !== 'word' || !words.includes(token.text.toUpperCase())) return false;
    place += 1;
    return true;
  };
  const takeSign = (sign: string): boolean => {
    const token = peek();
    if (token?.kind !== 'sign' || token.text !== sign) return false;
    place += 1;
    return true;
  };
  const must = (taken: boolean): void => {
    if (!taken) fail();
  };
  const name = (): string => {
    const token = peek();
    if (token?.kind !== 'word') return fail();
    place += 1;
    return token.text;
  };
  const literal = (): Literal => {
    const token = peek();
    if (token === undefined || token.kind === 'sign') return fail();
    place += 1;
    switch (token.kind) {
      case 'instant':
        return { kind: 'instant', value: Date.parse(token.text) };
      case 'number':
        return { kind: 'number', value: Number(token.text) };
      case 'word': {
        const word = token.text.toLowerCase();
        if (word === 'true' || word === 'false') return { kind: 'word', value: word === 'true' };
        return word === 'null' ? { kind: 'word', value: null } : fail();
      }
      default:
        return { kind: token.kind, value: token.text };
    }
  };
  const condition = (): Condition => {
    if (takeSign('(')) {
      const inner = conditions();
      must(takeSign(')'));
      return inner;
    }
    const field = name();
    if (takeWord('IN')) {
      must(takeSign('('));
      const literals = [literal()];
      while (takeSign(',')) literals.push(literal());
      must(takeSign(')'));
      return { kind: 'in', field, literals };
    }
    const operator = peek();
    if (operator?.kind !== 'sign' || !/^[<>=!]+$/.test(operator.text)) return fail();
    place += 1;
    return { kind: 'compare', field, operator: operator.text, literal: literal() };
  };
  /** AND and OR may not stand side by side without brackets: Salesforce refuses that, too. */
  const conditions = (): Condition => {
    const of = [condition()];
    let joint: 'all' | 'any' | null = null;
    for (;;) {
      const next = takeWord('AND') ? 'all' : takeWord('OR') ? 'any' : null;
      if (next === null) return of.length === 1 && of[0] !== undefined ? of[0] : { kind: joint ?? 'all', of };
      if (joint !== null && joint !== next) return fail();
      joint = next;
      of.push(condition());
    }
  };

  must(takeWord('SELECT'));
  let columns: Query['columns'];
  const first = name();
  if (first.toUpperCase() === 'COUNT') {
    must(takeSign('(') && takeSign(')'));
    columns = 'count';
  } else {
    columns = [first];
    while (takeSign(',')) columns.push(name());
  }
  must(takeWord('FROM'));
  const from = name();
  const where = takeWord('WHERE') ? conditions() : null;
  const order: string[] = [];
  if (takeWord('ORDER')) {
    must(takeWord('BY'));
    do order.push(name());
    while (takeSign(','));
  }
  const limit = takeWord('LIMIT') ? Number(literal().value) : null;
  if (place < tokens.length) fail();
  return { columns, from, where, order, limit };
}

function tokensOf(soql: string): Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < soql.trimEnd().length) {
    const from = pattern.lastIndex;
    const match = pattern.exec(soql);
    if (match === null) throw new SoqlError('MALFORMED_QUERY', `unexpected token at ${from}: ${soql.slice(from, from + 20)}`);
    const [, instant, date, number, text, sign, word] = match;
    if (instant !== undefined) tokens.push({ kind: 'instant', text: instant });
    else if (date !== undefined) tokens.push({ kind: 'date', text: date });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (text !== undefined) tokens.push({ kind: 'text', text: text.replace(/\\(.)/g, '$1') });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else tokens.push({ kind: 'word', text: word ?? '' });
  }
  return tokens;
}

/** Whether the user may see a field. */
export type MaySee = (object: ObjectName, field: string) => boolean;

/** Complains as Salesforce does of fields that are not there, or that this user may not see: it makes no difference between the two. */
export function checkFields({ columns, where, order }: Query, object: ObjectName, maySee: MaySee): void {
  const named = [...(columns === 'count' ? [] : columns), ...order, ...(where === null ? [] : fieldsIn(where))];
  for (const field of named) {
    const [relation = '', far] = field.split('.');
    const to = far === undefined ? null : relations[relation];
    const near = to == null ? field : to.by;
    const known = far === undefined || to != null;
    if (!known || !fieldsOf[object].includes(near) || !maySee(object, near) || (to != null && far !== undefined && !fieldsOf[to.to].includes(far)))
      throw new SoqlError(
        'INVALID_FIELD',
        `\n${field}\n^\nERROR at Row:1:Column:8\nNo such column '${field}' on entity '${object}'. If you are attempting to use a custom field, be sure to append the '__c'.`,
      );
  }
}

const fieldsIn = (condition: Condition): string[] => ('of' in condition ? condition.of.flatMap(fieldsIn) : [condition.field]);

export function matches(row: Kept, condition: Condition | null): boolean {
  if (condition === null) return true;
  switch (condition.kind) {
    case 'all':
      return condition.of.every((one) => matches(row, one));
    case 'any':
      return condition.of.some((one) => matches(row, one));
    case 'in':
      return condition.literals.some((literal) => compare(row, condition.field, '=', literal));
    case 'compare':
      return compare(row, condition.field, condition.operator, condition.literal);
  }
}

function compare(row: Kept, field: string, operator: string, { kind, value }: Literal): boolean {
  const wanted = isInstant(field) ? 'instant' : isDate(field) ? 'date' : null;
  if ((wanted !== null || kind === 'instant' || kind === 'date') && kind !== wanted && value !== null)
    throw new SoqlError('INVALID_FIELD', `value of filter criterion for field '${field}' must be of type ${wanted ?? 'string'}`);
  const own = row[field] ?? null;
  if (operator === '=') return own === value;
  if (operator === '!=') return own !== value;
  if (own === null || value === null) return false;
  switch (operator) {
    case '<':
      return own < value;
    case '<=':
      return own <= value;
    case '>':
      return own > value;
    default:
      return own >= value;
  }
}
