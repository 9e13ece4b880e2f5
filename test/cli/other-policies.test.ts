import { describe, expect, it } from 'vitest';
import { loadPolicies } from '../../shared/core/policy/load.ts';
import { noteRun } from '../../shared/run/run-notes.ts';
import { backupsOf } from '../../sim/console/backups.ts';
import { setPitr } from '../../sim/console/tables.ts';
import { DAILY, type Deployment } from '../support/deployment.ts';
import { typedIn } from './typed.ts';
import { aDeployment, addTable } from './world.ts';

// A run by a file that is not the deployed one reports, and tells, remembers and repairs nothing.

const REPAIR = DAILY.replace('onDrift: alert', 'onDrift: repair');
const WITHOUT_PITR = DAILY.replace(/ {4}pitr:[^\n]*\n(?: {6}[^\n]*\n)*/, '');
const RENAMED = DAILY.replace('standard:', 'gold:');

const deployed = async (deployment: Deployment, text = DAILY): Promise<void> => {
  const { clock, asPerson } = deployment;
  const policies = loadPolicies(text, 'policies.yml');
  for (const name of ['audit', 'backup', 'prune'])
    await clock.run(noteRun({ ...asPerson, policies }, name, true));
};

/** A deployment whose audit has told of a table without point-in-time recovery. */
const withOpenFinding = async (): Promise<Deployment> => {
  const deployment = await aDeployment();
  await deployed(deployment);
  setPitr(deployment.account, 'orders', { enabled: false });
  await typedIn(deployment, ['run', 'audit']);
  return deployment;
};

const remembered = ({ clock, asPerson: { stateStore } }: Deployment) =>
  clock.run(Promise.all([stateStore.readFindings(), stateStore.readMemory()]));

describe('a file that is not the deployed one', () => {
  it('drops the promise in these tests', () => {
    expect(loadPolicies(WITHOUT_PITR, 'policies.yml').policies[0]).not.toHaveProperty('pitr');
  });

  it.each([
    { what: 'without the promise of point-in-time recovery', policies: WITHOUT_PITR },
    { what: 'with its policy renamed', policies: RENAMED },
    { what: 'with another tag', policies: DAILY.replace('timezone: UTC', 'timezone: UTC\ntag: backup:plan') },
    { what: 'that repairs', policies: REPAIR },
  ])(
    '$what: run audit writes no findings and no memory, tells nobody, and repairs nothing',
    async ({ policies }) => {
      const deployment = await withOpenFinding();
      const before = await remembered(deployment);
      expect(before[0].map(({ id }) => id)).toContain('pitr-off/orders');
      const mails = deployment.account.inbox.messages.length;
      deployment.account.calls.reset();
      const { stderr } = await typedIn(deployment, ['run', 'audit'], { policies });
      expect(stderr).toContain('is not what is deployed.');
      expect(stderr).toContain(
        'Nobody was alerted, nothing was written down or repaired, for this file is not the deployed one: give that one with --policies FILE, or add --with-these-policies.',
      );
      expect(await remembered(deployment)).toEqual(before);
      expect(deployment.account.inbox.messages).toHaveLength(mails);
      const writes = [...deployment.account.calls.byOperation.keys()].filter((operation) =>
        /^(Create|Delete|Update|Put|BatchWrite|Publish)/.test(operation),
      );
      expect(writes).toEqual([]);
    },
  );

  it('makes recovery points in run backup, under claims, and writes down nothing else', async () => {
    const deployment = await withOpenFinding();
    addTable(deployment, 'customers', 0);
    const before = await remembered(deployment);
    const mails = deployment.account.inbox.messages.length;
    const { stdout, stderr } = await typedIn(deployment, ['run', 'backup'], { policies: WITHOUT_PITR });
    expect(stdout).toContain('backup: 1 recovery point created');
    expect(stderr).toContain('Nobody was alerted, nothing was written down');
    expect(backupsOf(deployment.account, 'customers')).toHaveLength(1);
    expect(deployment.account.calls.byOperation.get('PutItem') ?? 0).toBeGreaterThan(0);
    expect(await remembered(deployment)).toEqual(before);
    expect(deployment.account.inbox.messages).toHaveLength(mails);
  });

  it('is said to a program', async () => {
    const deployment = await withOpenFinding();
    const { stdout } = await typedIn(deployment, ['run', 'audit', '--json'], { policies: WITHOUT_PITR });
    expect(JSON.parse(stdout)).toMatchObject({ dryRun: false, onlyReported: true });
    const { stdout: whole } = await typedIn(deployment, ['run', 'audit', '--json']);
    expect(JSON.parse(whole)).not.toHaveProperty('onlyReported');
  });

  it('is acted by when a person says that it is meant: audit repairs and tells', async () => {
    const deployment = await withOpenFinding();
    const argv = ['run', 'audit', '--with-these-policies'];
    const { stdout, stderr } = await typedIn(deployment, argv, { policies: REPAIR });
    expect(stdout).toContain('point-in-time recovery switched on for 1 table');
    expect(stderr).toContain('is not what is deployed.');
    expect(stderr).not.toContain('Nobody was told');
  });
});

describe('a run from a terminal', () => {
  it.each(['audit', 'backup', 'prune'])('%s is not what the deployed function ran with', async (mode) => {
    const deployment = await aDeployment();
    await deployed(deployment);
    const before = await deployment.clock.run(deployment.asPerson.runNotes.read());
    await typedIn(deployment, ['run', mode, '--with-these-policies'], {
      policies: DAILY.replace('daily: 7', 'daily: 6'),
    });
    expect(await deployment.clock.run(deployment.asPerson.runNotes.read())).toEqual(before);
  });

  it.each(['audit', 'backup'])('%s acts as ever where no function has run', async (mode) => {
    const deployment = await aDeployment();
    setPitr(deployment.account, 'orders', { enabled: false });
    const { stderr } = await typedIn(deployment, ['run', mode]);
    expect(stderr).toBe('');
    const [findings, memory] = await remembered(deployment);
    expect(findings.length + (memory.histories ?? []).length).toBeGreaterThan(0);
  });
});
