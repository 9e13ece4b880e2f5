/**
 * What a run that a person started may change: `all` as a function would; `creating` makes recovery points but sends, remembers and repairs nothing,
 * for policies that are not the deployed ones; `none` is a dry run.
 */
export const EFFECTS = ['all', 'creating', 'none'] as const;
export type Effects = (typeof EFFECTS)[number];
