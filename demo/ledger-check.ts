/** One thing that must be true of the account, and what contradicts it. */
export interface LedgerCheck {
  readonly claim: string;
  readonly contradictions: readonly string[];
}
