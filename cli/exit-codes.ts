/** How a command ends. */
export type ExitCode = 0 | 1 | 2 | 3 | 70;

/** All is as promised, or was done. */
export const FINE = 0;
/** Something is wrong with the tables: critical or warning findings, or actions that failed or were refused. */
export const FINDINGS = 1;
/** The command line or the policy file has a mistake. */
export const USAGE = 2;
/** The account could not be read completely, or a run could not alert or save what it found. */
export const BLIND = 3;
/** A mistake in Tablekeeper itself. */
export const BUG = 70;
