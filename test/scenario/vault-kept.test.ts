import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../shared/model/instant.ts';
import { cancelHold } from '../../sim/backup/change-legal-holds.ts';
import { createVault, placeLegalHold, pointsOf, setVaultLock } from '../../sim/console/vaults.ts';
import { typedIn } from '../cli/typed.ts';
import { type Deployment, type DeploymentOptions, deploy } from '../support/deployment.ts';
import { addVaultTable, daysOf, kindsOf, offsite } from './vault-stories.ts';

// What a legal hold or a lock keeps is shown as that, and nobody asks for its deletion again and again.

const begin = async (options: Partial<DeploymentOptions> = {}): Promise<Deployment> => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z', policies: offsite(), ...options });
  createVault(tablekeeper.account, { name: 'tablekeeper' });
  addVaultTable(tablekeeper);
  return tablekeeper;
};

const ready = ({ account }: Deployment): number =>
  pointsOf(account, 'tablekeeper').filter(({ status }) => status === 'ready').length;

const deletions = ({ account }: Deployment): number => account.calls.of('DeleteRecoveryPoint');

describe('a legal hold', { timeout: 60_000 }, () => {
  it.each(['AccessDeniedException', 'InvalidRequestException', 'InvalidResourceStateException'] as const)(
    'keeps what it took in, by its name, until it is lifted (%s)',
    async (heldDeletion) => {
      const tablekeeper = await begin({ heldDeletion });
      const { account, clock, run } = tablekeeper;
      await daysOf(tablekeeper, 1);
      const hold = placeLegalHold(account);
      const kept = ready(tablekeeper);
      const before = deletions(tablekeeper);
      expect(kindsOf(await daysOf(tablekeeper, 4))).toEqual([]);
      expect(deletions(tablekeeper) - before).toBe(2);
      expect(ready(tablekeeper)).toBe(kept + 2);
      const { plan } = await run('expire');
      expect(plan.retention.at(-1)?.heldBack).toEqual(['it is under the legal hold "hold"']);
      const policies = offsite();
      const explained = await typedIn(tablekeeper, ['explain', 'orders'], { policies });
      expect(explained.stdout).toContain('held back: it is under the legal hold "hold"');
      const { stdout } = await typedIn(tablekeeper, ['status'], { policies });
      expect(stdout).toContain(`Legal holds\n  "hold" keeps ${kept} recovery points of 1 table\n`);
      cancelHold(account, hold, 'the case is closed');
      await clock.advanceBy(DAY_MS / 24);
      await daysOf(tablekeeper, 1);
      expect(ready(tablekeeper)).toBe(2);
    },
  );

  it('that cannot be listed is met by a refusal, which is asked again a week later', async () => {
    const tablekeeper = await begin();
    await daysOf(tablekeeper, 1);
    placeLegalHold(tablekeeper.account);
    tablekeeper.account.faults.add({ operation: 'ListLegalHolds', kind: 'access-denied' });
    const held = ready(tablekeeper);
    const before = deletions(tablekeeper);
    expect(kindsOf(await daysOf(tablekeeper, 6))).toEqual([]);
    expect(deletions(tablekeeper) - before).toBe(held + 4);
  });

  it('that rules keep for as well is said with them', async () => {
    const tablekeeper = await begin();
    await daysOf(tablekeeper, 1);
    placeLegalHold(tablekeeper.account);
    const { plan } = await tablekeeper.run('audit');
    expect(plan.retention[0]).toMatchObject({ decision: 'keep' });
    expect(plan.retention[0]?.heldBack).toBeUndefined();
    expect(plan.retention[0]?.reasons.at(-1)).toBe('and it is under the legal hold "hold"');
  });
});

describe('a locked vault', { timeout: 60_000 }, () => {
  it.each([
    { name: 'in governance mode', lockAt: undefined },
    { name: 'in compliance mode, which nobody can lift', lockAt: Date.parse('2026-03-01T00:00:00Z') },
  ])('keeps all for its shortest retention, and lets go after it: $name', async ({ lockAt }) => {
    const tablekeeper = await begin({ lockBars: 'until-min' });
    setVaultLock(tablekeeper.account, 'tablekeeper', {
      minDays: 3,
      ...(lockAt !== undefined && { lockAt }),
    });
    Object.assign(tablekeeper.account.state.settings, { lockCountsFrom: 'arrival' });
    const policies = offsite('    deleteAfterDays: 5');
    const run: Deployment['run'] = (mode, wishes) => tablekeeper.run(mode, { ...wishes, policies });
    expect(kindsOf(await daysOf({ ...tablekeeper, run }, 3))).toEqual([]);
    expect(deletions(tablekeeper)).toBe(0);
    const { plan } = await run('expire');
    expect(plan.retention.at(-1)?.heldBack?.[0]).toMatch(/^its vault is locked, until 2026-03-/);
    expect(kindsOf(await daysOf({ ...tablekeeper, run }, 3))).toEqual([]);
    expect(deletions(tablekeeper)).toBeGreaterThan(0);
    expect(ready(tablekeeper)).toBeLessThanOrEqual(4);
  });

  it('with a longest retention takes no job without an end, and the finding says which setting is missing', async () => {
    const tablekeeper = await begin();
    setVaultLock(tablekeeper.account, 'tablekeeper', { minDays: 1, maxDays: 30 });
    const found = await daysOf(tablekeeper, 1);
    const failed = found.find(({ kind }) => kind === 'backup-job-failed');
    expect(failed?.fact).toContain('the lifecycle is outside the valid range');
    expect(failed?.advice.say).toContain('deleteAfterDays');
    expect(tablekeeper.account.calls.of('StartBackupJob')).toBeLessThanOrEqual(2);
    const policies = offsite('    deleteAfterDays: 5');
    const run: Deployment['run'] = (mode, wishes) => tablekeeper.run(mode, { ...wishes, policies });
    expect(kindsOf(await daysOf({ ...tablekeeper, run }, 2))).toEqual([]);
  });
});
