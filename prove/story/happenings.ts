import type { Dice } from './dice.ts';
import type { Happening } from './event.ts';
import { POLICY_NAMES } from './file-choice.ts';

/** Few names, so that tables come back under the same one. */
export const TABLES = ['Orders', 'carts', 'user.profiles', 'audit-log', 'Zaehler', 'jobs_v2'] as const;

/** Names that look like this deployment's and are not: another instance's, a person's copy of one, dates that do not exist. */
const STRANGERS = [
  'before-the-migration',
  'tablekeeper.stage.gold.20260105T030000Z',
  'tablekeeper.prod2.gold.20260105T030000Z',
  'tablekeeper.prod.gold.20260105T030000Z.bak',
  'tablekeeper.prod.gold.20260230T030000Z',
  'tablekeeper.prod.gold.20260105T030000',
  'tablekeeper.prod.20260105T030000Z',
  'Tablekeeper.prod.gold.20260105T030000Z',
  'tablekeeper.PROD.gold.20260105T030000Z',
  'copy-of-tablekeeper.prod.gold.20260105T030000Z',
  'tablekeeper..gold.20260105T030000Z',
] as const;

const TAGS = [
  ...POLICY_NAMES,
  'gold',
  'gold',
  'gold+silver',
  'silver + bronze',
  'gold+bronze+silver',
] as const;
const ODD_TAGS = ['none', 'glod', 'Gold', '', 'gold+silvr', 'none+gold', 'platinum'] as const;

const tagOf = (dice: Dice): string => (dice.happens(0.8) ? dice.oneOf(TAGS) : dice.oneOf(ODD_TAGS));

const pitrDaysOf = (dice: Dice): number => dice.oneOf([0, 1, 7, 35, 35, 35]);

const madeOf = (dice: Dice, table: string): Happening => ({
  kind: 'table-made',
  table,
  tag: dice.happens(0.9) ? tagOf(dice) : null,
  pitrDays: pitrDaysOf(dice),
});

/** An exact name of this deployment is used by AWS Backup only: the owner of a USER backup is determined by its name alone. */
const strangerOf = (dice: Dice, table: string): Happening =>
  dice.happens(0.2)
    ? { kind: 'stranger-backup', table, name: 'tablekeeper.prod.gold.20260105T030000Z', type: 'AWS_BACKUP' }
    : { kind: 'stranger-backup', table, name: dice.oneOf(STRANGERS), type: 'USER' };

const MUTES: readonly [number, ...(number | string | null)[]] = [
  1,
  2,
  7,
  30,
  90,
  91,
  400,
  'soon',
  '2026-02-30',
  '',
  null,
];

/** As people write it, and nothing more often than not. */
const HOLDS: readonly [string, ...(string | null)[]] = [
  'true',
  'true',
  ' True',
  'yes',
  '',
  'no',
  null,
  null,
  null,
  null,
];

/** Emptied more often than not, by less than a tenth, to a tenth and a little, and filled again. */
const SIZES: readonly [number, ...number[]] = [0, 0, 0, 1_500_000, 2_500_000, 20_000_000, 400_000_000];

const CHOICES: readonly ((dice: Dice, table: string) => Happening)[] = [
  madeOf,
  madeOf,
  (_, table) => ({ kind: 'table-deleted', table }),
  (_, table) => ({ kind: 'table-recreated', table }),
  (dice, table) => ({ kind: 'tagged', table, value: dice.happens(0.85) ? tagOf(dice) : null }),
  (dice, table) => ({ kind: 'tagged', table, value: tagOf(dice) }),
  (dice, table) => ({ kind: 'held', table, value: dice.oneOf<string | null>(HOLDS) }),
  (dice, table) => ({ kind: 'pitr-set', table, days: pitrDaysOf(dice) }),
  (dice, table) => ({ kind: 'pitr-set', table, days: pitrDaysOf(dice) }),
  (_, table) => ({ kind: 'pitr-bounced', table }),
  (dice, table) => ({ kind: 'resized', table, sizeBytes: dice.oneOf(SIZES) }),
  (dice, table) =>
    dice.happens(0.3)
      ? { kind: 'smaller-meant', table, daysAgo: dice.oneOf([-3, 0, 1, 10]) }
      : { kind: 'resized', table, sizeBytes: dice.oneOf(SIZES) },
  (dice, table) => ({ kind: 'muted', table, until: dice.oneOf<number | string | null>(MUTES) }),
  (dice, table) =>
    dice.happens(0.2) ? { kind: 'tags-swept', kept: dice.between(0, 2) } : madeOf(dice, table),
  strangerOf,
  strangerOf,
  (dice, table) => ({ kind: 'backup-deleted', table, nth: dice.between(0, 4) }),
  (dice, table) => ({ kind: 'locked-out', table, on: dice.happens(0.3) }),
  (dice) => ({ kind: 'backups-take', ms: dice.oneOf([50, 50, 60_000, 20 * 60_000, 7 * 3_600_000]) }),
];

/** Something that may happen to an estate. */
export const chooseHappening = (dice: Dice): Happening => {
  const choose = CHOICES[dice.between(0, CHOICES.length - 1)] ?? madeOf;
  return choose(dice, dice.oneOf(TABLES));
};

/** The estate on the first day. */
export const firstTables = (dice: Dice): readonly Happening[] =>
  TABLES.filter(() => dice.happens(0.7)).map((table) => madeOf(dice, table));

/** A table that is deleted and recreated under its name. */
export const recreatedTable = (dice: Dice): Happening => ({
  kind: 'table-recreated',
  table: dice.oneOf(TABLES),
});
