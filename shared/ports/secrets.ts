/** A value that is kept out of the environment, the log and every error. */
export interface Secret {
  /** Where it is kept: not secret itself. */
  readonly name: string;
  /** May be up to five minutes old. Throws, a `UserError` where there is none. */
  read(): Promise<string>;
  /** The next read asks the store again: the value turned out to be of no use. */
  forget(): void;
}

/** Something that is odd about a secret and may be meant so. */
export interface SecretDoubt {
  readonly what: string;
  readonly fix: string;
}

/** Looks whether a secret is there and has the form it needs, without using it. */
export interface SecretCheck {
  /** Where it is kept: not secret itself. */
  readonly name: string;
  /**
   * Returns what is odd about it, if anything is. Throws where it is missing, unreadable or of another form; a `UserError` where a person can mend
   * it. Never repeats the secret.
   */
  check(): Promise<SecretDoubt | undefined>;
}
