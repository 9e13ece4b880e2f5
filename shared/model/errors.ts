import { type Advice, asAdvice, type Command, type Said, withCommands } from './advice.ts';
import { adviceLine } from './shell.ts';

/** Where a person's mistake stands: a file, and line and column counted from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** What a `UserError` says: the code scripts can match, what is wrong, where, and what to do about it. */
export interface UserErrorContent {
  readonly code: string;
  readonly what: string;
  readonly where?: Place;
  /** Words, or advice where there is a command in it: whoever shows it completes the command. */
  readonly fix: Said;
  /** What else is known of it as data, for `--json`. */
  readonly facts?: object;
}

const placeText = (place: Place | undefined): string =>
  place === undefined
    ? ''
    : `${[place.file, place.line, place.column].filter((part) => part !== undefined).join(':')}: `;

/** Where a mistake is and what is wrong, without what to do about it. */
const mistakeText = ({ where, what }: Pick<UserErrorContent, 'what' | 'where'>): string =>
  `${placeText(where)}${what}`;

/**
 * A user's mistake, reported so that the user can fix it. Its message reads `policies.yml:4:7: what is wrong. What to do.` Anything that is neither a
 * user's mistake nor an expected outcome is an ordinary `Error`: a bug.
 */
export class UserError extends Error {
  readonly content: UserErrorContent;

  constructor(content: UserErrorContent, options?: ErrorOptions) {
    super(`${mistakeText(content)} ${adviceLine(asAdvice(content.fix))}`, options);
    this.name = 'UserError';
    this.content = content;
  }
}

/** Says what is wrong and what to do in one paragraph, with the commands below it. */
export const mistakeSaid = ({ content }: UserError): Advice => {
  const fix = asAdvice(content.fix);
  return { ...fix, say: `${mistakeText(content)} ${fix.say}`.trim() };
};

/** Several mistakes in one file, so that a user can fix them at once. `errors` keeps the order of the file. */
export class UserErrors extends UserError {
  readonly errors: readonly UserError[];

  constructor(errors: readonly [UserError, ...UserError[]]) {
    super(errors[0].content);
    this.message = errors.map((error) => error.message).join('\n');
    this.errors = errors;
  }
}

/** Changes every command of a mistake, or of several, and leaves the rest. */
export const withFixCommands = (error: UserError, change: (command: Command) => Command): UserError => {
  if (error instanceof UserErrors) {
    const [first, ...rest] = error.errors.map((one) => withFixCommands(one, change));
    return first === undefined ? error : new UserErrors([first, ...rest]);
  }
  const { content, cause } = error;
  return typeof content.fix === 'string'
    ? error
    : new UserError({ ...content, fix: withCommands(content.fix, change) }, { cause });
};

/** Closes a switch over a union: the compiler proves that it is never reached, and a value from outside still throws. */
export const assertNever = (value: never): never => {
  throw new Error(`a case is missing for ${JSON.stringify(value)}`);
};

/** Returns the message of anything that was thrown; a thing that is not an `Error` is shown as text. */
export const messageOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);

/** The state table does not exist: nothing is remembered, and no run can hold a claim. */
export class StateTableMissingError extends Error {
  override readonly name = 'StateTableMissingError';
}

/** A message that certainly reached no one: it does not have to be remembered as possibly sent. */
export class NotSentError extends Error {
  override readonly name = 'NotSentError';
}
