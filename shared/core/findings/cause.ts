import type { Denial, Failure, OwnCode } from '../../model/failure.ts';
import type { Finding } from '../../model/finding.ts';

/** The cause of a failure, the same for every table that it affects. */
export type Cause = Pick<Finding, 'errorName'> & { readonly cause: string };

/** Failures whose cause does not depend on the call; for the others, the call is the cause. */
const OWN_CAUSES: Readonly<Partial<Record<OwnCode, string>>> = {
  'claim-not-written': 'claims not written',
  'out-of-time': 'the run had no time left',
};

/**
 * Names the cause of a failure: the operation and the error's name, `CreateBackup: ThrottlingException`. It is the
 * operation alone when the response was unusable, and undefined when the failure involves no call. A service's message
 * is never part of it, because it contains table names.
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

/** The same for all tables that it is about. */
const ofAny = ({ resource: _, ...denial }: Denial): Denial => denial;

/** Collects what was denied, without duplicates, as a finding's `denials`. */
export const deniedIn = (failures: readonly Failure[]): Pick<Finding, 'denials'> => {
  const denials = new Map(failures.flatMap(denialsOf).map((denial) => [keyOf(denial), ofAny(denial)]));
  return denials.size === 0 ? {} : { denials: [...denials.values()] };
};

/** Collects a finding's parts about failures: the cause if all share it, and everything that was denied. */
export const causedBy = (failures: readonly Failure[]): Pick<Finding, 'cause' | 'denials' | 'errorName'> => {
  const causes = failures.map(causeOf);
  const [first] = causes;
  const isShared = causes.every((one) => one?.cause === first?.cause);
  return { ...(isShared && first), ...deniedIn(failures) };
};
