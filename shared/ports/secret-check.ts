/** Looks whether a secret is there and has the form it needs, without using it. */
export interface SecretCheck {
  /** Where it is kept: not secret itself. */
  readonly name: string;
  /** Throws where it is missing, unreadable or of another form; a `UserError` where a person can mend it. Never repeats the secret. */
  check(): Promise<void>;
}
