import type { Explanation } from '../../shared/core/explain/explanation.ts';
import { pitrPromiseText } from '../../shared/core/policy/text.ts';
import { daysText, minuteText } from '../../shared/core/text/time.ts';
import { withheldText } from '../../shared/core/text/withheld.ts';
import { DAY_MS } from '../../shared/model/instant.ts';
import type { Pitr } from '../../shared/model/table.ts';
import type { Screen } from './colour.ts';
import { paragraph } from './paragraph.ts';

const windowText = (pitr: Pitr): string => {
  const { earliestRestorableAt: earliest, latestRestorableAt: latest, recoveryPeriodDays } = pitr;
  const period = recoveryPeriodDays === undefined ? '' : `, set to ${daysText(recoveryPeriodDays)}`;
  if (earliest === undefined || latest === undefined) return `on${period}; its window is not known yet`;
  const days = Math.round((latest - earliest) / DAY_MS);
  return `on${period}: any second from ${minuteText(earliest)} to ${minuteText(latest)}, ${daysText(days)}`;
};

const pitrText = ({ table, pitrPromise, withheld }: Explanation): string => {
  if (table?.pitr === undefined) return pitrPromise === undefined ? 'not looked at' : 'could not be read';
  if (!table.pitr.enabled) return 'off';
  const window = windowText(table.pitr);
  return withheld === undefined
    ? window
    : `${window}; no second of it can be restored, because ${withheldText(withheld)}`;
};

/**
 * Formats the restorable window of a table and what is promised of it as lines. Empty when no
 * policy governs the table.
 */
export const pitrBlock = (explanation: Explanation, screen: Screen): readonly string[] => {
  if (explanation.policies.length === 0) return [];
  const lines = [pitrText(explanation), pitrPromiseText(explanation.pitrPromise)];
  return [
    screen.paint('strong', 'Point-in-time recovery'),
    ...lines.flatMap((line) => paragraph(line, '  ', screen)),
  ];
};
