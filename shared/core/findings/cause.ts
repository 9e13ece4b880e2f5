/** How our own code begins every reason that comes from a call: `CreateBackup: ThrottlingException: Rate exceeded`. */
const CALL = /^([A-Z][A-Za-z]{2,60}): (?:([A-Za-z_][A-Za-z0-9_]{2,80}): )?/;

/** Names of errors; any other word may be somebody's and would part what belongs together. */
const ERROR_NAME = /(?:Exception|Error|Exceeded|Throttl\w*|Denied)$|^[A-Z][A-Z0-9_]+$/;

/** A state table that cannot be written has one cause, whatever its words are. */
const CLAIM = /^the claim could not be written: /;

/** What `apply` says of what had no turn any more, and the cause that it is. */
const OUT_OF_TIME = /^the time of this run ended before its turn$/;
export const OUT_OF_TIME_CAUSE = 'the run had no time left';

/**
 * Given the reason of a failure, returns its cause: the operation and the error's name, `CreateBackup: ThrottlingException`, the same for
 * every table it strikes. At the edge the operation alone where no error is named, and undefined for a reason of another form: the words of a
 * service hold names of tables and never tell causes apart.
 */
export const causeOf = (reason: string): string | undefined => {
  if (CLAIM.test(reason)) return 'claims not written';
  if (OUT_OF_TIME.test(reason)) return OUT_OF_TIME_CAUSE;
  const [, operation, name = ''] = CALL.exec(reason) ?? [];
  if (operation === undefined) return undefined;
  return ERROR_NAME.test(name) ? `${operation}: ${name}` : operation;
};

/**
 * Given things with reasons, returns the cause that all of them share, as the part of a finding that it is. At the edge: nothing where there are two
 * causes, or one is not known.
 */
export const causedBy = (things: readonly { readonly reason: string }[]): { readonly cause?: string } => {
  const [cause, ...others] = new Set(things.map(({ reason }) => causeOf(reason)));
  return cause === undefined || others.length > 0 ? {} : { cause };
};
