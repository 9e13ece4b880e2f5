import { createRandom } from './random.ts';
import type { Settings } from './settings.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Where AWS's pages, measurements and reports contradict each other, or say nothing: what each of them says. New ones come last, so that a seed goes on choosing what it chose. */
const DISPUTED = {
  // The API reference has the source's settings of today, the guide those of that time, and one report the least capacity.
  pitrSettings: ['now', 'then', 'least-capacity'],
  // The guide implies that it stays, a measurement saw it go.
  restoreSummaryStays: [false, true],
  // AWS says at least 20 minutes, and once said mostly under an hour; empty tables were measured in minutes.
  pitrRestoreMs: [
    [81 * SECOND_MS, 721 * SECOND_MS],
    [20 * MINUTE_MS, 58 * MINUTE_MS],
  ],
  // Measured in seconds, reported in minutes.
  backupsEnabledMs: [0, 6 * SECOND_MS, 4 * MINUTE_MS, 11 * MINUTE_MS],
  // An hour by the documentation, half of it measured.
  ttlChangeMs: [HOUR_MS, 31 * MINUTE_MS],
  ttlSwitchMs: [0, 40 * MINUTE_MS],
  // Reported: a new table is not there for seconds, or for minutes.
  restoreHiddenMs: [0, 10 * SECOND_MS, 4 * MINUTE_MS],
  // Whether all indexes of a restored table are ACTIVE when it is.
  restoredIndexMs: [0, 9 * MINUTE_MS],
  // The reference names some changes that exclude each other, and is silent on the rest.
  updateTogether: [true, false],
  // Eventually consistent, it is said, and not how late.
  policyLagMs: [0, 20 * SECOND_MS],
  updateTableMs: [2 * SECOND_MS, 3 * MINUTE_MS],
  tagLockMs: [0, 3 * SECOND_MS],
  // AWS Backup begins at once, or within an hour.
  backupJobStartMs: [
    [5 * SECOND_MS, MINUTE_MS],
    [MINUTE_MS, 59 * MINUTE_MS],
  ],
  // Documented, and seen.
  readyStatus: ['AVAILABLE', 'COMPLETED'],
  // The start of the job is one thing, and of the backup another.
  pointDate: ['started', 'asked'],
  // Repeating a request is said to be a success; one report has a refusal.
  finishedTokens: ['quiet', 'refused'],
  equalRestoresAreOne: [false, true],
  // Seen by many, and declared.
  missingVault: ['access-denied', 'not-found'],
  // Declared as an error of the call, and listed among the messages of jobs.
  missingVaultJob: ['refused', 'fails'],
  // The code is not documented, and two texts are in circulation.
  lockedDeletion: ['AccessDeniedException', 'InvalidRequestException'],
  lockBars: ['always', 'until-min'],
  heldDeletion: ['InvalidRequestException', 'InvalidResourceStateException', 'AccessDeniedException'],
  // It has changed over time.
  plainTags: ['InvalidParameterValueException', 'ResourceNotFoundException', 'AccessDeniedException'],
  // The text stands among the messages of jobs and in answers to calls.
  impossibleCopy: ['fails', 'refused'],
  // Two pages.
  copiesAtOnce: [100, 5],
  copiesOfResource: [30, 5],
  defaultKeyTakesCopies: [true, false],
  // Not documented.
  lockCountsFrom: ['creation', 'arrival'],
  restoredKey: ['source', 'owned'],
  // The guide says that jobs on demand opt in by themselves.
  jobsOptIn: [false, true],
  // In most cases, AWS says.
  linkedRoleExpires: [true, false],
  // The operation's description leaves them out, its filter names them.
  listBackupsShowsAwsBackup: [false, true],
  // Listed as a common error, and what an invalid token is answered with.
  disabledRegion: ['UnrecognizedClientException', 'OptInRequired'],
  // Not documented.
  restoredFromSays: ['point', 'table'],
} satisfies { readonly [Name in keyof Settings]?: readonly NonNullable<Settings[Name]>[] };

/** Chooses by the seed how an account behaves wherever sources disagree. Whatever depends on it has to be right either way. */
export const disputedSettings = (seed: number): Pick<Settings, keyof typeof DISPUTED> => {
  const random = createRandom(seed);
  const chosen = Object.entries(DISPUTED).map(([name, choices]) => [
    name,
    choices[random.between(0, choices.length - 1)],
  ]);
  return Object.fromEntries(chosen) as Pick<Settings, keyof typeof DISPUTED>;
};
