/** A vault of the bench by its name: two at home, one in another Region, one in another account. */
export type VaultName = 'archive' | 'dr' | 'far' | 'tablekeeper';

/** What happens to vaults, to what is in them and to jobs of AWS Backup. */
export type VaultHappening =
  /** The next so many jobs come to that. */
  | {
      readonly kind: 'jobs-troubled';
      readonly job: 'backup' | 'copy';
      readonly state: string;
      readonly message: string;
      readonly times: number;
      readonly losesTags?: true;
    }
  /** An action that the vault's policy denies to everybody; null for none. */
  | { readonly kind: 'vault-policy-set'; readonly vault: VaultName; readonly denied: string | null }
  /** For how many days the lock keeps what is in it; null for no lock. */
  | { readonly kind: 'vault-locked'; readonly vault: VaultName; readonly minDays: number | null }
  | { readonly kind: 'legal-hold-set'; readonly on: boolean }
  | { readonly kind: 'advanced-features-set'; readonly on: boolean }
  | { readonly kind: 'job-role-set'; readonly trouble: 'missing' | 'untrusted' | null }
  | { readonly kind: 'linked-role-set'; readonly on: boolean }
  | { readonly kind: 'cross-account-set'; readonly on: boolean }
  | { readonly kind: 'destination-closed'; readonly vault: 'dr' | 'far'; readonly on: boolean }
  | { readonly kind: 'vault-destroyed'; readonly vault: VaultName }
  | { readonly kind: 'vault-made'; readonly vault: VaultName }
  /** Somebody else's plan backs a table up, or their hands do. */
  | { readonly kind: 'foreign-job'; readonly table: string; readonly byPlan: boolean }
  /** Of what is in the home vaults of a table, counted from the newest. */
  | { readonly kind: 'foreign-copy'; readonly table: string; readonly nth: number }
  | {
      readonly kind: 'foreign-point';
      readonly table: string;
      readonly mark: 'none' | 'other-instance' | 'true';
    }
  | { readonly kind: 'mark-stripped'; readonly table: string; readonly nth: number }
  | { readonly kind: 'vault-point-deleted'; readonly table: string; readonly nth: number }
  | { readonly kind: 'vault-point-stuck'; readonly table: string; readonly nth: number };
