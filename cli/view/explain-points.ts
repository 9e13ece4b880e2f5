import type { Explanation } from '../../shared/core/explain/explanation.ts';
import { amountText } from '../../shared/core/money/amount.ts';
import { bytesText } from '../../shared/core/text/bytes.ts';
import { keyStateText } from '../../shared/core/text/key-state.ts';
import { ageText, minuteText } from '../../shared/core/text/time.ts';
import { counted } from '../../shared/core/text/words.ts';
import type { Instant } from '../../shared/model/instant.ts';
import type { PointLock } from '../../shared/model/key-facts.ts';
import type { RetentionDecision } from '../../shared/model/plan.ts';
import type { Screen } from './colour.ts';
import { columns, type Row } from './columns.ts';
import { statusOfLocked } from './locked-status.ts';

const pointRow = (
  { recoveryPoint, policy, decision, reasons }: RetentionDecision,
  locked: Explanation['locked'],
  now: Instant,
): Row => {
  const lock = locked.get(recoveryPoint.id);
  const { createdAt, origin, sizeBytes, status } = recoveryPoint;
  const slot = origin?.slot ?? createdAt;
  return [
    minuteText(slot),
    ageText(now - createdAt),
    sizeBytes === undefined ? '-' : bytesText(sizeBytes),
    policy,
    lock === undefined ? status : { text: statusOfLocked(lock), tone: 'bad' },
    { text: decision, tone: decision === 'keep' ? 'good' : 'bad' },
    reasons.join('; '),
  ];
};

const HEADINGS: Row = ['SLOT', 'AGE', 'SIZE', 'POLICY', 'STATUS', 'DECISION', 'WHY'].map((text) => ({
  text,
  tone: 'muted',
}));

const othersText = ({ othersCount, othersEndless }: Explanation): string => {
  const others = `  and ${counted(othersCount, 'backup')} that this instance did not make and never touches`;
  if (othersEndless === undefined) return others;
  const { count, usdAMonth } = othersEndless;
  return `${others}; ${count} of them in vaults without an end, for ${amountText(usdAMonth)} a month`;
};

const lockedText = (key: PointLock, count: number): string => {
  const which = `the key ${key.arn}, which ${keyStateText(key)}`;
  const points = counted(count, 'recovery point');
  return key.isUnsure === true
    ? `  ${points} may not be restorable: made at about the time at which the table changed its key, and may need ${which}`
    : `  ${points} cannot be restored: made under ${which}`;
};

/** Names each key once, with how many need it, and once with how many may. */
const lockedLines = ({ locked }: Explanation): readonly string[] =>
  [...Map.groupBy(locked.values(), ({ arn, isUnsure }) => `${arn} ${isUnsure}`).values()].flatMap((keys) =>
    keys.slice(0, 1).map((key) => lockedText(key, keys.length)),
  );

/**
 * Formats recovery points as lines, each kept or expiring, and why. Backups made by others are only
 * counted.
 */
export const pointsBlock = (explanation: Explanation, now: Instant, screen: Screen): readonly string[] => {
  const { locked, othersCount, recoveryPoints } = explanation;
  const rows = recoveryPoints.map((decision) => pointRow(decision, locked, now));
  return [
    screen.paint('strong', rows.length === 0 ? 'No recovery points' : counted(rows.length, 'recovery point')),
    ...(rows.length === 0 ? [] : columns([HEADINGS, ...rows], '  ', screen)),
    ...lockedLines(explanation),
    ...(othersCount === 0 ? [] : [othersText(explanation)]),
  ];
};
