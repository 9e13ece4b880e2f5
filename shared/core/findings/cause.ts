import type { Denial, Failure, OwnCode } from '../../model/failure.ts';
import type { Finding } from '../../model/finding.ts';

/** What stands behind a failure, the same for every table it strikes. */
export type Cause = Pick<Finding, 'errorName'> & { readonly cause: string };

/** What has a cause of its own, whatever call it is about; of the others the call is the cause. */
const OWN_CAUSES: Readonly<Partial<Record<OwnCode, string>>> = {
  'claim-not-written': 'claims not written',
  'out-of-time': 'the run had no time left',
};

/**
 * Names the cause of a failure: the operation and the error's name, `CreateBackup: ThrottlingException`. The operation alone where the answer
 * could not be used, undefined for a reason of our own that is about no call. The words of a service hold names of tables and never part causes.
 */
export const causeOf = (failure: Failure): Cause | undefined => {
  if (failure.kind === 'call')
    return { cause: `${failure.operation}: ${failure.code}`, errorName: failure.code };
  const cause = OWN_CAUSES[failure.code] ?? failure.operation;
  return cause === undefined ? undefined : { cause };
};

const denialsOf = (failure: Failure): readonly Denial[] => {
  if (failure.kind === 'call') return failure.denial === undefined ? [] : [failure.denial];
  return failure.because === undefined ? [] : denialsOf(failure.because);
};

const keyOf = ({ operation, action, by, caller, role }: Denial): string =>
  JSON.stringify([operation, action, by, caller, role]);

/** Says what was denied, each thing once, as the part of a finding that it is. */
export const deniedIn = (failures: readonly Failure[]): Pick<Finding, 'denials'> => {
  const denials = new Map(failures.flatMap(denialsOf).map((denial) => [keyOf(denial), denial]));
  return denials.size === 0 ? {} : { denials: [...denials.values()] };
};

/** Says what failures come from, as the part of a finding that it is: the cause that all of them share, and everything that was denied. */
export const causedBy = (failures: readonly Failure[]): Pick<Finding, 'cause' | 'denials' | 'errorName'> => {
  const causes = failures.map(causeOf);
  const [first] = causes;
  const isShared = causes.every((one) => one?.cause === first?.cause);
  return { ...(isShared && first), ...deniedIn(failures) };
};
