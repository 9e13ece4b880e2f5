import { type Advice, advise } from '../../model/advice.ts';
import type { Target } from '../../model/target.ts';
import { describeTableCommand, explainCommand, runCommand, whoCalledCommand } from '../text/commands.ts';
import type { OverdueCause } from './overdue-cause.ts';

/**
 * Advises what to do about an overdue recovery point: wait when the cause passes by itself, or what helps if it lasts.
 * `action` is used when the cause is unknown.
 */
export const overdueAdvice = (
  { kind }: Pick<OverdueCause, 'kind'>,
  action: string,
  table: string,
  target: Target,
): Advice => {
  switch (kind) {
    case 'throttled':
      return advise(
        'AWS lets through fewer backups than are due. Every run tries again, the most overdue first, so nothing has to be done unless it ' +
          'lasts. Then see who else makes backups here:',
        whoCalledCommand('CreateBackup', target),
        explainCommand(table),
      );
    case 'out-of-time':
      return advise(
        'Every run goes on with the most overdue. If it lasts, deploy with a backupRate of more runs, or spread the schedules:',
        explainCommand(table),
      );
    case 'put-off':
      return advise(
        "Every run tries again, and the reason is AWS's own. See the state of the table:",
        explainCommand(table),
        describeTableCommand(table, target),
      );
    case 'on-its-way':
      return advise('Nothing has to be done unless it takes hours:', explainCommand(table));
    default:
      return advise(action, explainCommand(table), runCommand('backup'));
  }
};
