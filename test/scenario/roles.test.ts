import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCallRecorder } from '../../shared/adapters/aws/call-recorder.ts';
import { createLimiter } from '../../shared/adapters/aws/limiter.ts';
import { API_LIMITS } from '../../shared/adapters/aws/limits.ts';
import { createSecretParameter } from '../../shared/adapters/aws/secret-parameter.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/model/instant.ts';
import type { Mode } from '../../shared/model/plan.ts';
import { composeSlack } from '../../shared/run/compose-slack.ts';
import { passToSlack } from '../../shared/run/slack.ts';
import { createBackup, createTable, deleteTable, setPitr, tablesOf, tagTable } from '../../sim/console.ts';
import { putSecret } from '../../sim/console-parameters.ts';
import type { Fault } from '../../sim/faults.ts';
import { requestHandlerOf } from '../../sim/request-handler.ts';
import { type RequestsInFlight, watchRequests } from '../../sim/requests-in-flight.ts';
import { type SlackServer, startSlackServer } from '../../sim/slack/server.ts';
import {
  type Guarded,
  grantText,
  guarded,
  type Rights,
  type RoleName,
} from '../support/guarded-deployment.ts';
import { resolvedResources } from '../support/resolved-template.ts';
import { grantsOf, rolesOf } from '../support/roles.ts';
import { packageTemplate } from '../support/template.ts';

// Every function works under the role that is packaged for it, and the account refuses whatever the role does not allow. What a role lacks
// shows as a refusal; what it could do without is used by no story.

const PLACE = { accountId: '111122223333', region: 'us-east-1' };
const WEBHOOK = '/tablekeeper/slack';
const HEARTBEAT = '/tablekeeper/heartbeat';
const FUNCTION = 'arn:aws:lambda:us-east-1:111122223333:function:tablekeeper-prod-slack';

const NAMES: readonly RoleName[] = ['AuditRole', 'BackupRole', 'HintRole', 'PruneRole', 'SlackRole'];

/** Lambda itself writes logs and keeps dead letters, and SNS uses a topic's key: none of it is a call of ours to the account. */
const NOT_CALLED = ['logs:CreateLogStream', 'logs:PutLogEvents', 'sqs:SendMessage'];

let rights: Rights;
let slack: SlackServer;
let requests: RequestsInFlight;

beforeAll(async () => {
  const parameters = { SlackWebhookParameter: WEBHOOK, HeartbeatParameter: HEARTBEAT };
  const roles = rolesOf(resolvedResources(packageTemplate(), { ...PLACE, parameters }));
  const grants = Object.fromEntries(Object.entries(roles).map(([name, role]) => [name, grantsOf(role)]));
  rights = { grants, used: new Set() };
  slack = await startSlackServer();
  requests = watchRequests();
}, 60_000);
afterAll(async () => {
  requests.stop();
  await slack.close();
});

const tagged = ({ tablekeeper: { account, clock } }: Guarded, name: string, pitr = true): void => {
  const tags = { 'backup:policy': 'standard' };
  createTable(account, { name, tags, pitr, createdAt: clock.now() - 40 * DAY_MS });
};

/** One day of the schedules: all functions run, and fail at nothing. */
const day = async ({ tablekeeper, run }: Guarded): Promise<void> => {
  await tablekeeper.clock.advanceBy(DAY_MS);
  for (const mode of ['protect', 'expire', 'audit'] as const) {
    expect(await run(mode)).toEqual([]);
    await tablekeeper.clock.advanceBy(HOUR_MS / 2);
  }
};

const days = async (world: Guarded, count: number): Promise<void> => {
  for (let index = 0; index < count; index += 1) await day(world);
};

/** Days later this is the first function that runs: what is long over leaves the state table. */
const forget = async ({ tablekeeper, run }: Guarded, mode: Mode): Promise<void> => {
  await tablekeeper.clock.advanceBy(4 * DAY_MS);
  await run(mode);
};

const namesMade = ({ tablekeeper }: Guarded) => tablekeeper.account.ledger.of('recovery-point-made');
const namesGone = ({ tablekeeper }: Guarded) => tablekeeper.account.ledger.of('recovery-point-deleted');
const isOn = ({ tablekeeper }: Guarded, table: string): boolean =>
  tablesOf(tablekeeper.account).find(({ name }) => name === table)?.pitr !== undefined;

const toSlack = async ({ tablekeeper: { account, clock } }: Guarded): Promise<void> => {
  const wire = { region: account.region, requestHandler: requestHandlerOf(account) };
  const [TopicArn] = account.state.topics.keys();
  const credentials = { accessKeyId: 'simulated', secretAccessKey: 'simulated' };
  const subscribe = new SubscribeCommand({ TopicArn, Protocol: 'lambda', Endpoint: FUNCTION });
  await clock.run(new SNSClient({ ...wire, credentials }).send(subscribe));
};

const STORIES: readonly { readonly name: string; readonly tell: (world: Guarded) => Promise<void> }[] = [
  {
    name: 'tables are backed up every day, and what no rule keeps goes',
    tell: async (world) => {
      tagged(world, 'carts');
      tagged(world, 'orders');
      await days(world, 5);
      expect(namesMade(world)).toHaveLength(10);
      expect(namesGone(world).length).toBeGreaterThan(3);
    },
  },
  {
    name: 'recovery to a point in time is switched off, and the audit mends and tells it',
    tell: async (world) => {
      tagged(world, 'orders');
      await days(world, 2);
      setPitr(world.tablekeeper.account, 'orders', { enabled: false });
      await day(world);
      expect(isOn(world, 'orders')).toBe(true);
      expect(world.tablekeeper.account.inbox.messages.length).toBeGreaterThan(0);
      await day(world);
      await forget(world, 'audit');
    },
  },
  {
    name: 'the same is mended within a minute of the call that did it',
    tell: async (world) => {
      tagged(world, 'orders');
      await days(world, 2);
      setPitr(world.tablekeeper.account, 'orders', { enabled: false });
      await world.hint('orders');
      expect(isOn(world, 'orders')).toBe(true);
    },
  },
  {
    name: 'a table is deleted, announced at once, and what is left of it is kept',
    tell: async (world) => {
      tagged(world, 'orders');
      tagged(world, 'carts');
      await days(world, 2);
      deleteTable(world.tablekeeper.account, 'orders');
      await world.hint('orders');
      await days(world, 3);
      const mails = world.tablekeeper.account.inbox.messages.map(({ message }) => message).join();
      expect(mails).toContain('orders was deleted');
    },
  },
  {
    name: 'a tag is mistyped, told at once, and mended',
    tell: async (world) => {
      tagged(world, 'carts');
      await day(world);
      createTable(world.tablekeeper.account, { name: 'orders', tags: { 'backup:policy': 'standrad' } });
      await world.hint('orders');
      tagTable(world.tablekeeper.account, 'orders', { 'backup:policy': 'standard' });
      await world.hint('orders');
      await day(world);
      expect(namesMade(world).map(({ tableName }) => tableName)).toContain('orders');
    },
  },
  {
    name: 'answers are lost, and what became of the calls is looked up',
    tell: async (world) => {
      tagged(world, 'orders');
      const fault: Fault = {
        operation: 'CreateBackup',
        kind: 'timeout-after-effect',
        times: 1,
        delayMs: 1000,
      };
      world.tablekeeper.account.faults.add(fault);
      await days(world, 2);
      expect(namesMade(world)).toHaveLength(2);
    },
  },
  {
    name: 'backups and expiries are denied for a while, told, and resolved',
    tell: async (world) => {
      const { account } = world.tablekeeper;
      tagged(world, 'orders');
      await days(world, 4);
      const denials = (['CreateBackup', 'DeleteBackup'] as const).map((operation) =>
        account.faults.add({ operation, kind: 'access-denied' }),
      );
      await days(world, 2);
      // Deletions are tried only while backups succeed.
      denials[0]?.remove();
      await days(world, 2);
      denials[1]?.remove();
      await days(world, 2);
      await forget(world, 'expire');
      const subjects = account.inbox.messages.map(({ subject }) => subject).join('\n');
      expect(subjects).toContain('backups failing');
      expect(subjects).toContain('expiries failing');
      expect(subjects).toContain('resolved');
    },
  },
  {
    name: 'backups of people and of other deployments lie beside ours',
    tell: async (world) => {
      tagged(world, 'orders');
      const { account } = world.tablekeeper;
      for (const name of ['before-the-migration', 'tablekeeper.lab.standard.20260101T030000Z'])
        createBackup(account, { table: 'orders', name });
      await days(world, 5);
      expect(namesGone(world).map(({ name }) => name)).not.toContain('before-the-migration');
    },
  },
  {
    name: 'the audit reads where to report that it is alive',
    tell: async ({ tablekeeper: { account, clock } }) => {
      putSecret(account, HEARTBEAT, 'https://example.com/beat');
      const secret = createSecretParameter(
        {
          region: account.region,
          credentials: { accessKeyId: 'AuditRole', secretAccessKey: 'simulated' },
          requestHandler: requestHandlerOf(account),
          clock,
          limiter: createLimiter({ clock, limits: API_LIMITS }),
          recorder: createCallRecorder(),
        },
        HEARTBEAT,
      );
      expect(await clock.run(secret.read())).toBe('https://example.com/beat');
    },
  },
  {
    name: 'what was told is passed on to Slack',
    tell: async (world) => {
      const { account, clock } = world.tablekeeper;
      clock.busyWhen(() => requests.count() > slack.hanging());
      await toSlack(world);
      putSecret(account, WEBHOOK, slack.webhook);
      tagged(world, 'orders', false);
      await day(world);
      const messages = account.inbox
        .forEndpoint(FUNCTION)
        .map(({ subject, message }, index) => ({ id: `m${index}`, subject: subject ?? '', text: message }));
      const parts = composeSlack({
        region: account.region,
        credentials: { accessKeyId: 'SlackRole', secretAccessKey: 'simulated' },
        requestHandler: requestHandlerOf(account),
        instance: 'prod',
        webhookParameter: WEBHOOK,
        clock,
      });
      const report = await clock.run(passToSlack(parts, messages, clock.now() + MINUTE_MS));
      expect(report.failures).toEqual([]);
      expect(report.posted).toBeGreaterThan(0);
    },
  },
];

/** What people and AWS do to an account, in any order. */
const INCIDENTS: readonly ((world: Guarded, table: string) => Promise<void> | void)[] = [
  ({ tablekeeper }, table) => setPitr(tablekeeper.account, table, { enabled: false }),
  ({ tablekeeper }, table) => tagTable(tablekeeper.account, table, { 'backup:policy': 'none' }),
  ({ tablekeeper }, table) => tagTable(tablekeeper.account, table, { 'backup:policy': 'standrad' }),
  ({ tablekeeper }, table) => tagTable(tablekeeper.account, table, { 'backup:hold': 'true' }),
  ({ tablekeeper }, table) => void createBackup(tablekeeper.account, { table, name: 'by-hand' }),
  ({ tablekeeper }) => void tablekeeper.account.faults.add({ operation: '*', kind: 'throttle', times: 5 }),
  (world, table) => world.hint(table),
  ({ run }) => run('protect').then(() => undefined),
  ({ run }) => run('expire').then(() => undefined),
  ({ run }) => run('audit').then(() => undefined),
  ({ tablekeeper }) => tablekeeper.clock.advanceBy(DAY_MS),
];

describe('each function under its own role', () => {
  it.each(STORIES)('$name', async ({ tell }) => {
    const world = await guarded(PLACE, rights);
    await tell(world);
    expect(world.refused).toEqual([]);
  });

  it('is refused nothing, whatever happens in whatever order', async () => {
    const incident = fc.tuple(fc.nat(INCIDENTS.length - 1), fc.constantFrom('carts', 'orders'));
    await fc.assert(
      fc.asyncProperty(fc.array(incident, { minLength: 4, maxLength: 14 }), async (incidents) => {
        const world = await guarded(PLACE, { ...rights, used: new Set() });
        for (const table of ['carts', 'orders']) tagged(world, table);
        // Lambda tries a run again that throws; here the next incident follows.
        for (const [index, table] of incidents) await Promise.allSettled([INCIDENTS[index]?.(world, table)]);
        expect(world.refused).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('uses every permission it has', () => {
    const held = NAMES.flatMap((role) =>
      (rights.grants[role] ?? [])
        .filter(({ action }) => !NOT_CALLED.includes(action))
        .map((grant) => grantText(role, grant)),
    );
    expect([...rights.used].toSorted()).toEqual(held.toSorted());
  });
});

describe('under another function’s role', () => {
  it.each([
    { mode: 'protect', role: 'PruneRole', call: 'dynamodb:CreateBackup' },
    { mode: 'protect', role: 'AuditRole', call: 'dynamodb:CreateBackup' },
    { mode: 'audit', role: 'BackupRole', call: 'dynamodb:ListTables' },
    { mode: 'audit', role: 'HintRole', call: 'dynamodb:ListTables' },
    { mode: 'audit', role: 'SlackRole', call: 'tag:GetResources' },
  ] as const)('$role: $mode is refused $call', async ({ mode, role, call }) => {
    const world = await guarded(PLACE, rights);
    tagged(world, 'orders');
    await world.tablekeeper.clock.advanceBy(DAY_MS);
    await world.run(mode, role);
    expect(world.refused.join('\n')).toContain(`${role}: ${call}`);
  });

  it.each(['BackupRole', 'AuditRole', 'HintRole'] as const)('%s deletes nothing', async (role) => {
    const world = await guarded(PLACE, rights);
    tagged(world, 'orders');
    for (let index = 0; index < 5; index += 1) {
      await world.tablekeeper.clock.advanceBy(DAY_MS);
      await world.run('protect');
    }
    await world.tablekeeper.clock.advanceBy(HOUR_MS);
    await world.run('expire', role);
    expect(namesGone(world)).toEqual([]);
    expect(world.refused.join('\n')).toMatch(new RegExp(`${role}: dynamodb:(Describe|Delete)Backup`));
  });
});
