import { describe, expect, it } from 'vitest';
import { loadPolicies } from '../../shared/core/policy/load.ts';
import { noteRun } from '../../shared/run/run-notes.ts';
import { backupsOf } from '../../sim/console/backups.ts';
import { createTable } from '../../sim/console/tables.ts';
import { DAILY, type Deployment } from '../support/deployment.ts';
import { typedIn } from './typed.ts';
import { aDeployment } from './world.ts';

const FUNCTIONS = ['audit', 'backup', 'prune'];

/** The functions run with a policy file, as after a deployment. */
const ranWith = async (
  { clock, asPerson }: Deployment,
  text: string,
  functions: readonly string[] = FUNCTIONS,
): Promise<void> => {
  const policies = loadPolicies(text, 'policies.yml');
  for (const name of functions) await clock.run(noteRun({ ...asPerson, policies }, name, true));
};

/** As a version wrote it that knew of the digest only. */
const ranBefore = async ({ clock, asPerson: { runNotes } }: Deployment): Promise<void> => {
  for (const name of FUNCTIONS)
    await clock.run(
      runNotes.write({ name, at: clock.now(), whole: true, policiesDigest: 'b4f6de1caee7e4a2' }),
    );
};

const fewer = DAILY.replace('daily: 7', 'daily: 5');
const otherTag = DAILY.replace('timezone: UTC', 'timezone: UTC\ntag: backup:plan');
const countOf = ({ account }: Deployment): number => backupsOf(account, 'orders').length;

describe('a policy file that is not what is deployed', () => {
  it('deletes nothing, says how it differs, and ends with 2', async () => {
    const deployment = await aDeployment();
    await ranWith(deployment, DAILY);
    const { exitCode, stdout, stderr } = await typedIn(deployment, ['run', 'prune'], { policies: fewer });
    expect(countOf(deployment)).toBe(10);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.replace(/^error: \S+ is/, 'error: FILE is')).toMatchInlineSnapshot(`
      "error: FILE is not what is deployed.
      audit, backup, prune ran last with other policies:
        policy standard, retention: deployed keeps the newest of each of the last 7 days that has one; here keeps the newest of each of the last 5 days that has one
      Nothing was deleted, for this file would delete what is kept by the one that is deployed, or keep what it deletes.
      Give the deployed file with --policies FILE, or deploy this one and let each function run once;
      to delete by this file all the same, add --with-these-policies. --dry-run shows what that would delete.
      "
    `);
  });

  it('makes no message and remembers nothing when it is refused', async () => {
    const deployment = await aDeployment();
    await ranWith(deployment, DAILY);
    deployment.account.calls.reset();
    await typedIn(deployment, ['run', 'prune'], { policies: otherTag });
    expect([...deployment.account.calls.byOperation.keys()].toSorted()).toEqual([
      'GetCallerIdentity',
      'Query',
    ]);
  });

  it('deletes by it when a person says that it is meant, and still says how it differs', async () => {
    const deployment = await aDeployment();
    await ranWith(deployment, DAILY);
    const { exitCode, stdout, stderr } = await typedIn(
      deployment,
      ['run', 'prune', '--with-these-policies'],
      { policies: fewer },
    );
    expect(stdout).toContain('prune: 5 recovery points expired');
    expect(stderr).toContain('policy standard, retention: deployed keeps');
    expect(countOf(deployment)).toBe(5);
    expect(exitCode).toBe(0);
  });

  it.each([
    { name: 'an approval of the guardrail', more: ['--approve', '0123456789abcdef'], code: 2 },
    { name: 'a dry run', more: ['--dry-run'], code: 0 },
  ])('is not deleted by with $name either', async ({ more, code }) => {
    const deployment = await aDeployment();
    await ranWith(deployment, DAILY);
    const { exitCode, stderr } = await typedIn(deployment, ['run', 'prune', ...more], { policies: fewer });
    expect(stderr).toContain('is not what is deployed');
    expect(countOf(deployment)).toBe(10);
    expect(exitCode).toBe(code);
  });

  it('is said with --json too', async () => {
    const deployment = await aDeployment();
    await ranWith(deployment, DAILY);
    const { stdout } = await typedIn(deployment, ['run', 'prune', '--json'], { policies: otherTag });
    expect(JSON.parse(stdout)).toMatchObject({
      errors: [{ code: 'policies-differ', message: expect.stringContaining('is not what is deployed') }],
      deployedPolicies: {
        kind: 'differ',
        functions: [
          {
            names: FUNCTIONS,
            policiesDigest: expect.stringMatching(/^[0-9a-f]{16}$/),
            differences: [{ setting: 'tag', deployed: 'backup:policy', here: 'backup:plan' }],
          },
        ],
        same: [],
      },
    });
  });

  it.each([
    { mode: 'backup', policies: otherTag, says: 'tag: deployed backup:policy; here backup:plan' },
    {
      mode: 'backup',
      policies: DAILY.replace('0 3 * * *', '0 4 * * *'),
      says: 'policy standard, schedule: deployed 0 3 * * * in UTC; here 0 4 * * * in UTC',
    },
    {
      mode: 'audit',
      policies: DAILY.replace('onDrift: alert', 'onDrift: repair'),
      says: 'policy standard, pitr: deployed',
    },
  ])('is said by run $mode, which deletes nothing', async ({ mode, policies, says }) => {
    const deployment = await aDeployment();
    await ranWith(deployment, DAILY);
    const { stderr } = await typedIn(deployment, ['run', mode], { policies });
    expect(stderr).toContain('is not what is deployed.\n');
    expect(stderr).toContain(says);
  });

  it.each([
    { command: ['plan'] },
    { command: ['plan', '--mode', 'prune'] },
    { command: ['explain', 'orders'] },
  ])('is said by $command before anything that follows from it', async ({ command }) => {
    const deployment = await aDeployment();
    await ranWith(deployment, DAILY);
    const { stdout } = await typedIn(deployment, command, { policies: fewer });
    expect(stdout).toMatch(
      /^\S+ is not what is deployed\.\naudit, backup, prune ran last with other policies:\n/,
    );
    const { stdout: json } = await typedIn(deployment, [...command, '--json'], { policies: fewer });
    expect(JSON.parse(json).deployedPolicies).toMatchObject({ kind: 'differ', same: [] });
  });
});

describe('what the functions ran with', () => {
  it('is the file: nothing is said, and prune deletes', async () => {
    const deployment = await aDeployment();
    await ranWith(deployment, `# another comment\n${DAILY}`);
    const { exitCode, stderr } = await typedIn(deployment, ['run', 'prune']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(countOf(deployment)).toBe(7);
    const { stdout } = await typedIn(deployment, ['plan', '--json']);
    expect(JSON.parse(stdout).deployedPolicies).toEqual({ kind: 'same' });
  });

  it.each(FUNCTIONS)('is another file for %s alone: half a deploy, or not yet run since', async (name) => {
    const deployment = await aDeployment();
    await ranWith(deployment, fewer);
    await ranWith(deployment, DAILY, [name]);
    const { exitCode, stderr } = await typedIn(deployment, ['run', 'prune'], { policies: fewer });
    expect(stderr).toContain(`${name} ran last with other policies:`);
    expect(stderr).toContain(
      `${FUNCTIONS.filter((one) => one !== name).join(', ')} ran last with this file: either`,
    );
    expect(countOf(deployment)).toBe(10);
    expect(exitCode).toBe(2);
  });

  it('was written down by an older version as a digest only: which policies is not known, and nothing is deleted', async () => {
    const deployment = await aDeployment();
    await ranBefore(deployment);
    const { exitCode, stderr } = await typedIn(deployment, ['run', 'prune']);
    expect(stderr).toContain('it names them by a digest only');
    expect(countOf(deployment)).toBe(10);
    expect(exitCode).toBe(2);
  });

  it('is not known before the first run: prune deletes and says so', async () => {
    const deployment = await aDeployment();
    const { exitCode, stdout } = await typedIn(deployment, ['run', 'prune']);
    expect(stdout).toContain('No function of the instance prod has run yet');
    expect(exitCode).toBe(0);
    const { stdout: json } = await typedIn(deployment, ['run', 'prune', '--json']);
    expect(JSON.parse(json)).not.toHaveProperty('deployedPolicies');
  });

  it('is judged neither by a hint of long ago nor by what a person ran', async () => {
    const deployment = await aDeployment();
    await ranWith(deployment, DAILY, ['hint', 'cloudtrail']);
    createTable(deployment.account, { name: 'carts', tags: { 'backup:policy': 'standard' }, pitr: true });
    await typedIn(deployment, ['run', 'backup']);
    const { stdout } = await typedIn(deployment, ['plan', '--json'], { policies: fewer });
    expect(JSON.parse(stdout)).not.toHaveProperty('deployedPolicies');
  });
});
