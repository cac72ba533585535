/** Where blocks are shown. Some kinds exist on one surface only. */
export type Surface = 'message' | 'modal' | 'home';

/** Asked of a `slack_file`, by id or url. */
export type IsPicture = (source: Fields) => boolean;

export type Context = {
  readonly surface: Surface;
  /** Whether an image may show that uploaded file; without it, nobody knows and all are taken. */
  readonly isPicture?: IsPicture | undefined;
  /** `at` is a JSON pointer. */
  report(at: string, mistake: string): void;
};

/** Looks at one value of a block and reports what Slack would refuse. */
export type Check = (value: unknown, at: string, context: Context) => void;

export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function string({ min = 0, max = Number.POSITIVE_INFINITY }: { min?: number; max?: number } = {}): Check {
  return (value, at, { report }) => {
    if (typeof value !== 'string') return report(at, 'must be a string');
    // A string never has more code points than units, so most need no counting.
    if (value.length > max && [...value].length > max) report(at, `must be less than ${max + 1} characters`);
    if (value.length < min) report(at, `must be more than ${min - 1} characters`);
  };
}

export function url({ max = 3000 }: { max?: number } = {}): Check {
  const length = string({ min: 1, max });
  return (value, at, context) => {
    length(value, at, context);
    if (typeof value === 'string' && value !== '' && !URL.canParse(value)) context.report(at, 'must be a valid URL');
  };
}

export function pattern(expression: RegExp, what: string): Check {
  return (value, at, { report }) => {
    if (typeof value !== 'string' || !expression.test(value)) report(at, `must be ${what}`);
  };
}

export function number({
  min = Number.NEGATIVE_INFINITY,
  max = Number.POSITIVE_INFINITY,
  above = Number.NEGATIVE_INFINITY,
}: {
  min?: number;
  max?: number;
  above?: number;
} = {}): Check {
  return (value, at, { report }) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return report(at, 'must be a number');
    if (value < min) report(at, `must be at least ${min}`);
    if (value > max) report(at, `must be at most ${max}`);
    if (value <= above) report(at, `must be greater than ${above}`);
  };
}

export const boolean: Check = (value, at, { report }) => {
  if (typeof value !== 'boolean') report(at, 'must be a boolean');
};

export const fields: Check = (value, at, { report }) => {
  if (!isFields(value)) report(at, 'must be an object');
};

export function oneOf(...values: readonly (string | number)[]): Check {
  return (value, at, { report }) => {
    if (!values.some((each) => each === value)) report(at, `must be one of: ${values.join(', ')}`);
  };
}

export function list(of: Check, { min = 0, max = Number.POSITIVE_INFINITY }: { min?: number; max?: number } = {}): Check {
  return (value, at, context) => {
    if (!Array.isArray(value)) return context.report(at, 'must be an array');
    if (value.length > max) return context.report(at, `no more than ${max} items allowed`);
    if (value.length < min) context.report(at, `must provide at least ${min} items`);
    for (const [index, item] of value.entries()) of(item, `${at}/${index}`, context);
  };
}

/** An object with these properties and no others; `also` sees it whole, once its properties are right. */
export function object(shape: {
  required?: Readonly<Record<string, Check>>;
  optional?: Readonly<Record<string, Check>>;
  also?: (value: Fields, at: string, context: Context) => void;
}): Check {
  const required = Object.entries(shape.required ?? {});
  const known = new Map([...required, ...Object.entries(shape.optional ?? {})]);
  return (value, at, context) => {
    if (!isFields(value)) return context.report(at, 'must be an object');
    for (const [name] of required) {
      if (value[name] === undefined) context.report(at, `missing required field: ${name}`);
    }
    for (const [name, property] of Object.entries(value)) {
      if (property === undefined) continue;
      const check = known.get(name);
      if (check) check(property, `${at}/${name}`, context);
      else context.report(`${at}/${name}`, `invalid additional property: ${name}`);
    }
    shape.also?.(value, at, context);
  };
}

/** Chooses the check by the object's `type`. */
export function byType(checks: Readonly<Record<string, Check>>): Check {
  const known = new Map(Object.entries(checks));
  return (value, at, context) => {
    if (!isFields(value)) return context.report(at, 'must be an object');
    const type = value.type;
    if (type === undefined) return context.report(at, 'missing required field: type');
    const check = typeof type === 'string' ? known.get(type) : undefined;
    if (check) check(value, at, context);
    else context.report(`${at}/type`, `unsupported type: ${String(type)}`);
  };
}

export function pick(checks: Readonly<Record<string, Check>>, names: readonly string[]): Record<string, Check> {
  return Object.fromEntries(names.flatMap((name) => (checks[name] ? [[name, checks[name]]] : [])));
}
