import type { CutoverOutcome } from '../../model/cutover.ts';
import type { StepOutcome } from '../../model/restore.ts';
import { type Change, makeChange } from '../restore/change.ts';

/** A change whose being accepted is not its being done: it is looked at until it stands. */
export const UNDER_WAY = (operation: string): StepOutcome => ({
  kind: 'deferred',
  failure: { kind: 'own', code: 'not-ready', message: 'the service is at it', operation },
});

/** Makes a change and adds what it made, which is known only when it stands. */
export const madeChange = async <Seen>(
  change: Change<Seen>,
  made: () => string | undefined,
): Promise<CutoverOutcome> => {
  const outcome = await makeChange(change);
  const name = made();
  const isDone = outcome.kind === 'done' || outcome.kind === 'as-it-was';
  return isDone && name !== undefined ? { ...outcome, made: name } : outcome;
};
