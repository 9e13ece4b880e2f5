import { type Dice, diceOf } from './dice.ts';
import type { SessionTrouble, VaultRestore } from './event.ts';
import { TABLES } from './happenings.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;

/** How often somebody restores from a vault in a year. */
const A_YEAR = 3;

const OPERATIONS: readonly [string, ...string[]] = [
  'StartRestoreJob',
  'StartRestoreJob',
  'GetRecoveryPointRestoreMetadata',
  'DescribeRestoreJob',
  'ListRestoreJobs',
  'ListRecoveryPointsByBackupVault',
  'DescribeRecoveryPoint',
  'PutItem',
  'DescribeTable',
];

/** What goes wrong in the first session: nothing, an answer, or the machine. */
const troubleOf = (dice: Dice): SessionTrouble | undefined => {
  if (dice.happens(0.3)) return undefined;
  if (dice.happens(0.4))
    return { kill: { call: dice.between(1, 60), when: dice.oneOf(['before', 'after']) } };
  return {
    wire: {
      operation: dice.oneOf(OPERATIONS),
      fault: dice.oneOf(['timeout-after-effect', 'connection-reset', 'internal-error', 'throttle']),
      times: 1,
      chance: dice.seed(),
    },
  };
};

const restoreOf = (dice: Dice): VaultRestore => {
  const trouble = troubleOf(dice);
  return {
    kind: 'vault-restore',
    table: dice.oneOf(TABLES),
    place: dice.oneOf(['home', 'home', 'dr']),
    nth: dice.between(0, 4),
    ...(trouble !== undefined && { trouble }),
  };
};

/** Draws the restores from vaults and copies of a story. */
export const vaultRestores = (
  seed: number,
  { startAt, endAt }: { readonly startAt: number; readonly endAt: number },
): readonly (VaultRestore & { readonly at: number })[] => {
  // Dice of their own, so that the rest of the story is the same without them.
  const dice = diceOf(seed ^ 0x7a17);
  const count = Math.max(1, Math.round((A_YEAR * (endAt - startAt)) / (365 * DAY_MS)));
  return Array.from({ length: count }, () => ({
    at: startAt + dice.between(1, Math.floor((endAt - startAt) / MINUTE_MS)) * MINUTE_MS,
    ...restoreOf(dice),
  }));
};
