import { durationInWords } from '../../core/duration.ts';
import type { Comparison, EscalationStep, Managers, Notify, RouteMatch, RouteNode, SegmentDefinition } from '../../core/journey/journey-map.ts';
import { entry, paragraph } from './layout.ts';

/** The routing tree as an indented list. */
export function explainRoutes(routes: readonly RouteNode[], parent: string | null = null, indent = 2): string[] {
  return routes.flatMap((route) => {
    const channel = route.channel ?? parent;
    const match = explainMatch(route.match);
    const extras = [
      ...(route.notify.length > 0 ? [`mentions ${mentioned(route.notify)}`] : []),
      ...(route.continue ? ['the next entries have it, too'] : []),
    ];
    const line = `${match === '' ? 'everything' : match} → ${channel ?? 'nowhere'}${extras.map((extra) => `; ${extra}`).join('')}`;
    return [
      ...paragraph(`${parent === null ? '' : 'but '}${line}`, indent),
      ...explainSteps(route.escalate, indent + 2),
      ...explainRoutes(route.routes, channel, indent + 4),
    ];
  });
}

/** Who the manager is of whom. Only a few: some teams have hundreds. */
export function explainManagers({ byOwner, others }: Managers): string[] {
  const named = Object.entries(byOwner);
  return [
    ...named.slice(0, managersShown).map(([owner, manager]) => `${owner}: ${manager}`),
    ...(named.length > managersShown ? [`and ${named.length - managersShown} more`] : []),
    `everybody else: ${others ?? 'nobody, so that the channel above is told instead'}`,
  ].flatMap((line) => paragraph(line, 2));
}

const managersShown = 20;

function explainSteps(steps: readonly EscalationStep[] | null, indent: number): string[] {
  if (steps === null) return [];
  if (steps.length === 0) return paragraph('nothing follows while nobody takes it', indent);
  return steps.flatMap(({ after, channel, notify }, index) => {
    const wait = index === 0 ? `nobody takes it for ${durationInWords(after)}:` : `for ${durationInWords(after)} more:`;
    const where = channel === null ? 'a reply in the thread' : `the card in ${channel}`;
    return paragraph(`${wait} ${where}${notify.length === 0 ? '' : `, mentions ${mentioned(notify)}`}`, indent);
  });
}

const whom: Record<Notify, string> = { owner: 'the owner', manager: "the owner's manager", team: 'the team of the stage' };

const mentioned = (notify: readonly Notify[]): string => notify.map((who) => whom[who]).join(' and ');

/** `segment enterprise, severity critical`; empty: everything. */
export function explainMatch({ amount, ...lists }: RouteMatch): string {
  const conditions = Object.entries(lists).map(([what, names]) => `${what} ${names.join(' or ')}`);
  return [...conditions, ...(amount === undefined ? [] : [comparisonInWords(amount)])].join(', ');
}

export function explainSegment({ key, when }: SegmentDefinition): string[] {
  const conditions = [
    ...(when.amount === undefined ? [] : [comparisonInWords(when.amount)]),
    ...(when.segment === undefined ? [] : [`the CRM's segment is ${when.segment.join(' or ')}`]),
    ...(when.ownerEmail === undefined ? [] : [`owned by ${when.ownerEmail.join(' or ')}`]),
    ...(when.pipeline === undefined ? [] : [`in pipeline ${when.pipeline.join(' or ')}`]),
  ];
  return entry(key, conditions.join(' and '), 2, Math.max(14, key.length + 2));
}

const operatorWords: Record<Comparison['operator'], string> = {
  '>=': 'at least',
  '>': 'more than',
  '<=': 'at most',
  '<': 'less than',
  '==': 'exactly',
};

const comparisonInWords = ({ operator, value }: Comparison): string => `amount ${operatorWords[operator]} ${value.toLocaleString('en-GB')}`;
