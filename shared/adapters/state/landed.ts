import type { Denial } from '../../model/failure.ts';
import type { Deferral, DeferralKind, OpenFinding } from '../../model/memory.ts';
import type { SeenTable } from '../../model/picture.ts';
import { denialOf } from '../aws/denial.ts';

// Version 0.1.0 wrote of failures what people read, and nothing else. What it wrote is read for what it meant, here and nowhere else.

/** `CreateBackup: ThrottlingException` */
const CALL_CAUSE = /^[A-Z][A-Za-z]+: (\w+)$/;

const THROTTLING = /Throttl|LimitExceeded|TooManyRequests|ThroughputExceeded/;

/** Where a reason begins that a call was denied: `CreateBackup: AccessDeniedException: User: …`. */
const DENIED = /\b([A-Z][A-Za-z]{2,60}): ((?:AccessDenied|AuthorizationError)(?:Exception)?): /g;

/** The field is not among those that 0.1.0 wrote. */
export type LandedDeferral = Omit<Deferral, 'kind'> & Partial<Pick<Deferral, 'kind'>>;

const errorNameIn = (cause: string | undefined): { readonly errorName?: string } => {
  const [, errorName] = CALL_CAUSE.exec(cause ?? '') ?? [];
  return errorName === undefined ? {} : { errorName };
};

const kindOf = (cause: string): DeferralKind => {
  if (cause === 'the run had no time left') return 'out-of-time';
  return THROTTLING.test(cause) ? 'throttled' : 'other';
};

const denialsIn = (fact: string): readonly Denial[] => {
  const found = [...fact.matchAll(DENIED)];
  return found.flatMap((match, position) => {
    const [begin, operation = '', code = ''] = match;
    const words = fact.slice(match.index + begin.length, found[position + 1]?.index);
    return denialOf(operation, code, words) ?? [];
  });
};

/** Reads what was put off, with the kind of what stood in its way. */
export const withKind = (deferral: LandedDeferral): Deferral =>
  deferral.kind === undefined
    ? { ...deferral, kind: kindOf(deferral.cause), ...errorNameIn(deferral.cause) }
    : { ...deferral, kind: deferral.kind };

/** Reads an open finding, with the error and the denials that its sentences name. A finding that carries them keeps its own. */
export const withFailures = (finding: OpenFinding): OpenFinding => {
  const denials = denialsIn(finding.fact);
  return { ...errorNameIn(finding.cause), ...(denials.length > 0 && { denials }), ...finding };
};

/** A table as audits kept it before they said why no second of it can be restored. */
export type LandedSeenTable = SeenTable & { readonly isWithoutKey?: true };

/** Reads what an audit saw of a table. SAFETY: of one that was kept as being without its key, no second is taken to be restorable. */
export const withWithheld = ({ isWithoutKey, ...seen }: LandedSeenTable): SeenTable =>
  isWithoutKey === true ? { withheld: 'key', ...seen } : seen;
