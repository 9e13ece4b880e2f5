import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../shared/model/instant.ts';
import { backupsOf } from '../../sim/console/backups.ts';
import { setPitr, tagTable } from '../../sim/console/tables.ts';
import { DAILY, type Deployment } from '../support/deployment.ts';
import { typedIn } from './typed.ts';
import { aDeployment, addTable } from './world.ts';

const REPAIR = DAILY.replace('onDrift: alert', 'onDrift: repair');
const writes = ({ account }: Deployment): readonly string[] =>
  [...account.calls.byOperation.keys()].filter((operation) =>
    /^(Create|Delete|Update|Put|Publish)/.test(operation),
  );

describe('tablekeeper run', () => {
  it('backup makes what is due and says what it made', async () => {
    const deployment = await aDeployment();
    addTable(deployment, 'customers', 0);
    const { exitCode, stdout, stderr } = await typedIn(deployment, ['run', 'backup']);
    expect(stdout).toMatch(/\nbackup: 1 recovery point created \(\d+ s, \d+ calls\)\n/);
    expect(stdout).toMatch(/\n {2}\+ {2}customers {2}standard {2}2026-03-10 03:00Z {2}/);
    expect(backupsOf(deployment.account, 'customers')).toHaveLength(1);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it('prune expires what no rule keeps', async () => {
    const deployment = await aDeployment();
    const { exitCode, stdout } = await typedIn(deployment, ['run', 'prune']);
    expect(stdout).toContain('prune: 3 recovery points expired');
    expect(backupsOf(deployment.account, 'orders')).toHaveLength(7);
    expect(exitCode).toBe(0);
  });

  it('audit repairs where the policy says so', async () => {
    const deployment = await aDeployment({ policies: REPAIR });
    setPitr(deployment.account, 'orders', { enabled: false });
    const { stdout } = await typedIn(deployment, ['run', 'audit'], { policies: REPAIR });
    expect(stdout).toContain('audit: point-in-time recovery switched on for 1 table');
  });

  it('audit tells people what is wrong, as the function would, and ends with 1', async () => {
    const deployment = await aDeployment();
    setPitr(deployment.account, 'orders', { enabled: false });
    const { exitCode, stdout } = await typedIn(deployment, ['run', 'audit']);
    expect(stdout).toContain('audit: nothing to do');
    expect(stdout).toContain('1 finding: 1 critical');
    expect(deployment.account.inbox.messages).toHaveLength(1);
    expect(exitCode).toBe(1);
  });

  it('is one document with --json', async () => {
    const deployment = await aDeployment();
    const { stdout } = await typedIn(deployment, ['run', 'prune', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'run',
      mode: 'prune',
      dryRun: false,
      complete: true,
      counts: { done: 3, deferred: 0, refused: 0, failed: 0 },
      outcomes: [{ status: 'done', action: { kind: 'expire', table: 'orders' } }, {}, {}],
      failures: [],
    });
  });
});

describe('--dry-run changes nothing anywhere', () => {
  it.each([
    { mode: 'backup', says: '1 recovery point to create' },
    { mode: 'prune', says: '3 recovery points to expire' },
    { mode: 'audit', says: 'point-in-time recovery to switch on for 1 table' },
  ])('$mode tells what it would do, and writes no state and no message', async ({ mode, says }) => {
    const deployment = await aDeployment({ policies: REPAIR });
    addTable(deployment, 'customers', 0);
    setPitr(deployment.account, 'customers', { enabled: false });
    deployment.account.calls.reset();
    const { stdout } = await typedIn(deployment, ['run', mode, '--dry-run'], { policies: REPAIR });
    expect(stdout).toContain(`${mode}, dry run: nothing was changed and nobody was alerted`);
    expect(stdout).toContain(says);
    expect(writes(deployment)).toEqual([]);
    await typedIn(deployment, ['run', mode], { policies: REPAIR });
    expect(writes(deployment)).not.toEqual([]);
  });
});

describe('what goes wrong in a run', () => {
  it('is told in full, and ends with 1', async () => {
    const deployment = await aDeployment();
    addTable(deployment, 'customers', 0);
    deployment.account.faults.add({ operation: 'CreateBackup', kind: 'access-denied' });
    const { exitCode, stdout } = await typedIn(deployment, ['run', 'backup']);
    expect(stdout).toContain('backup: 1 failed');
    expect(stdout).toMatch(
      /\n1 failed\n {2}\+ {2}customers .+ is not authorized to perform: dynamodb:CreateBackup/,
    );
    expect(stdout).toContain('backups-failing/customers/standard');
    expect(exitCode).toBe(1);
  });

  it('a run that could not look says so and ends with 3', async () => {
    const deployment = await aDeployment();
    deployment.account.faults.add({ operation: 'GetResources', kind: 'access-denied' });
    const { exitCode, stderr } = await typedIn(deployment, ['run', 'backup']);
    expect(stderr).toMatch(/^the run is not whole: tags could not be read: GetResources: AccessDenied/);
    expect(exitCode).toBe(3);
  });

  it('a message that did not leave ends with 3', async () => {
    const deployment = await aDeployment();
    setPitr(deployment.account, 'orders', { enabled: false });
    deployment.account.faults.add({ operation: 'Publish', kind: 'access-denied' });
    const { exitCode, stderr } = await typedIn(deployment, ['run', 'audit']);
    expect(stderr).toContain('the run is not whole: the message did not leave');
    expect(exitCode).toBe(3);
  });
});

describe('prune says on stdout why expiry is held back', () => {
  it.each([[], ['--dry-run']])('without the state table %j', async (...more) => {
    const deployment = await aDeployment();
    deployment.account.faults.add({ operation: 'Query', kind: 'access-denied' });
    const { exitCode, stdout } = await typedIn(deployment, ['run', 'prune', ...more]);
    expect(stdout).not.toContain('nothing to do');
    expect(stdout).toContain('Expiry is held back: What earlier runs found could not be read: ');
    expect(stdout).toMatch(/\n3 expiries held back: not everything could be seen: /);
    expect(stdout).not.toContain('No findings');
    expect(stdout).toContain('observation-gap/memory');
    expect(exitCode).toBe(3);
    expect(backupsOf(deployment.account, 'orders')).toHaveLength(10);
  });

  it('by a hold', async () => {
    const deployment = await aDeployment();
    tagTable(deployment.account, 'orders', { 'backup:hold': 'true' });
    const { exitCode, stdout } = await typedIn(deployment, ['run', 'prune']);
    expect(stdout).toContain('\n3 expiries held back: orders carries the tag backup:hold = true\n');
    expect(exitCode).toBe(0);
  });

  it('and nothing where nothing is', async () => {
    const { stdout } = await typedIn(await aDeployment(), ['run', 'prune']);
    expect(stdout).not.toContain('held back');
  });
});

describe('--approve', () => {
  const ONE = DAILY.replace('daily: 7', 'last: 1');
  const digestOf = async (deployment: Deployment): Promise<string> => {
    const { stdout } = await typedIn(deployment, ['plan', '--json'], { policies: ONE });
    return JSON.parse(stdout).expiryDigest;
  };

  it('without it a guardrail holds, and says how many', async () => {
    const deployment = await aDeployment();
    const { exitCode, stdout } = await typedIn(deployment, ['run', 'prune'], { policies: ONE });
    expect(stdout).toContain('9 expiries held back by the guardrail, digest');
    expect(backupsOf(deployment.account, 'orders')).toHaveLength(10);
    expect(exitCode).toBe(1);
  });

  it('lets exactly the set through that plan showed', async () => {
    const deployment = await aDeployment();
    const digest = await digestOf(deployment);
    const { stdout, stderr } = await typedIn(deployment, ['run', 'prune', '--approve', digest], {
      policies: ONE,
    });
    expect(stdout).toContain('prune: 9 recovery points expired');
    expect(stderr).toBe('');
    expect(backupsOf(deployment.account, 'orders')).toHaveLength(1);
  });

  it('lets nothing through when the set has changed, and says so', async () => {
    const deployment = await aDeployment();
    const digest = await digestOf(deployment);
    addTable(deployment, 'customers', 10);
    await deployment.clock.advanceBy(HOUR_MS);
    const { exitCode, stderr } = await typedIn(deployment, ['run', 'prune', '--approve', digest], {
      policies: ONE,
    });
    expect(stderr).toMatch(
      new RegExp(
        `^--approve ${digest} approved nothing, and nothing was deleted: the digest is [0-9a-f]{16} now\n$`,
      ),
    );
    expect(backupsOf(deployment.account)).toHaveLength(20);
    expect(exitCode).toBe(1);
  });

  it.each([
    { name: 'what the guardrail would let pass', policies: DAILY, held: 3, more: [] },
    { name: 'the same in a dry run', policies: DAILY, held: 3, more: ['--dry-run'] },
    { name: 'what the guardrail holds', policies: ONE, held: 9, more: [] },
    { name: 'all where none expires', policies: DAILY.replace('daily: 7', 'daily: 30'), held: 0, more: [] },
  ])('of another set keeps $name, and ends with 1', async ({ policies, held, more }) => {
    const deployment = await aDeployment({ policies });
    const before = backupsOf(deployment.account).length;
    const argv = ['run', 'prune', '--approve', '0'.repeat(16), ...more];
    const { exitCode, stdout, stderr } = await typedIn(deployment, argv, { policies });
    expect(backupsOf(deployment.account)).toHaveLength(before);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`--approve ${'0'.repeat(16)} approved nothing, and nothing was deleted`);
    if (held > 0)
      expect(stdout).toMatch(
        new RegExp(
          `${held} expiries held back: their digest is [0-9a-f]{16}, and ${'0'.repeat(16)} was approved`,
        ),
      );
    else expect(stdout).not.toContain('held back');
    const json = await typedIn(deployment, [...argv, '--json'], { policies });
    expect(JSON.parse(json.stdout)).toMatchObject({
      refusal: expect.stringContaining('is not that of the present set'),
      counts: { done: 0 },
    });
    expect(JSON.parse(json.stdout).heldBack).toHaveLength(held);
  });
});
