import type { Target } from '../../model/target.ts';
import { adviceText } from '../render/finding-text.ts';
import { explain, whoCalled } from './commands.ts';
import type { OverdueCause } from './overdue-cause.ts';

/**
 * Given why a table has no newer recovery point, what to do where nobody knows why, the table and where it is, returns what to do: wait, where what stands in the
 * way passes by itself, and what helps where it does not.
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
    case 'put-off':
      return adviceText(
        'Every run tries again, the most overdue first. If it lasts, deploy with a higher backupRate, or spread the schedules:',
        explain(table),
      );
    case 'on-its-way':
      return adviceText('Nothing has to be done unless it takes hours:', explain(table));
    default:
      return adviceText(action, explain(table), 'tablekeeper run backup');
  }
};
