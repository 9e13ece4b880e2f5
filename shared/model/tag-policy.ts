import type { Failure } from './failure.ts';

/**
 * What an organization says of the tags in an account. `no-organization`: the account belongs to none · `none`: it does, and no tag policy is
 * in force · `found`: the document that all tag policies above the account come to.
 */
export type TagPolicy =
  | { readonly kind: 'no-organization' }
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly document: string }
  | { readonly kind: 'unreadable'; readonly failure: Failure };
