import type { SeenFinding } from '../../shared/core/explain/first-seen.ts';
import { minuteText } from '../../shared/core/text/time.ts';
import { verdictSummary } from '../../shared/core/text/verdict.ts';
import { counted } from '../../shared/core/text/words.ts';
import type { Action, ExpireAction } from '../../shared/model/action.ts';
import type { Instant } from '../../shared/model/instant.ts';
import type { Mode, Plan } from '../../shared/model/plan.ts';
import { actionRow, actionsTitle } from './action-text.ts';
import { type Screen, verdictTone } from './colour.ts';
import { columns } from './columns.ts';
import { findingsBlocks } from './findings-text.ts';
import { paragraph } from './paragraph.ts';
import { verdictLines } from './verdict-text.ts';

/** A plan, and what is shown of it: what every mode would do, or one mode. */
export interface PlanView {
  readonly plan: Plan & { readonly findings: readonly SeenFinding[] };
  readonly instance: string;
  readonly mode: Mode | 'all';
}

type Block = readonly string[];

const KINDS: readonly Action['kind'][] = ['create', 'copy', 'enable-pitr', 'expire'];

const NOTHING: Readonly<Record<Mode | 'all', string>> = {
  all: 'nothing to do: no recovery point is due, none expires, and no point-in-time recovery is to be repaired',
  protect: 'nothing to create: no recovery point is due',
  expire: 'nothing to expire: a rule or a refusal keeps every recovery point',
  audit: 'nothing to repair: no policy asks for a repair of point-in-time recovery that is off',
};

/** Formats actions as one block of lines for each kind: how many, then each with its reason. */
export const actionBlocks = (actions: readonly Action[], now: Instant, screen: Screen): readonly Block[] =>
  KINDS.map((kind) => ({ kind, ofKind: actions.filter((action) => action.kind === kind) }))
    .filter(({ ofKind }) => ofKind.length > 0)
    .map(({ kind, ofKind }) => [
      screen.paint('strong', actionsTitle(kind, ofKind)),
      ...columns(
        ofKind.map((action) => actionRow(action, now)),
        '  ',
        screen,
      ),
    ]);

/**
 * Lists the expiries that the rules ask for and a guardrail refuses, or that an approval of another
 * set does not cover, in the order of the plan's retention.
 */
export const heldBackExpiries = ({ retention, findings, otherApproval }: Plan): readonly ExpireAction[] => {
  const isRefused = findings.some(({ kind }) => kind === 'guardrail-refusal');
  if (!isRefused && otherApproval === undefined) return [];
  return retention
    .filter(({ decision }) => decision === 'expire')
    .map(({ recoveryPoint, policy, reasons }) => ({
      kind: 'expire',
      engine: recoveryPoint.engine,
      table: recoveryPoint.tableName,
      policy,
      recoveryPoint,
      reason: reasons.join('; '),
    }));
};

const heldBackBlocks = (view: PlanView, screen: Screen): readonly Block[] => {
  const held = heldBackExpiries(view.plan);
  return actionBlocks(held, view.plan.plannedAt, screen).map(([title = '', ...rows]) => [
    ...paragraph(`${title}: the guardrail holds them back, nothing expires`, '', screen),
    ...rows,
  ]);
};

const digestBlocks = ({ plan }: PlanView): readonly Block[] => {
  const expiries = plan.retention.filter(({ decision }) => decision === 'expire').length;
  return expiries === 0
    ? []
    : [[`Digest of ${counted(expiries, 'expiry', 'expiries')}: ${plan.expiryDigest}`]];
};

const nothingBlock = ({ plan, mode }: PlanView, screen: Screen): Block => [
  ...paragraph(`· ${NOTHING[mode]}`, '', screen),
  ...(plan.complete
    ? []
    : paragraph(
        'What could not be read is listed below; until it can be, nothing depends on it.',
        '  ',
        screen,
      )),
];

const doingBlocks = (view: PlanView, screen: Screen): readonly Block[] => {
  const { actions, plannedAt } = view.plan;
  const doing = actionBlocks(actions, plannedAt, screen);
  return [...(doing.length === 0 ? [nothingBlock(view, screen)] : doing), ...heldBackBlocks(view, screen)];
};

/** Formats the first line of an output: instance, account, Region and moment. */
export const headerLine = (
  { target, plannedAt }: Pick<Plan, 'target' | 'plannedAt'>,
  instance: string,
  { paint }: Screen,
): string =>
  paint(
    'muted',
    `Tablekeeper ${instance}, account ${target.accountId}, ${target.region}, ${minuteText(plannedAt)}`,
  );

/** Joins blocks of lines, separated by an empty line. Empty blocks are left out. */
export const spaced = (blocks: readonly Block[]): readonly string[] =>
  blocks
    .filter((block) => block.length > 0)
    .flatMap((block, index) => (index === 0 ? block : ['', ...block]));

/**
 * Formats a plan as lines: how tables stand, those that are not protected, what would be done and
 * why, and what is wrong. A plan that does nothing says why. Expiries that a guardrail refuses are
 * listed all the same, because a person has to decide on them.
 */
export const planLines = (view: PlanView, screen: Screen): readonly string[] => {
  const { plan, instance } = view;
  return spaced([
    [headerLine(plan, instance, screen)],
    [
      verdictSummary(plan.verdicts, (status, text) => screen.paint(verdictTone(status), text)),
      ...verdictLines(plan.verdicts, screen),
    ],
    ...doingBlocks(view, screen),
    ...digestBlocks(view),
    ...findingsBlocks(plan.findings, plan.plannedAt, screen),
  ]);
};
