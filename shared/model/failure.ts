/**
 * Reasons of our own for what was not done or is not known. `answer-unusable`: the service answered, but not with what it promises ·
 * `backup-changed`: the backup is not what was listed · `claim-held`: another run makes it · `claim-not-written`: the state table did not take
 * the claim · `depends`: only the call itself shows it · `dry-run`: nothing is to be done · `engine-not-built`: this deployment has no such engine · `held`: a lock, a hold or a check forbids it · `hint-scope`: a hint may not conclude
 * it · `job-failed`: a job of AWS Backup failed, and the next one waits · `job-going-on`: a job of AWS Backup has the table · `key-not-given`: into another Region nothing is restored without saying how it is encrypted there · `not-as-asked`: the service says
 * afterwards that it is not so · `not-ready`: the table, or a part of it, is in a state in which the change is refused · `not-there`: what it is
 * about does not exist · `out-of-time`: the run ended before its turn · `outside-window`: the call may not leave any more ·
 * `own-tags-unread`: a table's own tags are not known · `state-unreadable`, `state-unwritten`: the state table could not be read, or written · `still-made`:
 * the table is still being made · `table-unconfirmed`: a run does not know yet which table has the name · `tags-changed`: the table's tags are not what was listed · `thrown`: anything else.
 */
export type OwnCode =
  | 'answer-unusable'
  | 'backup-changed'
  | 'claim-held'
  | 'claim-not-written'
  | 'depends'
  | 'dry-run'
  | 'engine-not-built'
  | 'held'
  | 'hint-scope'
  | 'job-failed'
  | 'job-going-on'
  | 'key-not-given'
  | 'not-as-asked'
  | 'not-ready'
  | 'not-there'
  | 'out-of-time'
  | 'outside-window'
  | 'own-tags-unread'
  | 'source-emptied'
  | 'state-unreadable'
  | 'state-unwritten'
  | 'still-made'
  | 'table-unconfirmed'
  | 'tags-changed'
  | 'thrown';

/** Whose policy a call was refused by. `unknown`: the service does not say, or its words were cut. */
export type Forbidder =
  | 'organization'
  | 'permissions-boundary'
  | 'role-deny'
  | 'role-lacks'
  | 'resource'
  | 'unknown';

/** One call that somebody was not allowed to make. */
export interface Denial {
  /** The call that was made: `CreateBackup`. */
  readonly operation: string;
  /** As IAM names what is not allowed: `kms:Decrypt`; absent where the service does not say. */
  readonly action?: string;
  /** ARN of what it is not allowed on; absent where the service does not say. */
  readonly resource?: string;
  readonly by: Forbidder;
  /** A role's session, which Lambda names after the function, or a user; absent where the service does not say. */
  readonly caller?: string;
  /** The role that the session is of. */
  readonly role?: string;
}

/** A call that the service or the connection did not let succeed. */
export interface CallFailure {
  readonly kind: 'call';
  /** As the service names it: `CreateBackup`. */
  readonly operation: string;
  /** The service's name for it, or the connection's: `BackupInUseException`, `ECONNRESET`. */
  readonly code: string;
  /** The service's own words. */
  readonly message: string;
  /** Set where AWS asks for patience. */
  readonly isThrottled?: true;
  /** What was not allowed; absent where it is another failure. */
  readonly denial?: Denial;
}

/** What this program gives as the reason itself. */
export interface OwnFailure {
  readonly kind: 'own';
  /** The call that it is about; absent where no call was made. */
  readonly operation?: string;
  readonly code: OwnCode;
  readonly message: string;
  /** The failure behind it. */
  readonly because?: Failure;
}

/** Why something was not done or could not be read. Decisions read its fields, people its text. */
export type Failure = CallFailure | OwnFailure;

/** Makes a failure of our own. */
export const ownFailure = (
  code: OwnCode,
  message: string,
  more: Pick<OwnFailure, 'operation' | 'because'> = {},
): OwnFailure => ({
  kind: 'own',
  code,
  message,
  ...more,
});

/** Writes a failure as people read it: `CreateBackup: ThrottlingException: Rate exceeded`. Nothing may read it back. */
export const failureText = (failure: Failure): string => {
  const { operation, message } = failure;
  if (failure.kind === 'call') return `${operation}: ${failure.code}: ${message}`;
  const because = failure.because === undefined ? '' : `: ${failureText(failure.because)}`;
  return `${operation === undefined ? '' : `${operation}: `}${message}${because}`;
};

/** Thrown where a failure cannot be returned; its message is the failure's text. */
export class FailureError extends Error {
  override readonly name = 'FailureError';
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failureText(failure), options);
    this.failure = failure;
  }
}

/** Reads the failure out of anything that was thrown. */
export const thrownFailure = (thrown: unknown): Failure =>
  thrown instanceof FailureError
    ? thrown.failure
    : ownFailure('thrown', thrown instanceof Error ? thrown.message : String(thrown));
