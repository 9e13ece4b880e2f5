import { cutoverCommand, restoreCommand } from '../../shared/core/text/commands.ts';
import { listed } from '../../shared/core/text/words.ts';
import { advise, type Command, type Said } from '../../shared/model/advice.ts';
import type { CutoverStep, StreamReader } from '../../shared/model/cutover.ts';
import { assertNever } from '../../shared/model/errors.ts';
import type { Target } from '../../shared/model/target.ts';
import { stepText } from './restore-step-text.ts';

const readerText = ({ kind, id }: StreamReader): string => (kind === 'pipe' ? `pipe ${id}` : `mapping ${id}`);

/** Writes a step as a sentence without its full stop: what is done. */
export const cutoverStepText = (step: CutoverStep): string => {
  switch (step.kind) {
    case 'setting':
      return `Set on ${step.table}: ${stepText(step.step)}`;
    case 'make-alarm':
      return `Make alarm ${step.name} as ${step.from} is`;
    case 'make-reader':
      return step.of.kind === 'pipe'
        ? `Make pipe ${step.name} as ${step.of.id} is, for the stream of ${step.table}, stopped, from the beginning of the stream`
        : `Make a mapping as ${step.of.id} is, for the stream of ${step.table}, switched off, from the beginning of the stream`;
    case 'writers-off':
      return `You stop all writers to ${listed(step.tables)}. Checked: CloudWatch shows no write for two minutes, and three more because it lags`;
    case 'drain':
      return `Wait until ${readerText(step.of)} has delivered what the old stream holds`;
    case 'stop-reader':
      return `Switch off ${readerText(step.of)}`;
    case 'start-reader':
      return `Switch on what was made for ${readerText(step.of)}`;
    case 'delete-reader':
      return `Delete ${readerText(step.of)}; its definition stays in the record`;
    case 'final-point':
      return `Make recovery point ${step.name} of ${step.table} and wait until it is AVAILABLE`;
    case 'protection-off':
      return `Switch off deletion protection of ${step.table}`;
    case 'delete-table':
      return `Delete ${step.table} (table id ${step.tableId}), after a last look at both recovery points and at its writes`;
    case 'name-free':
      return `Wait until the name ${step.table} is free: two answers, five seconds apart`;
    case 'restore-under-name':
      return `Restore the final recovery point under the name ${step.table} and put its settings back`;
    default:
      return assertNever(step);
  }
};

const aws = (target: Target, ...words: Command): Command => ['aws', ...words, '--region', target.region];

const switchCommand = ({ kind, id }: StreamReader, on: boolean, target: Target): Command =>
  kind === 'pipe'
    ? aws(target, 'pipes', on ? 'start-pipe' : 'stop-pipe', '--name', id)
    : aws(target, 'lambda', 'update-event-source-mapping', '--uuid', id, on ? '--enabled' : '--no-enabled');

/** Says the way back from a step; undefined where it changes nothing. */
export const wayBackOf = (step: CutoverStep, target: Target): Said | undefined => {
  switch (step.kind) {
    case 'setting':
      return `set it back on ${step.table}; the old table is not touched`;
    case 'make-alarm':
      return advise('delete it:', aws(target, 'cloudwatch', 'delete-alarms', '--alarm-names', step.name));
    case 'make-reader':
      return step.of.kind === 'pipe'
        ? advise('delete it:', aws(target, 'pipes', 'delete-pipe', '--name', step.name))
        : advise(
            'it is switched off; delete it by the UUID that is shown:',
            aws(target, 'lambda', 'delete-event-source-mapping', '--uuid', 'UUID'),
          );
    case 'writers-off':
      return 'start the writers again';
    case 'drain':
    case 'name-free':
      return undefined;
    case 'stop-reader':
      return advise('switch it on again:', switchCommand(step.of, true, target));
    case 'start-reader':
      return advise(
        `switch it off again, and ${readerText(step.of)} on:`,
        switchCommand(step.of, true, target),
      );
    case 'delete-reader':
      return advise(
        'make it again from its definition; where it stood in the stream is lost. The definition:',
        cutoverCommand('--list', '--json'),
      );
    case 'final-point':
      return 'none is needed: delete it when nobody needs it any more, no policy does';
    case 'protection-off':
      return advise(
        'switch it on again:',
        aws(target, 'dynamodb', 'update-table', '--table-name', step.table, '--deletion-protection-enabled'),
      );
    case 'delete-table':
      return advise(
        `restore its final recovery point, once the name ${step.table} is free, or under another name:`,
        restoreCommand(step.table, '--recovery-point', 'ARN'),
      );
    case 'restore-under-name':
      return `the final recovery point of the old ${step.table} and the restored table both stay: restore from either`;
    default:
      return assertNever(step);
  }
};
