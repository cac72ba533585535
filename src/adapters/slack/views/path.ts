import type { PathExtra, PathStage, PathSummary } from '../../../core/journey-path.ts';
import { standingInWords } from '../../../core/stage-standing.ts';
import { context, section, sections, table, type View, view } from './blocks.ts';
import { bold, empty, join, type Mrkdwn, md, named } from './escape.ts';
import { andMore, clearMark, count, day } from './words.ts';

/** More have no room beside everything else that a message must hold. */
const stagesShown = 25;
const extraShown = 8;

/** A journey's real path, stage by stage, against the one on its map. */
export function pathView(summary: PathSummary): View {
  const { name, url, mapLabel, stages, extra } = summary;
  const opening = openingText(summary);
  const shown = stages.slice(0, stagesShown);
  return view(
    md`${name}: ${opening}`,
    [
      section([md`${bold(named(name, url))} · ${mapLabel}`, opening]),
      ...(shown.length === 0 ? [] : [table([['Stage', 'Path', 'Working days', 'Expected'], ...shown.map(row)])]),
      ...sections([...shown.flatMap(lackLine), ...extraLines(extra), ...andMore(stages.length - shown.length, 'stages of the map')]),
    ],
    [context([md`Days: all stays in a stage together. Expected: of each stay`, md`/journey why: which rules were checked`])],
  );
}

function openingText({ stages, extra, outcome }: PathSummary): Mrkdwn {
  const walked = stages.filter(({ verdict }) => verdict === 'matched' || verdict === 'late');
  if (walked.length === 0) return md`No stage of its map was observed yet.`;
  const late = walked.filter(({ verdict }) => verdict === 'late').length;
  const missing = stages.filter(({ verdict }) => verdict === 'missing').length;
  const ended = outcome === 'open' ? empty : md` It is ${outcome}.`;
  const lacking = walked.filter(({ lacks }) => lacks.length > 0).length;
  if (late + missing + extra.length + lacking === 0)
    return md`${clearMark} As the map has it: ${count(walked.length, 'stage')}, each in time.${ended}`;
  const inTime = walked.length - late;
  const parts = [[inTime, 'in time'] as const, [late, 'late'] as const, [missing, 'missing'] as const].filter(([many]) => many > 0);
  const said = [
    ...parts.map(([many, what]) => `${many} ${what}`),
    ...(lacking > 0 ? [`${lacking} without all that the map expects`] : []),
    ...(extra.length > 0 ? [count(extra.length, 'extra step')] : []),
  ];
  return md`${count(walked.length, 'stage')} so far: ${said.join(', ')}.${ended}`;
}

function row(stage: PathStage): string[] {
  return [stage.label, verdictText(stage), stage.days === null ? '–' : stage.days.toLocaleString('en'), stage.expected ?? '–'];
}

const verdicts: Record<PathStage['verdict'], string> = {
  matched: '✓ in time',
  late: '⏰ late',
  missing: '✗ missing',
  unseen: standingInWords.unseen,
  ahead: standingInWords.ahead,
};

function verdictText({ verdict, isCurrent, required, loops }: PathStage): string {
  const parts = [verdicts[verdict]];
  if (isCurrent) parts.push('here now');
  if (verdict === 'missing') parts.push(`${required ? 'required: ' : ''}${standingInWords.skipped}`);
  if (loops > 0) parts.push(`came back ${loops === 1 ? 'once' : `${loops} times`}`);
  return parts.join(', ');
}

const lackLine = ({ label, lacks }: PathStage): Mrkdwn[] =>
  lacks.length === 0
    ? []
    : [
        md`• ${bold(label)} lacks ${join(
          lacks.slice(0, 5).map((what) => md`${what}`),
          ', ',
        )}`,
      ];

const extraLines = (extra: readonly PathExtra[]): Mrkdwn[] => [
  ...extra.slice(0, extraShown).map(extraLine),
  ...(extra.length > extraShown ? [md`• and ${count(extra.length - extraShown, 'more extra step')}`] : []),
];

function extraLine(step: PathExtra): Mrkdwn {
  switch (step.what) {
    case 'back':
      return md`• Back from ${step.from} to ${step.to}${day(step.at, ', ')}${step.allowed ? md` (the map allows it)` : empty}`;
    case 'unknown':
      return md`• ${count(step.days, 'working day')} in “${step.stage}”, which is not on the map${day(step.at, ', since ')}`;
  }
}
