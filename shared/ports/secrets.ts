/** A value that is kept out of the environment, the log and every error. */
export interface Secret {
  /** Where it is kept: not secret itself. */
  readonly name: string;
  /** May be up to five minutes old. Throws, a `UserError` where there is none. */
  read(): Promise<string>;
  /** The next read asks the store again: the value turned out to be of no use. */
  forget(): void;
}

/** Something unusual about a secret that may be intended. */
export interface SecretDoubt {
  readonly what: string;
  readonly fix: string;
}

/** Looks whether a secret is there and has the form it needs, without using it. */
export interface SecretCheck {
  /** Where it is kept: not secret itself. */
  readonly name: string;
  /**
   * Returns what is unusual about it, if anything. Throws if it is missing, unreadable or of another form; a `UserError` if a user can fix it. Never
   * repeats the secret.
   */
  check(): Promise<SecretDoubt | undefined>;
}
