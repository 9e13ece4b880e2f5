import { DAY_MS, HOUR_MS, type Instant, isoInstant, MINUTE_MS } from '../../../shared/model/instant.ts';
import { pointTagValue } from '../../../shared/model/vault-tag.ts';
import type { SimAccount } from '../../../sim/account.ts';
import type { RecoveryPoint } from '../../../sim/backup/points.ts';
import { openRegion } from '../../../sim/console/regions.ts';
import { tableOf } from '../../../sim/console/tables.ts';
import { createPoint, createVault, pointsOf, startCopy } from '../../../sim/console/vaults.ts';
import type { Deployment, DeploymentOptions } from '../../support/deployment.ts';
import { vaultRoleOf } from '../../support/rights.ts';
import { aFullTable, restoring, type Typing } from './world.ts';

// Tables with recovery points in backup vaults, at home and in another Region.

export const ACCOUNT_ID = '111122223333';
export const HOME = 'us-east-1';
export const THERE = 'eu-west-1';
export const DR_ARN = `arn:aws:backup:${THERE}:${ACCOUNT_ID}:backup-vault:dr`;

/** A vault of another account. */
export const FAR = '999922223333';
export const FAR_VAULT = `arn:aws:backup:${THERE}:${FAR}:backup-vault:far`;

/** Native recovery points, and a policy of a vault that is copied to another Region. */
export const OFFSITE = `
timezone: UTC
policies:
  standard:
    schedule: "0 3 * * *"
    retention: { daily: 7 }
  offsite:
    engine: aws-backup
    schedule: "0 4 * * *"
    vault: tablekeeper
    retention: { daily: 7 }
    copyTo: ["${DR_ARN}"]
`;

/** Types with that policy file. */
export const offsite = (world: Deployment, argv: readonly string[], typing: Typing = {}) =>
  restoring(world, argv, { policies: OFFSITE, ...typing });

export interface PointWish {
  /** `Orders` when absent. */
  readonly table?: string;
  readonly form?: RecoveryPoint['form'];
  readonly createdAt?: Instant;
  readonly lifecycle?: RecoveryPoint['lifecycle'];
  /** Somebody else's: it has no mark, and another role. */
  readonly isTheirs?: true;
}

/** Makes a recovery point of this deployment in its vault. */
export const vaultPoint = (
  { account, clock }: Pick<Deployment, 'account' | 'clock'>,
  { isTheirs, table = 'Orders', ...wish }: PointWish = {},
): RecoveryPoint => {
  const { accountId, region } = account;
  const slot = Math.floor((wish.createdAt ?? clock.now()) / MINUTE_MS) * MINUTE_MS;
  const mark = pointTagValue({
    origin: { instance: 'prod', policy: 'offsite', slot },
    vault: { target: { accountId, region }, name: 'tablekeeper' },
    tableId: tableOf(account, table).id,
  });
  return createPoint(account, {
    table,
    vault: 'tablekeeper',
    form: 'advanced',
    ...(isTheirs !== true && {
      tags: { 'tablekeeper:recovery-point': mark },
      iamRoleArn: vaultRoleOf({ accountId, region, instance: 'prod' }),
    }),
    ...wish,
  });
};

/** Copies a recovery point to the vault of the other Region, and waits for it. */
export const copied = async (
  { account, clock }: Pick<Deployment, 'account' | 'clock'>,
  point: RecoveryPoint,
  there: SimAccount,
  destination = DR_ARN,
): Promise<RecoveryPoint> => {
  startCopy(account, {
    point,
    destinationVaultArn: destination,
    iamRoleArn: point.iamRoleArn,
  });
  await clock.advanceBy(HOUR_MS);
  const copy = pointsOf(there).at(-1);
  if (copy === undefined) throw new Error('there is no copy');
  return copy;
};

/** A table of every setting, with an older native recovery point and a newer one in the vault, and the vault of another Region. */
export const vaultedTable = async (
  options: Partial<DeploymentOptions> = {},
  wish: PointWish = {},
  table: Parameters<typeof aFullTable>[1] = {},
) => {
  const world = await aFullTable({ policies: OFFSITE, ...options }, table);
  const { account, clock } = world;
  createVault(account, { name: 'tablekeeper' });
  const there = openRegion(account, account.region === THERE ? HOME : THERE);
  createVault(there, { name: 'dr' });
  const point = vaultPoint(world, wish);
  await clock.advanceBy(10 * MINUTE_MS);
  return { world, there, point };
};

/** The second just after a recovery point was made, as it is typed. */
export const justAfter = ({ createdAt }: RecoveryPoint): string =>
  isoInstant(Math.ceil(createdAt / 1_000) * 1_000 + MINUTE_MS);

export const TWO_DAYS_MS = 2 * DAY_MS;

/** Notes a recovery point and its copy, as the runs that saw their jobs do. */
export const noteCopy = async (
  { account, asPerson, clock }: Deployment,
  point: RecoveryPoint,
  copy: RecoveryPoint,
  vault: string,
): Promise<void> => {
  const { stateStore } = asPerson;
  const { accountId, region } = account;
  const noted = {
    recordedTable: 'Orders',
    version: 1,
    points: [
      {
        id: point.arn,
        vault: `arn:aws:backup:${region}:${accountId}:backup-vault:tablekeeper`,
        policy: 'offsite',
        slot: Math.floor(point.createdAt / MINUTE_MS) * MINUTE_MS,
        tableId: point.source.tableId,
        createdAt: point.createdAt,
        copies: [{ vault, attempt: 1, id: copy.arn, state: 'completed', startedAt: point.createdAt }],
      },
    ],
  } as const;
  const write = async () => {
    const before = await stateStore.readMemory();
    await stateStore.saveMemory(before, { ...before, vaultRecords: [noted] });
  };
  await clock.run(write());
};
