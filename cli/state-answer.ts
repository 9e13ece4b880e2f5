import { UserError } from '../shared/model/errors.ts';
import { type Failure, FailureError, failureText } from '../shared/model/failure.ts';
import type { Target } from '../shared/model/target.ts';

/** The state table that a command cannot do without. */
export interface NeededState {
  readonly instance: string;
  readonly target: Target;
  /** What it is to the command: the words after `in which`. */
  readonly holds: string;
}

const rootOf = (failure: Failure): Failure =>
  failure.kind === 'own' && failure.because !== undefined ? rootOf(failure.because) : failure;

const isOfState = (failure: Failure): boolean =>
  failure.kind === 'own' && (failure.code === 'state-unreadable' || failure.code === 'state-unwritten');

const isNotThere = (failure: Failure): boolean => {
  const root = rootOf(failure);
  return root.kind === 'call' && root.code === 'ResourceNotFoundException';
};

const missing = (failure: Failure, { instance, target, holds }: NeededState): UserError =>
  new UserError({
    code: 'state-unreadable',
    what: `There is no state table tablekeeper-${instance}-state in ${target.region} of account ${target.accountId}, in which ${holds}.`,
    fix: 'Check --instance, --region and --profile. Where it is gone, the runbook has its page.',
    facts: { failed: rootOf(failure) },
  });

const unusable = (failure: Failure, { instance, holds }: NeededState): UserError =>
  new UserError({
    code: 'state-unreadable',
    what: `The state table tablekeeper-${instance}-state, in which ${holds}, could not be used: ${failureText(rootOf(failure))}.`,
    fix: 'Check --instance and --region, and what you may do with it (docs/cli.md).',
    facts: { failed: rootOf(failure) },
  });

/** Does what needs the state table. Throws a `UserError` where that is not there, may not be used or does not answer. */
export const withState = async <Outcome>(
  needed: NeededState,
  work: () => Promise<Outcome>,
): Promise<Outcome> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FailureError && isOfState(error.failure))) throw error;
    throw isNotThere(error.failure) ? missing(error.failure, needed) : unusable(error.failure, needed);
  }
};
