/** One thing that a caller, or a role, must be allowed. */
export interface Demand {
  readonly action: string;
  readonly resource: string;
}
