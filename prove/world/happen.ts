import type { SimAccount } from '../../sim/account.ts';
import { backupsOf, createBackup, deleteBackup } from '../../sim/console/backups.ts';
import {
  createTable,
  deleteTable,
  resizeTable,
  setPitr,
  setStatus,
  tablesOf,
  tagTable,
} from '../../sim/console/tables.ts';
import type { Table } from '../../sim/dynamodb/table.ts';
import type { Happening } from '../story/event.ts';
import type { VaultHappening } from '../story/vault-event.ts';
import type { World } from './deployment.ts';
import { forge } from './forge.ts';
import { happenToVaults, isOfVaults } from './vault-effects.ts';

type Of<Kind extends Happening['kind']> = Extract<Happening, { kind: Kind }>;

export const POLICY_TAG = 'backup:policy';
export const HOLD_TAG = 'backup:hold';
export const SMALLER_TAG = 'backup:smaller-since';
export const MUTE_TAG = 'backup:mute-until';

const DAY_MS = 86_400_000;

const pitrOf = (days: number): boolean | { recoveryPeriodDays: number } =>
  days === 0 ? false : { recoveryPeriodDays: days };

/** The services that list tags learn of it as late as the story says. */
const setTag = (account: SimAccount, table: string, key: string, value: string | null): void =>
  tagTable(account, table, { [key]: value }, account.state.settings.tagLagMs);

const make = (account: SimAccount, { table, tag, pitrDays }: Of<'table-made'>): void => {
  if (account.state.tables.get(table)) return;
  const tags = tag === null ? {} : { [POLICY_TAG]: tag };
  createTable(account, { name: table, tags, pitr: pitrOf(pitrDays), sizeBytes: 20_000_000 });
};

const remake = (account: SimAccount, { name, tags, pitr }: Table): void => {
  deleteTable(account, name);
  createTable(account, { name, tags, pitr: pitrOf(pitr?.recoveryPeriodDays ?? 0), sizeBytes: 40_000_000 });
};

const deleteNth = (account: SimAccount, { table, nth }: Of<'backup-deleted'>): void => {
  const backup = backupsOf(account, table).toReversed()[nth];
  if (backup) deleteBackup(account, backup.arn);
};

/** The day so many days from now, as a person writes it. */
const dayText = (now: number, days: number): string =>
  new Date(now + days * DAY_MS).toISOString().slice(0, 10);

const sweep = (account: SimAccount, kept: number): void => {
  const tagged = tablesOf(account).filter(({ tags }) => (tags[POLICY_TAG] ?? 'none') !== 'none');
  for (const { name } of tagged.slice(kept)) setTag(account, name, POLICY_TAG, null);
};

/** The table of that name, where there is one. */
const onTable = (world: World, name: string, applyEvent: (table: Table) => void): void => {
  world.account.state.settle();
  const table = world.account.state.tables.get(name);
  if (table !== undefined) applyEvent(table);
};

type Elsewhere = VaultHappening['kind'];

const EFFECTS: {
  readonly [Kind in Exclude<Happening['kind'], Elsewhere>]: (world: World, happening: Of<Kind>) => void;
} = {
  'table-made': ({ account }, happening) => make(account, happening),
  'table-deleted': (world, { table }) => onTable(world, table, () => deleteTable(world.account, table)),
  'table-recreated': (world, { table }) => onTable(world, table, (former) => remake(world.account, former)),
  tagged: (world, { table, value }) =>
    onTable(world, table, () => setTag(world.account, table, POLICY_TAG, value)),
  held: (world, { table, value }) =>
    onTable(world, table, () => setTag(world.account, table, HOLD_TAG, value)),
  muted: (world, { table, until }) =>
    onTable(world, table, () => {
      const value = typeof until === 'number' ? dayText(world.account.clock.now(), until) : until;
      setTag(world.account, table, MUTE_TAG, value);
    }),
  'tags-swept': ({ account }, { kept }) => sweep(account, kept),
  'pitr-set': (world, { table, days }) =>
    onTable(world, table, () =>
      setPitr(world.account, table, {
        enabled: days > 0,
        ...(days > 0 && { recoveryPeriodDays: days }),
      }),
    ),
  resized: (world, { table, sizeBytes }) =>
    onTable(world, table, () => resizeTable(world.account, table, sizeBytes)),
  'smaller-meant': (world, { table, daysAgo }) =>
    onTable(world, table, () =>
      setTag(world.account, table, SMALLER_TAG, dayText(world.account.clock.now(), -daysAgo)),
    ),
  'pitr-bounced': (world, { table }) =>
    onTable(world, table, ({ pitr }) => {
      if (pitr === undefined) return;
      const { recoveryPeriodDays } = pitr;
      setPitr(world.account, table, { enabled: false });
      setPitr(world.account, table, { enabled: true, recoveryPeriodDays });
    }),
  'policies-edited': (world, { file }) => world.deploy(file),
  'stranger-backup': (world, { table, name, type }) =>
    onTable(world, table, () => void createBackup(world.account, { table, name, type })),
  'backup-deleted': ({ account }, happening) => deleteNth(account, happening),
  forged: (world, happening) => onTable(world, happening.table, () => forge(world, happening)),
  'tag-key-changed': (world, { table, key }) =>
    onTable(world, table, ({ tags }) => {
      const value = tags[POLICY_TAG];
      if (value === undefined) return;
      tagTable(
        world.account,
        table,
        { [POLICY_TAG]: null, [key]: value },
        world.account.state.settings.tagLagMs,
      );
    }),
  'locked-out': (world, { table, on }) =>
    onTable(world, table, () =>
      setStatus(world.account, table, on ? 'INACCESSIBLE_ENCRYPTION_CREDENTIALS' : undefined),
    ),
  'backups-take': (world, { ms }) => {
    world.backupMs = ms;
  },
};

/** Lets it happen, if there is anything that it can happen to. */
export const happen = <One extends Happening>(world: World, happening: One): void => {
  if (isOfVaults(happening)) {
    if (world.places !== undefined) happenToVaults(world.places, happening);
    return;
  }
  const effect = EFFECTS[happening.kind as Exclude<One['kind'], Elsewhere>] as (
    world: World,
    happening: One,
  ) => void;
  effect(world, happening);
};
