import { seesAmounts, type Visitor } from '../core/access.ts';
import { detectors } from '../core/detectors/index.ts';
import { type Comparison, type JourneyConfig, type RouteMatch, severities } from '../core/journey/journey-map.ts';
import { ownerEmailOf } from '../core/journey/owner.ts';
import { foldText } from '../core/journey/search-terms.ts';
import { nearest } from '../core/nearest.ts';
import { type ListOrder, listOrders } from './ports.ts';

type FilterSetting = {
  /** Who asks: whose `owner:@me` is, and who may see amounts or not. */
  asker: Visitor;
  config: Pick<JourneyConfig, 'maps' | 'segments' | 'owners' | 'access'>;
  /** E-mail addresses of those who own journeys; asked only where a filter names somebody. */
  owners(): Promise<string[]>;
  /** Rules that can be asked for here; all where it does not say. */
  rules?: readonly string[];
};

/** `denied`: understood, but whoever asks may not see by what they filter. */
export type ReadFilters = { ok: true; match: RouteMatch; order: ListOrder } | { ok: false; message: string; denied?: true };

const filterNames = ['owner', 'segment', 'stage', 'map', 'rule', 'severity', 'amount'] as const;
type FilterName = (typeof filterNames)[number];
/** Those whose values are known. */
const listedFilters = ['segment', 'stage', 'map', 'rule', 'severity'] as const;

/**
 * What was typed behind a list, or into a form: `owner:@me owner:lee@us.example segment:enterprise stage:"Proof of value" amount:>50000 sort:amount`. Of one
 * filter named twice either may hold; different ones must all hold. What is not understood is refused, with what there is and what may have been meant.
 */
export async function readFilters(text: string, setting: FilterSetting): Promise<ReadFilters> {
  const match: RouteMatch = {};
  let order: ListOrder = 'severity';
  for (const [word, name, value] of wordsOf(text)) {
    if (name === 'sort') {
      const found = listOrders.find((known) => known === value.toLowerCase());
      if (found === undefined) return { ok: false, message: thereIsNo('order', value, ordersFor(setting), 'sort') };
      if (!ordersFor(setting).includes(found)) return noAmounts;
      order = found;
      continue;
    }
    const filter = filterNames.find((known) => known === name);
    if (filter === 'amount' && !seesMoney(setting)) return noAmounts;
    const problem = filter === undefined || value === '' ? notUnderstood(word, name, setting) : await put(match, filter, value, setting);
    if (problem !== null) return { ok: false, message: problem };
  }
  return { ok: true, match, order };
}

/** Whoever sorts or filters by what they do not see finds it out. */
const noAmounts: ReadFilters = {
  ok: false,
  message: 'You may not see amounts, so I cannot filter or sort by them. Whoever keeps journey.yml decides who may, under “access: amounts”.',
  denied: true,
};

const seesMoney = ({ config: { access }, asker }: FilterSetting): boolean => seesAmounts(access, asker);
const namesFor = (setting: FilterSetting): readonly FilterName[] => filterNames.filter((name) => name !== 'amount' || seesMoney(setting));
const ordersFor = (setting: FilterSetting): readonly ListOrder[] => listOrders.filter((order) => order !== 'amount' || seesMoney(setting));

/** Each word as typed, the filter's name and its value; a value in quotation marks may hold spaces. */
function wordsOf(text: string): [word: string, name: string, value: string][] {
  return [...text.matchAll(/([\p{L}]+):"([^"]*)"|(\S+)/gu)].map(([word, name, quoted, bare = '']) => {
    if (name !== undefined) return [word, name.toLowerCase(), (quoted ?? '').trim()];
    const colon = bare.indexOf(':');
    return [word, colon < 1 ? '' : bare.slice(0, colon).toLowerCase(), bare.slice(colon + 1).replaceAll('"', '')];
  });
}

/** Adds a value to what must match; a text: why it cannot. */
async function put(match: RouteMatch, name: FilterName, value: string, setting: FilterSetting): Promise<string | null> {
  switch (name) {
    case 'owner': {
      const owner = await ownerOf(value, setting);
      if ('problem' in owner) return owner.problem;
      match.owner = [...(match.owner ?? []), owner.email];
      return null;
    }
    case 'amount': {
      const amount = comparisonOf(value);
      if (amount === null) return `“${value}” compares with nothing. Say \`amount:>50000\`, \`amount:>=50k\` or \`amount:<1m\`.`;
      match.amount = amount;
      return null;
    }
    default: {
      const known = knownOf(name, setting);
      // Several maps may call a stage by the same name.
      const found = known.filter(({ names }) => names.some((each) => foldText(each) === foldText(value)));
      if (found.length === 0)
        return thereIsNo(
          name,
          value,
          known.map(({ key }) => key),
        );
      match[name] = [...new Set([...(match[name] ?? []), ...found.map(({ key }) => key)])] as never;
      return null;
    }
  }
}

/** What a filter can be set to: by its key, or as people call it. */
function knownOf(name: Exclude<FilterName, 'owner' | 'amount'>, { config, rules }: FilterSetting): { key: string; names: string[] }[] {
  switch (name) {
    case 'segment':
      return config.segments.map(({ key }) => ({ key, names: [key] }));
    case 'stage':
      return config.maps.flatMap(({ stages }) => stages.map(({ key, label }) => ({ key, names: [key, label] })));
    case 'map':
      return config.maps.map(({ key, label }) => ({ key, names: [key, label] }));
    case 'rule':
      return detectors.filter((rule) => rules?.includes(rule.name) ?? true).map((rule) => ({ key: rule.name, names: [rule.name, rule.title] }));
    case 'severity':
      return severities.map((key) => ({ key, names: [key] }));
  }
}

type Owner = { email: string } | { problem: string };

async function ownerOf(value: string, { asker: { email }, config, owners }: FilterSetting): Promise<Owner> {
  if (['me', '@me'].includes(value.toLowerCase()))
    return email === null
      ? { problem: 'I do not know your e-mail address, so I cannot tell which are yours. Say `owner:name@company.com`.' }
      : { email };
  const known = await owners();
  const wanted = ownerEmailOf(value, config.owners) ?? value.replace(/^@/, '');
  const found = known.filter((owner) => owner === wanted.toLowerCase() || owner.split('@')[0] === wanted.toLowerCase());
  const [only] = found;
  return only !== undefined && found.length === 1 ? { email: only } : { problem: thereIsNo('owner', value, found.length > 1 ? found : known) };
}

/** `>50000`, `>=50k`, `<1.5m`, `=12,000` */
function comparisonOf(text: string): Comparison | null {
  const [, sign = '', digits = '', unit = ''] = /^(>=|<=|==|=|>|<)(\d[\d.,_']*)(k|m)?$/i.exec(text) ?? [];
  const plain = /^\d{1,3}([.,_']\d{3})+$/.test(digits) ? digits.replaceAll(/[.,_']/g, '') : digits;
  const value = Number(plain) * (unit === '' ? 1 : unit.toLowerCase() === 'k' ? 1_000 : 1_000_000);
  return sign === '' || !Number.isFinite(value) ? null : { operator: (sign === '=' ? '==' : sign) as Comparison['operator'], value };
}

const shown = 12;

function thereIsNo(what: string, value: string, known: readonly string[], filter = what): string {
  const names = [...new Set(known)];
  const meant = nearest(value, names);
  const did = meant === null ? '' : ` Did you mean \`${filter}:${quoted(meant)}\`?`;
  const more = names.length > shown ? ` and ${names.length - shown} more` : '';
  const there =
    names.length === 0
      ? 'There is none.'
      : `There is ${names
          .slice(0, shown)
          .map((name) => `\`${name}\``)
          .join(', ')}${more}.`;
  return `There is no ${what} “${value}”.${did} ${there}`;
}

/** A filter that is called otherwise, or a value without its filter. */
function notUnderstood(word: string, name: string, setting: FilterSetting): string {
  const values = listedFilters.flatMap((each) => knownOf(each, setting).map(({ key }) => `${each}:${key}`));
  const exact = values.find((each) => foldText(each.slice(each.indexOf(':') + 1)) === foldText(word));
  const meant = exact ?? (name === '' ? null : calledOtherwise(name, word.slice(word.indexOf(':') + 1), setting));
  const did = meant === null ? '' : ` Did you mean \`${meant}\`?`;
  const hints = [...namesFor(setting).map((filter) => hint[filter]), ...ordersFor(setting).map((order) => `sort:${order}`)];
  return `I do not understand “${word}”.${did} Filters are ${inWords(hints.map((each) => `\`${each}\``))}.`;
}

const hint: Record<FilterName, string> = {
  owner: 'owner:@me',
  segment: 'segment:…',
  stage: 'stage:…',
  map: 'map:…',
  rule: 'rule:…',
  severity: 'severity:…',
  amount: 'amount:>50000',
};

/** The filter that was probably meant, where it can be set to such a value: `page:2` is no `stage:2`. */
function calledOtherwise(name: string, value: string, setting: FilterSetting): string | null {
  const meant = nearest(name, [...namesFor(setting), 'sort']);
  const filter = filterNames.find((known) => known === meant);
  if (value === '') return filter === undefined ? null : hint[filter];
  switch (filter) {
    case undefined:
      return meant !== null && ordersFor(setting).some((order) => order === value) ? `sort:${value}` : null;
    case 'owner':
      return `owner:${value}`;
    case 'amount':
      return comparisonOf(value) === null ? null : `amount:${value}`;
    default: {
      const found = nearest(
        value,
        knownOf(filter, setting).flatMap(({ names }) => names),
      );
      return found === null ? null : `${filter}:${quoted(found)}`;
    }
  }
}

const inWords = (parts: readonly string[]): string => `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

const quoted = (value: string): string => (/\s/.test(value) ? `"${value}"` : value);
