import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import { recoveryPointName } from '../../shared/model/recovery-point-name.ts';
import { createBackup } from '../../sim/console/backups.ts';
import { createTable, deleteTable, setStatus } from '../../sim/console/tables.ts';
import { FAULTS_STORY } from '../faults/estate.ts';
import type { Story } from '../story/event.ts';
import type { World } from '../world/deployment.ts';
import { HOLD_TAG, POLICY_TAG } from '../world/happen.ts';

/** The daily policy of the table of faults, and one half an hour earlier. */
export const ANSWERS_STORY: Story = {
  ...FAULTS_STORY,
  settings: { ...FAULTS_STORY.settings, shortPages: 0.4 },
  file: {
    ...FAULTS_STORY.file,
    policies: [
      ...FAULTS_STORY.file.policies,
      { name: 'early', rhythm: { minute: 30, hour: 2 }, retention: { last: 2 }, rpoHours: 26 },
    ],
  },
};

const START = ANSWERS_STORY.startAt;
const SLOT = START + HOUR_MS;

const nameFor = (slot: number, instance = 'prod'): string =>
  recoveryPointName({ instance, policy: 'daily', slot });

/** One for each slot of the days before, a minute after it. */
const addPast = ({ account }: World, table: string, daysAgo: readonly number[], instance = 'prod'): void => {
  for (const days of daysAgo) {
    const slot = SLOT - days * DAY_MS;
    createBackup(account, { table, name: nameFor(slot, instance), createdAt: slot + MINUTE_MS });
  }
};

const addTable = (world: World, name: string, tags: Readonly<Record<string, string>>, pitr = true): void => {
  const createdAt = START - 60 * DAY_MS;
  createTable(world.account, { name, tags, pitr, sizeBytes: 1_000_000, createdAt });
};

const GOVERNED = { [POLICY_TAG]: 'daily' };

/** The table whose backups under `early` are denied, which is why nothing of it may expire. */
const FAILING = 'Refunds';

/**
 * Creates every reason to keep a recovery point, each on a table of its own with more than two recovery points: with one field less, it would be
 * deleted.
 */
export const settleIn = (world: World): void => {
  addTable(world, 'Orders', GOVERNED);
  addTable(world, 'carts', { ...GOVERNED, team: 'shop' });
  addTable(world, 'ledger', { ...GOVERNED, [HOLD_TAG]: 'true' });
  addTable(world, FAILING, { [POLICY_TAG]: 'daily+early' });
  addTable(world, 'Vault', GOVERNED);
  addTable(world, 'sessions', GOVERNED);
  addTable(world, 'scratch', {});
  for (const table of ['Orders', 'carts', 'ledger', FAILING, 'Vault', 'sessions'])
    addPast(world, table, [4, 3, 2, 1]);
  addPast(world, 'carts', [3, 2], 'staging');
  createBackup(world.account, { table: 'Orders', name: 'before-migration', createdAt: START - 9 * DAY_MS });
  deleteTable(world.account, 'sessions');
  createTable(world.account, { name: 'sessions', tags: GOVERNED, pitr: true, createdAt: START });
  setStatus(world.account, 'Vault', 'INACCESSIBLE_ENCRYPTION_CREDENTIALS');
};

/** No backup of an inaccessible table is tried, so its newest one is there already: only its status stops expiry. */
export const fillSlot = ({ account }: World): void => {
  createBackup(account, { table: 'Vault', name: nameFor(SLOT), createdAt: SLOT + MINUTE_MS });
};

/** From here on a policy denies the backups under `early` of that table. */
export const denyBackups = ({ account }: World): void => {
  const when = ({ BackupName, TableName }: Readonly<Record<string, unknown>>): boolean =>
    TableName === FAILING && String(BackupName).includes('.early.');
  account.faults.add({ operation: 'CreateBackup', kind: 'access-denied', when });
};

export const AT = {
  /** What comes before: a backup that fails, and an audit that remembers. */
  earlyBackup: START + 32 * MINUTE_MS,
  earlyAudit: START + 45 * MINUTE_MS,
  backup: SLOT + 2 * MINUTE_MS,
  prune: SLOT + 40 * MINUTE_MS,
  audit: SLOT + 50 * MINUTE_MS,
};
