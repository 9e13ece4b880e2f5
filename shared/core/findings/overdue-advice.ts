import type { Target } from '../../model/target.ts';
import { describeTable, explain, whoCalled } from '../text/commands.ts';
import { adviceText } from '../text/words.ts';
import type { OverdueCause } from './overdue-cause.ts';

/**
 * Given why a table has no newer recovery point, what to do where nobody knows why, the table and where it is, returns what to do: to wait, where
 * what stands in the way passes by itself, and what helps where it does not.
 */
export const overdueAdvice = (
  { kind }: Pick<OverdueCause, 'kind'>,
  action: string,
  table: string,
  target: Target,
): string => {
  switch (kind) {
    case 'throttled':
      return adviceText(
        'AWS lets through fewer backups than are due. Every run tries again, the most overdue first, so nothing has to be done unless it ' +
          'lasts. Then see who else makes backups here:',
        whoCalled('CreateBackup', target),
        explain(table),
      );
    case 'out-of-time':
      return adviceText(
        'Every run goes on with the most overdue. If it lasts, deploy with a backupRate of more runs, or spread the schedules:',
        explain(table),
      );
    case 'put-off':
      return adviceText(
        "Every run tries again, and the reason is AWS's own. See the state of the table:",
        explain(table),
        describeTable(table, target),
      );
    case 'on-its-way':
      return adviceText('Nothing has to be done unless it takes hours:', explain(table));
    default:
      return adviceText(action, explain(table), 'tablekeeper run backup');
  }
};
