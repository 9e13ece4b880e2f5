/** The policy of a table or a stream, and what it was before, which a reader may still be shown. */
export interface ResourcePolicy {
  /** Undefined when it was deleted. */
  readonly document: string | undefined;
  readonly revisionId: string;
  readonly changedAt: number;
  readonly former: { readonly document: string; readonly revisionId: string } | undefined;
}
