import type { Explanation } from '../../shared/core/explain/explanation.ts';
import { amountText } from '../../shared/core/money/amount.ts';
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

const othersText = ({ othersCount, othersEndless }: Explanation): string => {
  const others = `  and ${counted(othersCount, 'backup')} that this instance did not make and never touches`;
  if (othersEndless === undefined) return others;
  const { count, usdAMonth } = othersEndless;
  return `${others}; ${count} of them in vaults without an end, for ${amountText(usdAMonth)} a month`;
};

/**
 * Formats recovery points as lines, each kept or expiring, and why. Backups made by others are only
 * counted.
 */
export const pointsBlock = (explanation: Explanation, now: Instant, screen: Screen): readonly string[] => {
  const { recoveryPoints, othersCount } = explanation;
  const rows = recoveryPoints.map((decision) => pointRow(decision, now));
  return [
    screen.paint('strong', rows.length === 0 ? 'No recovery points' : counted(rows.length, 'recovery point')),
    ...(rows.length === 0 ? [] : columns([HEADINGS, ...rows], '  ', screen)),
    ...(othersCount === 0 ? [] : [othersText(explanation)]),
  ];
};
