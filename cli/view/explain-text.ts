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
import { tagTableCommand } from '../../shared/core/text/commands.ts';
import { commandText } from '../../shared/core/text/shell.ts';
import { distanceText, minuteText } from '../../shared/core/text/time.ts';
import { statusText } from '../../shared/core/text/verdict.ts';
import { wholeCommand } from '../../shared/core/text/whole-command.ts';
import { counted, quoted } from '../../shared/core/text/words.ts';
import type { Instant } from '../../shared/model/instant.ts';
import { HOLD_TAG } from '../../shared/model/table.ts';
import type { Target } from '../../shared/model/target.ts';
import { type Screen, verdictTone } from './colour.ts';
import { columns, type Row } from './columns.ts';
import { pitrBlock } from './explain-pitr.ts';
import { pointsBlock } from './explain-points.ts';
import { findingLines } from './findings-text.ts';
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
}

type Block = readonly string[];

/** What Tablekeeper keeps, AWS Backup may have been told to delete. */
const keptText = ({ explanation: { endsAfterDeletion, name, recoveryPoints }, now }: ExplainView): string => {
  const left = recoveryPoints
    .map(({ recoveryPoint }) => recoveryPoint)
    .filter(({ status }) => status === 'available');
  const ends = left.flatMap(({ deletesAt }) => deletesAt ?? []);
  if (endsAfterDeletion === true)
    return `Tablekeeper keeps them until the afterDeletion of their policy is over, unless somebody says: npx tablekeeper keep ${name}`;
  if (ends.length === 0) return 'Tablekeeper keeps them';
  const last = Math.max(...ends);
  return ends.length < left.length
    ? `Tablekeeper keeps them, and AWS Backup deletes ${ends.length} of them by itself`
    : `Tablekeeper deletes none of them, and AWS Backup deletes the last by itself on ${minuteText(last)}, ${distanceText(last, now)}`;
};

const leftText = (view: ExplainView): string => {
  const { explanation, instance, target } = view;
  const { name, recoveryPoints } = explanation;
  const inVaults = recoveryPoints.filter(({ recoveryPoint }) => recoveryPoint.location.vault !== undefined);
  const where = inVaults.length === 0 ? '' : `, ${inVaults.length} of them in backup vaults`;
  const command = commandText(wholeCommand(['tablekeeper', 'restore', name], { instance, target }));
  return `There are recovery points of a table that had this name${where}; ${keptText(view)}. To get it back: ${command}`;
};

const missingLines = (view: ExplainView): Block => {
  const { name, nearest, recoveryPoints } = view.explanation;
  return [
    `${quoted(name)} is no table in ${view.target.region}.${nearest === undefined ? '' : ` Did you mean ${nearest}?`}`,
    ...(recoveryPoints.length === 0 ? [] : [leftText(view)]),
  ];
};

const untaggedLines = ({ name }: Explanation, { tag, target }: ExplainView): Block => [
  `${name} has no tag ${tag}: no policy governs it, and Tablekeeper makes no recovery point of it. To opt in:`,
  `  ${commandText(tagTableCommand(name, tag, target))}`,
];

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
      return missingLines(view);
    case 'untagged':
      return untaggedLines(view.explanation, view);
    case 'tagged':
      return statusLines(view, screen);
  }
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
    ...findings.map((finding) => findingLines(finding, now, screen)),
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
  const isKnown = explanation.presence === 'tagged' || explanation.recoveryPoints.length > 0;
  return spaced([
    [headerLine({ target, plannedAt: now }, instance, screen)],
    openingLines(view, screen),
    policyBlock(view, screen),
    tagBlock(view, screen),
    isKnown ? pointsBlock(explanation, now, screen) : [],
    pitrBlock(explanation, screen),
    drillsBlock(view, screen),
    ...findingBlocks(view, screen),
  ]);
};
