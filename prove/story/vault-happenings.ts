import type { Dice } from './dice.ts';
import type { Happening, StoryEvent } from './event.ts';
import { TABLES } from './happenings.ts';
import type { VaultName } from './vault-event.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const LOST: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ['FAILED', 'An internal error occurred.'],
  ['FAILED', 'Access denied exception while trying to list tags'],
  ['FAILED', 'Nobody has ever seen these words.'],
  ['EXPIRED', 'Backup job failed because there was a running job for the same resource.'],
  ['EXPIRED', 'Backup job expired before completion.'],
  ['ABORTED', 'Backup job was stopped by user.'],
  ['PARTIAL', 'Something was left out.'],
  ['COMPLETED', 'We are unable to copy resource tags to your backup because of the Internal Failure.'],
  ['CREATED', ''],
  ['THROTTLED', 'A word that no model knows.'],
];

const jobs = (dice: Dice): Happening => {
  const [state, message] = dice.oneOf(LOST);
  return {
    kind: 'jobs-troubled',
    job: dice.oneOf(['backup', 'backup', 'copy']),
    state,
    message,
    times: dice.oneOf([1, 1, 2, 3, 5]),
    ...(state === 'COMPLETED' && dice.happens(0.7) && { losesTags: true as const }),
  };
};

const VAULTS: readonly [VaultName, ...VaultName[]] = ['tablekeeper', 'tablekeeper', 'archive', 'dr', 'far'];

const DENIED = [
  'backup:ListRecoveryPointsByBackupVault',
  'backup:ListRecoveryPointsByBackupVault',
  'backup:DeleteRecoveryPoint',
  'backup:DescribeRecoveryPoint',
  'backup:StartBackupJob',
  'backup:CopyIntoBackupVault',
] as const;

/** Something that is so for a while: how it begins and how it ends. */
const LASTING: readonly ((dice: Dice) => readonly [Happening, Happening])[] = [
  (dice) => {
    const vault = dice.oneOf(VAULTS);
    const kind = 'vault-policy-set';
    return [
      { kind, vault, denied: dice.oneOf(DENIED) },
      { kind, vault, denied: null },
    ];
  },
  (dice) => {
    const vault = dice.oneOf(VAULTS);
    return [
      { kind: 'vault-locked', vault, minDays: dice.oneOf([1, 14, 60]) },
      { kind: 'vault-locked', vault, minDays: null },
    ];
  },
  () => [
    { kind: 'legal-hold-set', on: true },
    { kind: 'legal-hold-set', on: false },
  ],
  () => [
    { kind: 'advanced-features-set', on: false },
    { kind: 'advanced-features-set', on: true },
  ],
  (dice) => [
    { kind: 'job-role-set', trouble: dice.oneOf(['missing', 'untrusted']) },
    { kind: 'job-role-set', trouble: null },
  ],
  () => [
    { kind: 'linked-role-set', on: false },
    { kind: 'linked-role-set', on: true },
  ],
  () => [
    { kind: 'cross-account-set', on: false },
    { kind: 'cross-account-set', on: true },
  ],
  (dice) => {
    const vault = dice.oneOf<'dr' | 'far'>(['dr', 'far']);
    return [
      { kind: 'destination-closed', vault, on: true },
      { kind: 'destination-closed', vault, on: false },
    ];
  },
  (dice) => {
    const vault = dice.oneOf(VAULTS);
    return [
      { kind: 'vault-destroyed', vault },
      { kind: 'vault-made', vault },
    ];
  },
];

const ONCE: readonly ((dice: Dice, table: string) => Happening)[] = [
  jobs,
  jobs,
  jobs,
  (dice, table) => ({ kind: 'foreign-job', table, byPlan: dice.happens(0.6) }),
  (dice, table) => ({ kind: 'foreign-job', table, byPlan: dice.happens(0.6) }),
  (dice, table) => ({ kind: 'foreign-copy', table, nth: dice.between(0, 3) }),
  (dice, table) => ({
    kind: 'foreign-point',
    table,
    mark: dice.oneOf(['none', 'other-instance', 'true']),
  }),
  (dice, table) => ({ kind: 'mark-stripped', table, nth: dice.between(0, 3) }),
  (dice, table) => ({ kind: 'vault-point-deleted', table, nth: dice.between(0, 3) }),
  (dice, table) => ({ kind: 'vault-point-stuck', table, nth: dice.between(0, 3) }),
];

interface Span {
  readonly startAt: number;
  readonly endAt: number;
}

/** What befalls vaults over a story, in no order. Whatever lasts ends some time, unless the story ends before. */
export const vaultEvents = (dice: Dice, { endAt, startAt }: Span): readonly StoryEvent[] => {
  const perYear = (count: number): number =>
    Math.max(2, Math.round((count * (endAt - startAt)) / (365 * DAY_MS)));
  const moment = (): number => startAt + dice.between(1, Math.floor((endAt - startAt) / 60_000)) * 60_000;
  const pick = <Value>(all: readonly Value[]): Value => all[dice.between(0, all.length - 1)] as Value;
  const once = Array.from({ length: perYear(dice.between(8, 40)) }, () => ({
    at: moment(),
    ...pick(ONCE)(dice, dice.oneOf(TABLES)),
  }));
  const lasting = Array.from({ length: perYear(dice.between(0, 8)) }, () => {
    const [begins, ends] = pick(LASTING)(dice);
    const at = moment();
    const lastsMs = dice.oneOf([2 * HOUR_MS, DAY_MS, 8 * DAY_MS, 20 * DAY_MS, 45 * DAY_MS]);
    return [{ at, ...begins }, ...(at + lastsMs < endAt ? [{ at: at + lastsMs, ...ends }] : [])];
  });
  return [...once, ...lasting.flat()];
};
