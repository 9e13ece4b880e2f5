import type { Explanation } from '../../shared/core/explain/explanation.ts';
import { bytesText } from '../../shared/core/text/bytes.ts';
import { ageText, minuteText } from '../../shared/core/text/time.ts';
import { counted } from '../../shared/core/text/words.ts';
import type { Instant } from '../../shared/model/instant.ts';
import type { RetentionDecision } from '../../shared/model/plan.ts';
import type { Screen } from './colour.ts';
import { columns, type Row } from './columns.ts';

const pointRow = ({ recoveryPoint, policy, decision, reasons }: RetentionDecision, now: Instant): Row => {
  const { createdAt, origin, sizeBytes, status } = recoveryPoint;
  const slot = origin?.slot ?? createdAt;
  return [
    minuteText(slot),
    ageText(now - createdAt),
    bytesText(sizeBytes),
    policy,
    status,
    { text: decision, tone: decision === 'keep' ? 'good' : 'bad' },
    reasons.join('; '),
  ];
};

const HEADINGS: Row = ['SLOT', 'AGE', 'SIZE', 'POLICY', 'STATUS', 'DECISION', 'WHY'].map((text) => ({
  text,
  tone: 'muted',
}));

const othersText = (count: number): string =>
  `  and ${counted(count, 'backup')} that this instance did not make and never touches`;

/**
 * Formats recovery points as lines, each kept or expiring, and why. Backups made by others are only
 * counted.
 */
export const pointsBlock = (
  { recoveryPoints, othersCount }: Explanation,
  now: Instant,
  screen: Screen,
): readonly string[] => {
  const rows = recoveryPoints.map((decision) => pointRow(decision, now));
  return [
    screen.paint('strong', rows.length === 0 ? 'No recovery points' : counted(rows.length, 'recovery point')),
    ...(rows.length === 0 ? [] : columns([HEADINGS, ...rows], '  ', screen)),
    ...(othersCount === 0 ? [] : [othersText(othersCount)]),
  ];
};
