import { outcomeText } from '../../shared/core/text/outcome-text.ts';
import { counted } from '../../shared/core/text/words.ts';
import type { Finding } from '../../shared/model/finding.ts';
import type { OpenFinding } from '../../shared/model/memory.ts';
import type { Outcome, OutcomeStatus } from '../../shared/model/outcome.ts';
import type { Plan } from '../../shared/model/plan.ts';
import { actionRow } from './action-text.ts';
import type { Screen } from './colour.ts';
import { columns, type Row } from './columns.ts';
import { findingsBlocks } from './findings-text.ts';
import { heldBackLines } from './held-back.ts';
import { OUTCOME_TONE, outcomeCounts, withStatus } from './outcome-counts.ts';
import { actionBlocks, headerLine, spaced } from './plan-text.ts';

/** What one run did, as far as a person at a terminal sees it. */
export interface RunView {
  /** The public name of the run: `backup`. */
  readonly name: string;
  readonly instance: string;
  /** Whether the run was to change nothing. */
  readonly dryRun: boolean;
  readonly plan: Plan;
  readonly outcomes: readonly Outcome[];
  readonly openFindings: readonly OpenFinding[];
  readonly calls: readonly { readonly calls: number; readonly throttles: number }[];
  readonly durationMs: number;
}

type Block = readonly string[];

/** Successful actions beyond this number are only counted. */
const MOST_LISTED = 20;

const effortText = ({ calls, durationMs }: RunView): string => {
  const sent = calls.reduce((sum, count) => sum + count.calls, 0);
  const throttled = calls.reduce((sum, count) => sum + count.throttles, 0);
  const seconds = `${Math.round(durationMs / 1000)} s`;
  return `${seconds}, ${counted(sent, 'call')}${throttled === 0 ? '' : `, ${throttled} of them throttled`}`;
};

/** The row of the action with the outcome's reason in place of the action's. */
const outcomeRow = (outcome: Outcome, { plan }: RunView): Row => [
  ...actionRow(outcome.action, plan.plannedAt).slice(0, -1),
  outcomeText(outcome),
];

const listedBlock = (view: RunView, status: OutcomeStatus, screen: Screen): readonly Block[] => {
  const outcomes = withStatus(view.outcomes, status);
  return [...Map.groupBy(outcomes, ({ action }) => action.kind)].map(([, ofKind]) => [
    screen.paint(OUTCOME_TONE[status], `${ofKind.length} ${status}`),
    ...columns(
      ofKind.map((outcome) => outcomeRow(outcome, view)),
      '  ',
      screen,
    ),
  ]);
};

/** What was deferred has few reasons and may be much: shown by reason. */
const deferredBlocks = (view: RunView, screen: Screen): readonly Block[] => {
  const deferred = withStatus(view.outcomes, 'deferred');
  if (deferred.length === 0) return [];
  const rows = [...Map.groupBy(deferred, outcomeText)].map(([reason, ofReason]) => [
    `${ofReason.length}`,
    reason,
  ]);
  const title = `${deferred.length} deferred, due again at the next run`;
  return [[screen.paint(OUTCOME_TONE.deferred, title), ...columns(rows, '  ', screen)]];
};

/** There is something to do when it is only held back. */
const isHeldBack = ({ outcomes, plan }: RunView): boolean =>
  plan.mode === 'expire' && outcomes.length === 0 && heldBackLines(plan).length > 0;

const countsText = (view: RunView, screen: Screen): string =>
  isHeldBack(view) ? 'nothing expired' : outcomeCounts(view.outcomes, screen);

const doingsOf = (view: RunView, screen: Screen): readonly Block[] => {
  const done = withStatus(view.outcomes, 'done');
  return [
    [`${screen.paint('strong', view.name)}: ${countsText(view, screen)} (${effortText(view)})`],
    ...listedBlock(view, 'failed', screen),
    ...listedBlock(view, 'refused', screen),
    ...deferredBlocks(view, screen),
    ...(done.length <= MOST_LISTED ? listedBlock(view, 'done', screen) : []),
  ];
};

const dryBlocks = (view: RunView, screen: Screen): readonly Block[] => {
  const doing = actionBlocks(view.plan.actions, view.plan.plannedAt, screen);
  return [
    [
      `${screen.paint('strong', view.name)}, dry run: nothing was changed and nobody was alerted (${effortText(view)})`,
    ],
    ...(doing.length === 0 ? [[isHeldBack(view) ? '· nothing would expire' : '· nothing to do']] : doing),
  ];
};

/** What could not be read is open whether or not it could be alerted or saved. */
const withGaps = ({ openFindings, plan }: RunView): readonly Finding[] => {
  const known = new Set(openFindings.map(({ id }) => id));
  const unread = plan.findings.filter(({ id, kind }) => kind === 'observation-gap' && !known.has(id));
  return [...openFindings, ...unread];
};

/**
 * Formats what a run did as lines: counts first, then what failed or was refused, each with its
 * reason, then what was deferred or held back, and what is wrong at the end of the run. A dry run
 * shows what would be done. More than twenty successful actions are only counted.
 */
export const runLines = (view: RunView, screen: Screen): readonly string[] => {
  const { plan, instance } = view;
  return spaced([
    [headerLine(plan, instance, screen)],
    ...(view.dryRun ? dryBlocks(view, screen) : doingsOf(view, screen)),
    heldBackLines(plan),
    ...findingsBlocks(withGaps(view), plan.plannedAt, screen),
  ]);
};
