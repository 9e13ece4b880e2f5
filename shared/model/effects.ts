/**
 * What a run that a person started may change: `all` as a function would; `creating` makes recovery points and tells, remembers and repairs nothing,
 * as by policies that are not the deployed ones; `none` is a dry run.
 */
export const EFFECTS = ['all', 'creating', 'none'] as const;
export type Effects = (typeof EFFECTS)[number];
