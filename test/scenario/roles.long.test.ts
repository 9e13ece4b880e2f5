import {
  DeleteTableCommand,
  DynamoDBClient,
  RestoreTableFromBackupCommand,
  RestoreTableToPointInTimeCommand,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/model/instant.ts';
import { createBackup } from '../../sim/console/backups.ts';
import { setPitr, tagTable } from '../../sim/console/tables.ts';
import { startSlackServer } from '../../sim/slack/server.ts';
import { watchRequests } from '../../sim/virtual-time.ts';
import { type Deployment, DRILL_BUCKET, DRILL_VAULT_ROLE, deploy } from '../support/deployment.ts';
import { packagedRights, type Rights } from '../support/rights.ts';
import { grantText } from '../support/role-guard.ts';
import { covers, type Grant } from '../support/roles.ts';
import {
  FULL_TABLE,
  type Outside,
  ROLE_POLICIES,
  ROLE_STORIES,
  type RoleStory,
  tagged,
} from './role-stories.ts';

// In every scenario the functions work under the roles that are packaged for them, and the account refuses whatever a role does not allow:
// what a role lacks fails the scenario. Here is shown that each could do with nothing less, and that a permission too many is seen.

const RIGHTS = packagedRights({ accountId: '111122223333', region: 'us-east-1', instance: 'prod' });

/** Lambda itself writes logs and keeps dead letters: none of it is a call of ours to the account. */
const NOT_CALLED = ['logs:CreateLogStream', 'logs:PutLogEvents', 'sqs:SendMessage'];

interface Permission {
  readonly key: string;
  readonly grant: Grant;
  readonly text: string;
}

const permissionsOf = (rights: Rights): readonly Permission[] =>
  [...rights].flatMap(([key, grants]) =>
    grants
      .filter(({ action }) => !NOT_CALLED.includes(action))
      .map((grant) => ({ key, grant, text: grantText(key, grant) })),
  );

let outside: Outside;
beforeAll(async () => {
  outside = { slack: await startSlackServer(), requests: watchRequests() };
});
afterAll(async () => {
  outside.requests.stop();
  await outside.slack.close();
});

const aWorld = (rights = RIGHTS): Promise<Deployment> =>
  deploy({
    startAt: '2026-03-02T10:00:00Z',
    policies: ROLE_POLICIES,
    drillBucket: DRILL_BUCKET,
    drillVaultRoleArn: DRILL_VAULT_ROLE,
    rights,
    leftInsightsRules: [FULL_TABLE],
  });

/** Which permissions a story needed, when it was told under those rights. */
const needsOf = async (story: RoleStory, rights = RIGHTS): Promise<ReadonlySet<string>> => {
  const world = await aWorld(rights);
  await story.tell(world, outside);
  expect(world.guard.refused).toEqual([]);
  return world.guard.used;
};

const spareOf = (rights: Rights, needs: readonly ReadonlySet<string>[]): readonly string[] =>
  permissionsOf(rights)
    .map(({ text }) => text)
    .filter((text) => !needs.some((used) => used.has(text)));

/** What each story needed under the packaged rights. */
const needed = new Map<string, ReadonlySet<string>>();

describe('each function under its own role', () => {
  it.each(ROLE_STORIES)('$name', async (story) => {
    needed.set(story.name, await needsOf(story));
  });

  it('has no permission that it could do without', () => {
    expect(spareOf(RIGHTS, [...needed.values()])).toEqual([]);
  });
});

describe('a role with one permission too few', () => {
  const without = ({ key, grant }: Permission): Rights =>
    new Map(
      [...RIGHTS].map(([name, grants]) => [name, grants.filter((one) => name !== key || one !== grant)]),
    );

  /** What is allowed in this Region and in every Region is allowed without the one for this Region. */
  const isOneOfTwo = ({ key, grant }: Permission): boolean =>
    RIGHTS.get(key)?.some((other) => other !== grant && covers(other, grant.action, grant.resource)) === true;

  it.each(permissionsOf(RIGHTS).filter((one) => !isOneOfTwo(one)))(
    'is found out: $text',
    async (permission) => {
      const story = ROLE_STORIES.find(({ name }) => needed.get(name)?.has(permission.text));
      if (story === undefined) throw new Error('no story needs it');
      const world = await aWorld(without(permission));
      await expect(story.tell(world, outside)).rejects.toThrow();
      expect(world.guard.refused.join('\n')).toContain(`${permission.key}: ${permission.grant.action} on `);
    },
  );
});

describe('a role with one permission too many', () => {
  const MORE: readonly Grant[] = [
    { action: 'dynamodb:DeleteTable', resource: '*' },
    { action: 'sns:Publish', resource: 'arn:aws:sns:us-east-1:111122223333:*' },
  ];
  it.each([...RIGHTS.keys()])('is found out, be it new or only wider: %s', async (key) => {
    const widened: Rights = new Map([...RIGHTS, [key, [...(RIGHTS.get(key) ?? []), ...MORE]]]);
    const needs: ReadonlySet<string>[] = [];
    for (const story of ROLE_STORIES) needs.push(await needsOf(story, widened));
    expect(spareOf(widened, needs)).toEqual(MORE.map((grant) => grantText(key, grant)));
  });
});

/** What people and AWS do to an account, in any order. */
const INCIDENTS: readonly ((world: Deployment, table: string) => unknown)[] = [
  ({ account }, table) => setPitr(account, table, { enabled: false }),
  ({ account }, table) => tagTable(account, table, { 'backup:policy': 'none' }),
  ({ account }, table) => tagTable(account, table, { 'backup:policy': 'standrad' }),
  ({ account }, table) => tagTable(account, table, { 'backup:hold': 'true' }),
  ({ account }, table) => void createBackup(account, { table, name: 'by-hand' }),
  ({ account }) => void account.faults.add({ operation: '*', kind: 'throttle', times: 5 }),
  ({ hint }, table) => hint(table),
  ({ run }) => run('protect'),
  ({ run }) => run('expire'),
  ({ run }) => run('audit'),
  ({ clock }) => clock.advanceBy(DAY_MS),
];

it('roles refuse nothing, whatever happens in whatever order', async () => {
  const incident = fc.tuple(fc.nat(INCIDENTS.length - 1), fc.constantFrom('carts', 'orders'));
  await fc.assert(
    fc.asyncProperty(fc.array(incident, { minLength: 4, maxLength: 14 }), async (incidents) => {
      const world = await aWorld();
      for (const table of ['carts', 'orders']) tagged(world, table);
      // Lambda tries a run again that throws; here the next incident follows.
      for (const [index, table] of incidents) await Promise.allSettled([INCIDENTS[index]?.(world, table)]);
      expect(world.guard.refused).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

describe('under another function’s role', () => {
  it.each([
    { mode: 'protect', as: 'prune', call: 'dynamodb:CreateBackup' },
    { mode: 'protect', as: 'audit', call: 'dynamodb:CreateBackup' },
    { mode: 'audit', as: 'backup', call: 'dynamodb:ListTables' },
    { mode: 'audit', as: 'hint', call: 'dynamodb:ListTables' },
    { mode: 'audit', as: 'slack', call: 'tag:GetResources' },
  ] as const)('$as: $mode is refused $call', async ({ mode, as, call }) => {
    const world = await aWorld();
    tagged(world, 'orders');
    await world.clock.advanceBy(DAY_MS);
    await expect(world.run(mode, { as })).rejects.toThrow(`tablekeeper-prod-${as}: ${call}`);
  });

  it.each(['backup', 'audit', 'hint'] as const)('%s deletes nothing', async (as) => {
    const world = await aWorld();
    tagged(world, 'orders');
    for (let index = 0; index < 5; index += 1) {
      await world.clock.advanceBy(DAY_MS);
      await world.run('protect');
    }
    await world.clock.advanceBy(HOUR_MS);
    await expect(world.run('expire', { as })).rejects.toThrow(
      new RegExp(`tablekeeper-prod-${as}: dynamodb:(ListTagsOfResource|DescribeBackup|DeleteBackup)`),
    );
    expect(world.account.ledger.of('recovery-point-deleted')).toEqual([]);
  });
});

describe('the role of drills', () => {
  const OTHER_NAME = 'orders-copy';

  const asDrill = async () => {
    const world = await aWorld();
    tagged(world, 'orders');
    const { arn } = createBackup(world.account, { table: 'orders', name: 'by-hand' });
    await world.clock.advanceBy(HOUR_MS);
    const dynamodb = new DynamoDBClient(world.wireOf('drill'));
    return { world, arn, dynamodb };
  };

  it.each(['RestoreTableToPointInTime', 'RestoreTableFromBackup'])(
    'makes no table of another name: %s',
    async (operation) => {
      const { world, arn, dynamodb } = await asDrill();
      const restore =
        operation === 'RestoreTableFromBackup'
          ? new RestoreTableFromBackupCommand({ BackupArn: arn, TargetTableName: OTHER_NAME })
          : new RestoreTableToPointInTimeCommand({
              SourceTableName: 'orders',
              TargetTableName: OTHER_NAME,
              UseLatestRestorableTime: true,
            });
      await expect(world.clock.run(dynamodb.send(restore as RestoreTableFromBackupCommand))).rejects.toThrow(
        'not authorized',
      );
      expect(world.account.ledger.of('table-restored')).toEqual([]);
    },
  );

  it.each(['orders', 'tablekeeper-prod-state', 'tablekeeper-drill.prod-2.orders.1x2y3z.20260302-100000'])(
    'deletes no other table: %s',
    async (TableName) => {
      const { world, dynamodb } = await asDrill();
      const deletion = dynamodb.send(new DeleteTableCommand({ TableName }));
      await expect(world.clock.run(deletion)).rejects.toThrow('not authorized');
    },
  );
});
