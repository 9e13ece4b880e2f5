/** A value that is kept out of the environment, the log and every error. */
export interface Secret {
  /** Where it is kept: not secret itself. */
  readonly name: string;
  /** May be up to five minutes old. Throws, a `UserError` where there is none. */
  read(): Promise<string>;
  /** The next read asks the store again: the value turned out to be of no use. */
  forget(): void;
}
