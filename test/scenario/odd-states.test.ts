import { expect, it } from 'vitest';
import { plainPaint } from '../../cli/view/colour.ts';
import { explainLines } from '../../cli/view/explain-text.ts';
import { explanationOf } from '../../shared/core/explain/explanation.ts';
import { restorableTables } from '../../shared/core/explain/restorable.ts';
import type { TableStatus } from '../../shared/core/explain/status.ts';
import { digestOf } from '../../shared/core/messages/digest/digest.ts';
import { digestTableLines } from '../../shared/core/messages/digest/table.ts';
import { barText } from '../../shared/core/page/bar.ts';
import { DAY_MS, HOUR_MS, isoInstant } from '../../shared/model/instant.ts';
import { readStatus } from '../../shared/run/status.ts';
import { invokeIn } from '../../sim/console/attachments.ts';
import { openRegion } from '../../sim/console/regions.ts';
import { createTable, deleteTable, setPitr, setStatus } from '../../sim/console/tables.ts';
import { archiveTable, setKey } from '../../sim/console/trouble.ts';
import { createVault, deletePoint, pointsOf } from '../../sim/console/vaults.ts';
import { typedIn } from '../cli/typed.ts';
import { type Deployment, deploy } from '../support/deployment.ts';

// One table in each odd state, as the status line by what the last audit saw, the same by a look, the page's bar, and `explain` say it.

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/a';

const OTHER = KEY.replace(/a$/, 'b');

const encrypt = ({ account }: Deployment, key = KEY): Promise<unknown> =>
  invokeIn(account)('dynamodb', 'UpdateTable', {
    TableName: 'orders',
    SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: key },
  });

const OFFSITE = `
timezone: UTC
policies:
  offsite:
    engine: aws-backup
    schedule: "0 3 * * *"
    vault: tablekeeper
    retention: { daily: 7 }
    copyTo: ["arn:aws:backup:eu-west-1:111122223333:backup-vault:dr"]
`;

const VAULT_KEY = KEY.replace(/a$/, 'vault');
const COPY_KEY = VAULT_KEY.replace('us-east-1', 'eu-west-1');

const elsewhere = ({ account }: Deployment) =>
  account.state.regions.get('eu-west-1') ?? openRegion(account, 'eu-west-1');

const beginInVaults = async (): Promise<Deployment> => {
  const world = await deploy({ startAt: '2026-03-02T00:00:00Z', policies: OFFSITE });
  createVault(world.account, { name: 'tablekeeper', encryptionKeyArn: VAULT_KEY });
  createVault(elsewhere(world), { name: 'dr', encryptionKeyArn: COPY_KEY });
  return world;
};

const begin = async (prepare: (world: Deployment) => unknown, isInVaults: boolean): Promise<Deployment> => {
  const world = isInVaults ? await beginInVaults() : await deploy({ startAt: '2026-03-02T00:00:00Z' });
  const { account, clock, run } = world;
  const tags = { 'backup:policy': isInVaults ? 'offsite' : 'standard' };
  const pitr = !isInVaults;
  createTable(account, { name: 'orders', tags, pitr, createdAt: clock.now() - 40 * DAY_MS });
  for (const name of ['carts', 'users']) createTable(account, { name, tags, pitr });
  await prepare(world);
  for (let round = 0; round < 8; round += 1) {
    await clock.advanceBy(6 * HOUR_MS);
    await run('protect');
    await run('audit');
  }
  return world;
};

const ofOrders = (tables: readonly TableStatus[]): TableStatus | undefined =>
  tables.find(({ verdict }) => verdict.table === 'orders');

const wordOf = (table: TableStatus | undefined): string => {
  if (table === undefined) return 'not there';
  const { back, isUnread } = table.ifLost;
  const from = back?.from ?? (isUnread === true ? 'not known' : 'nothing');
  return `${table.verdict.status}, ${from}`;
};

const saidOf = async (deployment: Deployment, given: { readonly policies?: string }) => {
  const { asPerson, clock } = deployment;
  const stored = await clock.run(readStatus(asPerson));
  const live = await clock.run(readStatus(asPerson, { live: true }));
  const { look } = live;
  const page = restorableTables({ ...look, findings: live.findings }).find(({ table }) => table === 'orders');
  const { instance, policies, target } = asPerson;
  const explanation = explanationOf({ ...look, policies }, 'orders');

  const explained = explainLines(
    { explanation, instance, target, now: look.plan.plannedAt, tag: policies.tag },
    { paint: plainPaint, width: 1_000 },
  );
  const window = explained.indexOf('Point-in-time recovery');
  return {
    stored: wordOf(ofOrders(stored.tables)),
    live: wordOf(ofOrders(live.tables)),
    page: page === undefined ? 'not there' : barText(page, { show: isoInstant }),
    explain: explained[window + 1] ?? '',
    reason: ofOrders(live.tables)?.verdict.reason,
    digest: digestOf({ ...look, policies, instance, findings: [], now: live.now })
      .tables.filter(({ table }) => table === 'orders')
      .flatMap((line) => digestTableLines(line, live.now))
      .join('\n'),
    list: (await typedIn(deployment, ['restore', 'orders'], given)).stdout,
  };
};

const KEYLESS = 'because the key that the table is encrypted with cannot be used';
const WINDOW = 'any second from 2026-01-28';
const POINTS = '2 recovery points, from 2026-03-02T06:01:00Z';

const LOST: Readonly<Record<string, RegExp>> = {
  'point-in-time': /If lost now: back to .* by the second/,
  'recovery-point': /If lost now: back to .* from a (?:backup|copy in eu-west-1)/,
  'not known': /If lost now: not known what comes back/,
  nothing: /If lost now: nothing comes back/,
};

interface OddState {
  readonly name: string;
  /** Whether its policy keeps recovery points in a vault, and copies in another Region, and promises no point-in-time recovery. */
  readonly isInVaults?: true;
  readonly prepare?: (world: Deployment) => unknown;
  readonly odd: (world: Deployment) => unknown;
  /** The verdict, and what would come back. */
  readonly status: string;
  /** How the bar reads. */
  readonly page: readonly [pitr: string, points: string];
  readonly explain: string;
  readonly reason: string;
}

const shows =
  (status: Parameters<typeof setStatus>[2]) =>
  ({ account }: Deployment) =>
    setStatus(account, 'orders', status);

it.each<OddState>([
  {
    name: 'well',
    odd: () => undefined,
    status: 'protected, point-in-time',
    page: ['Any second from 2026-01-28T01:01:00Z', POINTS],
    explain: WINDOW,
    reason: 'point-in-time recovery reaches back to 2026-01-28',
  },
  ...(['disabled', 'pending deletion'] as const).map((trouble) => ({
    name: `its own key is ${trouble}`,
    prepare: encrypt,
    odd: ({ account }: Deployment) => setKey(account, KEY, trouble),
    status: 'unprotected, nothing',
    page: [`No second of point-in-time recovery, ${KEYLESS}.`, 'No recovery point.'] as const,
    explain: `no second of it can be restored, ${KEYLESS}`,
    reason: 'nothing can be restored while its key cannot be used; 2 recovery points of orders',
  })),
  {
    name: 'another key was disabled that only its older recovery points need',
    prepare: encrypt,
    odd: async (world) => {
      await encrypt(world, OTHER);
      await world.clock.advanceBy(25 * HOUR_MS);
      await world.run('audit');
      await world.run('protect');
      setKey(world.account, KEY, 'disabled');
    },
    status: 'at-risk, point-in-time',
    page: ['Any second from 2026-01-', '1 recovery point, from 2026-03-'],
    explain: 'any second from 2026-01-',
    reason: `need the key ${KEY}`,
  },
  {
    name: 'its earlier key was disabled, and its newest recovery point was made while no run had seen the change',
    prepare: encrypt,
    odd: async (world) => {
      await encrypt(world, OTHER);
      await world.clock.advanceBy(25 * HOUR_MS);
      await world.run('protect');
      setKey(world.account, KEY, 'disabled');
    },
    status: 'at-risk, point-in-time',
    page: ['Any second from 2026-01-', 'No recovery point.'],
    explain: 'any second from 2026-01-',
    reason: '1 of them was made at about the time at which the table changed its key',
  },
  {
    name: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS',
    odd: shows('INACCESSIBLE_ENCRYPTION_CREDENTIALS'),
    status: 'at-risk, recovery-point',
    page: [`No second of point-in-time recovery, ${KEYLESS}.`, POINTS],
    explain: `no second of it can be restored, ${KEYLESS}`,
    reason: 'orders is INACCESSIBLE_ENCRYPTION_CREDENTIALS and cannot be backed up',
  },
  {
    name: 'ARCHIVED',
    odd: ({ account }) => archiveTable(account, 'orders'),
    status: 'at-risk, recovery-point',
    page: [`No second of point-in-time recovery, ${KEYLESS}.`, POINTS],
    explain: `no second of it can be restored, ${KEYLESS}`,
    reason: 'orders is ARCHIVED and cannot be backed up',
  },
  {
    name: 'DELETING',
    odd: shows('DELETING'),
    status: 'at-risk, recovery-point',
    page: ['No second of point-in-time recovery, because the table is being deleted.', POINTS],
    explain: 'no second of it can be restored, because the table is being deleted',
    reason: 'it is being deleted',
  },
  {
    name: 'REPLICATION_NOT_AUTHORIZED',
    odd: shows('REPLICATION_NOT_AUTHORIZED'),
    status: 'at-risk, point-in-time',
    page: ['Any second from', POINTS],
    explain: WINDOW,
    reason: 'orders is REPLICATION_NOT_AUTHORIZED and does not replicate',
  },
  {
    name: 'point-in-time recovery is off',
    odd: ({ account }) => setPitr(account, 'orders', { enabled: false }),
    status: 'at-risk, recovery-point',
    page: ['No point-in-time recovery.', POINTS],
    explain: 'off',
    reason: 'Point-in-time recovery of orders is off',
  },
  {
    name: 'its period was shortened',
    odd: ({ account }) => setPitr(account, 'orders', { enabled: true, recoveryPeriodDays: 1 }),
    status: 'at-risk, point-in-time',
    page: ['Any second from 2026-03-03T01:01:00Z', POINTS],
    explain: 'on, set to 1 day: any second from 2026-03-03',
    reason: 'Point-in-time recovery of orders keeps 1 day',
  },
  {
    name: 'never seen by a run before, and without anything',
    odd: ({ account }) => {
      deleteTable(account, 'orders');
      createTable(account, { name: 'orders', tags: { 'backup:policy': 'standard' } });
    },
    status: 'unprotected, nothing',
    page: ['No point-in-time recovery.', POINTS],
    explain: 'off',
    reason: 'nothing restorable exists',
  },
  {
    name: 'the key of its vault is disabled',
    isInVaults: true,
    odd: ({ account }) => setKey(account, VAULT_KEY, 'disabled'),
    status: 'at-risk, recovery-point',
    page: ['Point-in-time recovery was not looked at.', 'No recovery point. 2 copies in dr, eu-west-1'],
    explain: 'not looked at',
    reason: 'because the key of their vaults cannot be used',
  },
  {
    name: 'the keys of its vault and of the one of its copies are disabled',
    isInVaults: true,
    odd: (world) => {
      setKey(world.account, VAULT_KEY, 'disabled');
      setKey(elsewhere(world), COPY_KEY, 'pending deletion');
    },
    status: 'unprotected, not known',
    page: ['Point-in-time recovery was not looked at.', 'No recovery point.'],
    explain: 'not looked at',
    reason: 'nothing can be restored while the key of its recovery points cannot be used',
  },
  {
    name: 'the key of the vault of its copies is disabled',
    isInVaults: true,
    odd: (world) => setKey(elsewhere(world), COPY_KEY, 'disabled'),
    status: 'at-risk, recovery-point',
    page: ['Point-in-time recovery was not looked at.', '2 recovery points, from 2026-03-02'],
    explain: 'not looked at',
    reason: '2 recovery points in backup vaults cannot be restored',
  },
  {
    name: 'only copies elsewhere are left',
    isInVaults: true,
    odd: ({ account }) => {
      for (const { arn } of pointsOf(account, 'tablekeeper')) deletePoint(account, arn);
    },
    status: 'at-risk, recovery-point',
    page: ['Point-in-time recovery was not looked at.', 'No recovery point. 2 copies in dr, eu-west-1'],
    explain: 'not looked at',
    reason: 'no recovery point at home can be restored; 2 copies',
  },
])(
  '$name',
  { timeout: 60_000 },
  async ({ prepare = () => undefined, isInVaults = false, odd, ...expected }) => {
    const world = await begin(prepare, isInVaults);
    await odd(world);
    await world.clock.advanceBy(HOUR_MS);
    await world.run('audit');
    const said = await saidOf(world, isInVaults ? { policies: OFFSITE } : {});
    const [, from = ''] = expected.status.split(', ');
    expect(said.digest).toMatch(LOST[from] ?? /^$/);
    const isWindow = from === 'point-in-time';
    expect([said.digest.includes('PITR: any second'), said.list.includes('Any second from')]).toEqual([
      isWindow,
      isWindow,
    ]);
    expect(/ available[ ,]/.test(said.list)).toBe(
      !said.page.includes('No recovery point.') || said.page.includes('copies in'),
    );
    expect([said.stored, said.live]).toEqual([expected.status, expected.status]);
    for (const part of expected.page) expect(said.page).toContain(part);
    expect(said.explain).toContain(expected.explain);
    expect(said.reason).toContain(expected.reason);
  },
);

it('a table that is being deleted is not said to be gone, and nobody is told to take its name', async () => {
  const world = await begin(() => undefined, false);
  setStatus(world.account, 'orders', 'DELETING');
  await world.clock.advanceBy(HOUR_MS);
  await world.run('audit');
  const { findings } = await world.clock.run(readStatus(world.asPerson));
  const finding = findings.find(({ kind }) => kind === 'table-deleted');
  expect(finding?.fact).toContain(
    'orders, which a policy keeps, is being deleted, as of 2026-03-04 01:01 UTC.',
  );
  expect(finding?.fact).toContain('once it is gone');
  expect(finding?.advice.say).toContain('Wait until it is gone: its name is taken until then');
});
