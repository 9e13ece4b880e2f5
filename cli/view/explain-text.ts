import {
  type Explanation,
  type GoverningPolicy,
  stopsExpiry,
} from '../../shared/core/explain/explanation.ts';
import {
  drillText,
  nextSlotText,
  pitrPromiseText,
  retentionText,
  rpoText,
  rtoText,
} from '../../shared/core/policy/text.ts';
import {
  keepDeletedCommand,
  releaseDeletedCommand,
  restoreCommand,
  tagTableCommand,
} from '../../shared/core/text/commands.ts';
import { distanceText, minuteText } from '../../shared/core/text/time.ts';
import { statusText } from '../../shared/core/text/verdict.ts';
import { counted, quoted, verb } from '../../shared/core/text/words.ts';
import { advise, type Command } from '../../shared/model/advice.ts';
import type { Instant } from '../../shared/model/instant.ts';
import { HOLD_TAG } from '../../shared/model/table.ts';
import type { Target } from '../../shared/model/target.ts';
import { adviceLines } from './advice-text.ts';
import { type Screen, verdictTone } from './colour.ts';
import { columns, type Row } from './columns.ts';
import { pitrBlock } from './explain-pitr.ts';
import { pointsBlock } from './explain-points.ts';
import { findingLines, worstFirst } from './findings-text.ts';
import { paragraph } from './paragraph.ts';
import { headerLine, spaced } from './plan-text.ts';
import { proofText } from './proof-text.ts';

/** An explanation, and where and when it was made. */
export interface ExplainView {
  readonly explanation: Explanation;
  readonly instance: string;
  readonly target: Target;
  readonly now: Instant;
  /** The key of the policy tag. */
  readonly tag: string;
  /** Set where the deployment was given its own key in place of the one in the file: commands name it. */
  readonly ownTag?: { readonly policyTag?: string };
}

type Block = readonly string[];

/** What AWS Backup may have been told to delete, whatever Tablekeeper keeps. */
const vaultEndText = ({ explanation: { recoveryPoints }, now }: ExplainView): string => {
  const left = recoveryPoints
    .map(({ recoveryPoint }) => recoveryPoint)
    .filter(({ status }) => status === 'available');
  const ends = left.flatMap(({ deletesAt }) => deletesAt ?? []);
  if (ends.length === 0) return '';
  const last = Math.max(...ends);
  const when = `${minuteText(last)}, ${distanceText(last, now)}`;
  return ends.length < left.length
    ? ` AWS Backup deletes ${ends.length} of them by itself, the last on ${when}.`
    : ` AWS Backup deletes all of them by itself, the last on ${when}.`;
};

/** What a person may say of it, where that changes anything. */
const leftCommands = ({
  explanation: { left, name },
}: ExplainView): readonly (readonly [string, Command])[] => {
  if (left === undefined) return [];
  if (left.isEnding) return [['To keep them whatever the policy says:', keepDeletedCommand(name)]];
  return left.fate.standing.kind === 'kept'
    ? [['To let the policy end them again:', releaseDeletedCommand(name)]]
    : [];
};

const fateText = ({ explanation: { left } }: ExplainView): string => left?.says ?? 'Tablekeeper keeps them.';

const leftLines = (view: ExplainView, screen: Screen): Block => {
  const { name, recoveryPoints } = view.explanation;
  const inVaults = recoveryPoints.filter(({ recoveryPoint }) => recoveryPoint.location.vault !== undefined);
  const where = inVaults.length === 0 ? '' : `, ${inVaults.length} of them in backup vaults`;
  const steps = [...leftCommands(view), ['To get it back:', restoreCommand(name)] as const];
  return [
    ...paragraph(
      `There are recovery points of a table that had this name${where}. ${fateText(view)}${vaultEndText(view)}`,
      '',
      screen,
    ),
    ...steps.flatMap(([say, command]) => adviceLines(advise(say, command), '', screen)),
  ];
};

const othersLine = ({ explanation: { othersCount } }: ExplainView): string =>
  `There ${verb(othersCount, 'is', 'are')} ${counted(othersCount, 'backup')} of a table that had this name, which this instance did not make and never touches.`;

const missingLines = (view: ExplainView, screen: Screen): Block => {
  const { name, nearest, othersCount, recoveryPoints } = view.explanation;
  const others = othersCount === 0 ? [] : [othersLine(view)];
  return [
    `${quoted(name)} is no table in ${view.target.region}.${nearest === undefined ? '' : ` Did you mean ${nearest}?`}`,
    ...(recoveryPoints.length === 0 ? others : leftLines(view, screen)),
  ];
};

const untaggedLines = ({ explanation: { name }, tag, target }: ExplainView, screen: Screen): Block =>
  adviceLines(
    advise(
      `${name} has no tag ${tag}: no policy governs it, and Tablekeeper makes no recovery point of it. To opt in:`,
      tagTableCommand(name, tag, target),
    ),
    '',
    screen,
  );

const statusLines = ({ explanation }: ExplainView, screen: Screen): Block => {
  const { name, verdict, governance } = explanation;
  if (governance?.optedOut === true)
    return [`${name} opted out: no policy governs it, and nothing is promised.`];
  if (verdict === undefined) return [`${name}: no verdict`];
  const status = screen.paint(verdictTone(verdict.status), statusText(verdict.status));
  return [`${screen.paint('strong', name)}: ${status}`, ...paragraph(verdict.reason, '  ', screen)];
};

const openingLines = (view: ExplainView, screen: Screen): Block => {
  switch (view.explanation.presence) {
    case 'missing':
      return missingLines(view, screen);
    case 'untagged':
      return untaggedLines(view, screen);
    case 'tagged':
      return statusLines(view, screen);
  }
};

/** What was asked for a table that is there, which keeps nothing until it is deleted. */
const keptBlock = (view: ExplainView, screen: Screen): Block => {
  const { keptSince, name, presence } = view.explanation;
  if (keptSince === undefined || presence === 'missing') return [];
  return adviceLines(
    advise(
      `A person asked on ${minuteText(keptSince)} to keep what is left of it once it is deleted. While it is there, its recovery points expire by its policy. To take that back:`,
      releaseDeletedCommand(name),
    ),
    '',
    screen,
  );
};

const policyRows = ({ policy }: GoverningPolicy, now: Instant): readonly Row[] => [
  [
    { text: policy.name, tone: 'strong' },
    `next slot ${nextSlotText(policy, now)}, by ${policy.schedule} in ${policy.timezone}`,
  ],
  ['', retentionText(policy.retention)],
  ['', rpoText(policy)],
  ['', pitrPromiseText(policy.pitr)],
  ...(policy.drill === undefined ? [] : [['', drillText(policy)]]),
  ...(policy.rtoMs === undefined ? [] : [['', rtoText(policy)]]),
];

const policyBlock = ({ explanation, now }: ExplainView, screen: Screen): Block => {
  const { governance, policies } = explanation;
  if (governance === undefined) return [];
  return [
    screen.paint('strong', policies.length === 0 ? 'No policy governs it' : 'Policies'),
    ...governance.reasons.flatMap((reason) => paragraph(reason, '  ', screen)),
    ...columns(
      policies.flatMap((one) => policyRows(one, now)),
      '  ',
      screen,
    ),
  ];
};

const drillsBlock = ({ explanation: { policies, proof }, now }: ExplainView, screen: Screen): Block => {
  if (proof === undefined && policies.every(({ policy }) => policy.drill === undefined)) return [];
  return [
    screen.paint('strong', 'Restore last proved'),
    `  ${proof === undefined ? 'never' : proofText(proof, now)}`,
  ];
};

const isAboutHold = (key: string, value: string): boolean => key === HOLD_TAG || stopsExpiry(key, value);

const tagNote = (key: string, value: string): string =>
  stopsExpiry(key, value) ? 'stops all expiry for this table' : '';

const tagBlock = ({ explanation: { table }, tag }: ExplainView, screen: Screen): Block => {
  const told = Object.entries(table?.tags ?? {}).filter(
    ([key, value]) => key === tag || isAboutHold(key, value),
  );
  const rows = told.toSorted().map(([key, value]) => [key, '=', value, tagNote(key, value)]);
  return rows.length === 0 ? [] : [screen.paint('strong', 'Tags'), ...columns(rows, '  ', screen)];
};

const earlierLine = (id: string, openedAt: Instant): string =>
  `  ${id}, open since ${minuteText(openedAt)}, not found just now; the next run that can tell resolves it`;

const findingBlocks = ({ explanation, now }: ExplainView, screen: Screen): readonly Block[] => {
  const { findings, earlierFindings, presence } = explanation;
  if (findings.length + earlierFindings.length === 0) return presence === 'tagged' ? [['No findings']] : [];
  return [
    [screen.paint('strong', counted(findings.length + earlierFindings.length, 'finding'))],
    ...worstFirst(findings).map((finding) => findingLines(finding, now, screen)),
    earlierFindings.map(({ id, openedAt }) => earlierLine(id, openedAt)),
  ];
};

/**
 * Formats an explanation as lines: the status of the table and why, which policies govern it, its
 * tags, every recovery point, kept or expiring, its restorable window and what is wrong with it.
 * Begins by saying so if the table is missing, untagged or opted out.
 */
export const explainLines = (view: ExplainView, screen: Screen): readonly string[] => {
  const { explanation, instance, target, now } = view;
  const isKnown =
    explanation.presence === 'tagged' || explanation.recoveryPoints.length + explanation.othersCount > 0;
  return spaced([
    [headerLine({ target, plannedAt: now }, instance, screen)],
    openingLines(view, screen),
    keptBlock(view, screen),
    policyBlock(view, screen),
    tagBlock(view, screen),
    isKnown ? pointsBlock(explanation, now, screen) : [],
    pitrBlock(explanation, screen),
    drillsBlock(view, screen),
    ...findingBlocks(view, screen),
  ]);
};
