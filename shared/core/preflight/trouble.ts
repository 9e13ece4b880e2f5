import type { Advice, Command } from '../../model/advice.ts';
import type { Failure } from '../../model/failure.ts';
import type { Severity } from '../../model/finding.ts';

/** What can be wrong with what policies of vaults need; each is a kind of finding. */
export type TroubleKind =
  | 'backup-settings-off'
  | 'copy-impossible'
  | 'vault-key-unusable'
  | 'vault-lock-refuses'
  | 'vault-locked-for-good'
  | 'vault-missing'
  | 'vault-policy-denies'
  | 'vault-role-unusable'
  | 'vault-unguarded';

/** One thing that keeps AWS Backup from doing what a policy asks for, seen before a job fails by it. */
export interface Trouble {
  readonly kind: TroubleKind;
  /** What it is about, the same for as long as it lasts: an ARN, the name of a setting, a policy with its vault. */
  readonly subject: readonly string[];
  /** `info`: most likely meant, so it is said to a person who asks, and no audit reports it. */
  readonly severity: Severity;
  readonly fact: string;
  readonly measured: string;
  readonly promised: string;
  readonly advice: Advice;
}

/** Something that could not be read: no trouble, and not known to be none. */
export interface Unknown {
  readonly kind: TroubleKind;
  readonly subject: readonly string[];
  /** In a few words: `the key of the vault tablekeeper`. What is unknown for the same reason has the same. */
  readonly what: string;
  readonly failure: Failure;
  /** Shows a person what could not be judged here; absent where nothing could be read. */
  readonly look?: Command;
}

/** What was found out of what policies of vaults need. */
export interface Preflight {
  readonly troubles: readonly Trouble[];
  readonly unknowns: readonly Unknown[];
}

/** Whether only the call itself shows it: jobs go on, and one that is denied says so. */
export const isShownByJobs = ({ failure }: Pick<Unknown, 'failure'>): boolean =>
  failure.kind === 'own' && failure.code === 'depends';

export const NOTHING: Preflight = { troubles: [], unknowns: [] };

/** Puts several together, in their order. */
export const joined = (parts: readonly Preflight[]): Preflight => ({
  troubles: parts.flatMap(({ troubles }) => troubles),
  unknowns: parts.flatMap(({ unknowns }) => unknowns),
});

export const troubled = (...troubles: readonly Trouble[]): Preflight => ({ troubles, unknowns: [] });

export const unknown = (...unknowns: readonly Unknown[]): Preflight => ({ troubles: [], unknowns });
