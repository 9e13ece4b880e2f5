/** What policies an account has from its organization, as the documents that are in force, by type: `TAG_POLICY`. */
export type EffectivePolicies = Map<string, { readonly content: string; readonly changedAt: number }>;

/** The organization that the account belongs to, if it does. */
export interface Organization {
  isMember: boolean;
  readonly policies: EffectivePolicies;
}

export const createOrganization = (): Organization => ({ isMember: false, policies: new Map() });
