import { describe, expect, it } from 'vitest';
import { denialsIn } from '../../shared/core/preflight/access-policy.ts';
import { type Command, stepsOf } from '../../shared/model/advice.ts';
import { allExamples } from '../messages/examples.ts';
import { resolvedResources } from '../support/resolved-template.ts';
import { packageTemplate } from '../support/template.ts';

// What a message says to do has to be possible on the vault that a deployment makes, which denies people more than others do.

const ACCOUNT = { accountId: '111122223333', region: 'eu-central-1' };

const packaged = (): string => {
  const { BackupVault } = resolvedResources(packageTemplate(), {
    ...ACCOUNT,
    parameters: { Vault: 'tablekeeper' },
  });
  const policy = BackupVault?.Properties.AccessPolicy as {
    readonly Statement: readonly Record<string, unknown>[];
  };
  // A person is none of the roles that the condition excepts.
  const Statement = policy.Statement.map(({ Condition: _, ...statement }) => statement);
  return JSON.stringify({ ...policy, Statement });
};

const actionOf = ([, , operation = '']: Command): string =>
  `backup:${operation
    .split('-')
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('')}`;

const isBackup = ([program, service]: Command): boolean => program === 'aws' && service === 'backup';

const isDenied = (command: Command): boolean =>
  denialsIn(packaged(), [actionOf(command)], ACCOUNT).denied.length > 0;

/** Commands that are refused where no other took the access policy away before, or that leave it away. */
const refused = (commands: readonly Command[]): readonly string[] => {
  let isGuarded = true;
  const found: string[] = [];
  for (const command of commands.filter(isBackup)) {
    const [, , operation] = command;
    if (operation === 'delete-backup-vault-access-policy') isGuarded = false;
    else if (operation === 'put-backup-vault-access-policy') isGuarded = true;
    else if (isGuarded && isDenied(command)) found.push(command.join(' '));
  }
  return isGuarded ? found : [...found, 'the policy is not put back'];
};

describe('the commands of messages', () => {
  it('are none that the access policy of a packaged vault denies, and leave that policy where it was', () => {
    const steps = allExamples().flatMap(({ advice, kind }) =>
      stepsOf(advice).map(({ commands }) => [kind, refused(commands)] as const),
    );
    expect(steps.filter(([, found]) => found.length > 0)).toEqual([]);
    expect(steps.length).toBeGreaterThan(50);
  });

  it('would be found: both ways to change a recovery point are denied', () => {
    for (const operation of ['delete-recovery-point', 'update-recovery-point-lifecycle'])
      expect(refused([['aws', 'backup', operation]])).toHaveLength(1);
    expect(refused([['aws', 'backup', 'list-recovery-points-by-backup-vault']])).toEqual([]);
  });
});
