import { describe, expect, it } from 'vitest';
import { loadPolicies } from '../../../shared/core/policy/load.ts';
import { guardsOf } from '../../../shared/core/preflight/guards.ts';
import { packagedPolicy, unguardedIn } from '../../../shared/core/preflight/packaged-policy.ts';
import { preflight } from '../../../shared/core/preflight/preflight.ts';
import { stepsOf } from '../../../shared/model/advice.ts';
import { DAY_MS, isoInstant } from '../../../shared/model/instant.ts';
import { parseMadeVault } from '../../../shared/model/made-vault.ts';
import type { MadeVault, VaultFacts } from '../../../shared/model/vault-facts.ts';
import { resolvedResources } from '../../support/resolved-template.ts';
import { packageTemplate } from '../../support/template.ts';
import { aSeenVault, denying, MADE_VAULT, someVaultFacts } from '../../support/vault-facts.ts';
import { VAULT_ARN } from '../../support/vaults.ts';
import { INSTANCE, NOW, TARGET } from '../../support/world.ts';

// What guards a vault is taken away in one call: only what the deployment made of it shows that it is missing.

const { policies } = loadPolicies(
  `
policies:
  offsite: { engine: aws-backup, schedule: "0 3 * * *", vault: tablekeeper, retention: { daily: 7 } }
`,
  'policies.yml',
);

const GUARDED: VaultFacts['policies'] = [
  { arn: VAULT_ARN, seen: { kind: 'found', value: packagedPolicy(MADE_VAULT, TARGET) } },
];
const LOCKED = [aSeenVault({ lock: { minDays: 7 } })];

const troubles = (facts: Partial<VaultFacts>) =>
  preflight(
    policies,
    someVaultFacts({ made: MADE_VAULT, policies: GUARDED, vaults: LOCKED, ...facts }),
    TARGET,
    NOW,
  )
    .troubles.filter(({ kind }) => kind === 'vault-unguarded' || kind === 'vault-locked-for-good')
    .map(({ advice, fact, kind, severity }) => ({
      says: `${severity} ${kind}: ${fact}`,
      commands: stepsOf(advice).flatMap(({ commands }) => commands.map((command) => command.join(' '))),
    }));

describe('the vault of a deployment', () => {
  it('is fine with what the deployment put on it, and with a longer lock', () => {
    expect(troubles({})).toEqual([]);
    expect(troubles({ vaults: [aSeenVault({ lock: { minDays: 30 } })] })).toEqual([]);
  });

  it('without its lock is critical, with the command that puts it back', () => {
    const [gone, ...others] = troubles({ vaults: [aSeenVault()] });
    expect(others).toEqual([]);
    expect(gone?.says).toMatch(
      /^critical vault-unguarded: The lock of the backup vault tablekeeper, .* is gone/,
    );
    expect(gone?.commands).toEqual([
      'aws backup put-backup-vault-lock-configuration --region eu-central-1 --backup-vault-name tablekeeper --min-retention-days 7',
    ]);
    expect(troubles({ vaults: [aSeenVault({ lock: { minDays: 1 } })] })[0]?.says).toContain('for 1 day only');
  });

  it.each<[string, VaultFacts['policies'][number]['seen']]>([
    ['gone', { kind: 'missing' }],
    ['without the denial', { kind: 'found', value: denying('backup:StartRestoreJob') }],
    [
      'with one more who may delete',
      {
        kind: 'found',
        value: packagedPolicy(MADE_VAULT, TARGET).replace(
          '"aws:PrincipalArn":[',
          '"aws:PrincipalArn":["arn:aws:iam::111122223333:role/Mallory",',
        ),
      },
    ],
    ['that cannot be parsed', { kind: 'found', value: 'no JSON' }],
  ])('with an access policy that is %s is a warning, with the policy to put back', (_, seen) => {
    const [gone, ...others] = troubles({ policies: [{ arn: VAULT_ARN, seen }] });
    expect(others).toEqual([]);
    expect(gone?.says).toMatch(/^warning vault-unguarded: The access policy of the backup vault tablekeeper/);
    expect(gone?.commands[0]).toContain(`--policy ${packagedPolicy(MADE_VAULT, TARGET)}`);
  });

  it('is promised nothing where the deployment made none, or where that is not known', () => {
    const bare = {
      vaults: [aSeenVault()],
      policies: [{ arn: VAULT_ARN, seen: { kind: 'missing' } }],
    } as const;
    expect(troubles({ ...bare, made: 'none' })).toEqual([]);
    const { made: _, ...unknown } = someVaultFacts(bare);
    expect(preflight(policies, unknown, TARGET, NOW).troubles).toEqual([]);
  });

  it('is put back as it is packaged', () => {
    const accounts = ['999922223333'];
    const { BackupVault } = resolvedResources(packageTemplate(), {
      ...{ accountId: TARGET.accountId, region: TARGET.region },
      parameters: { Vault: 'tablekeeper', VaultAccounts: accounts.join(',') },
    });
    const packaged = BackupVault?.Properties.AccessPolicy as { Statement: { Condition?: object }[] };
    const again = JSON.parse(packagedPolicy({ ...MADE_VAULT, instance: 'prod', accounts }, TARGET));
    const plain = ({ Condition: _, ...statement }: { Condition?: object }) => statement;
    expect(again.Statement.map(plain)).toEqual(packaged.Statement.map(plain));
    const pattern = again.Statement[0].Condition.ArnNotLike['aws:PrincipalArn'];
    expect(JSON.stringify(packaged.Statement[0]?.Condition)).toContain(pattern[0]);
    // What CloudFormation calls the role is not known here: the other name is.
    const named = JSON.stringify(packaged).replace(/"[^"]*PruneRole[^-"]*",/, '');
    expect(unguardedIn(named, 'prod', TARGET)).toEqual([]);
  });
});

describe('a lock that nobody can take back', () => {
  const final = (days: number, minDays = 3650) => [
    aSeenVault({ lock: { minDays, finalAt: NOW + days * DAY_MS } }),
  ];

  it('and that nobody asked the deployment for is critical while it can be taken back, with the day and the command', () => {
    const [lock] = troubles({ vaults: final(3) });
    expect(lock?.says).toMatch(/^critical vault-locked-for-good: .* in compliance mode/);
    expect(lock?.says).toContain(`final from ${isoInstant(NOW + 3 * DAY_MS).slice(0, 10)}`);
    expect(lock?.commands).toEqual([
      'aws backup delete-backup-vault-lock-configuration --region eu-central-1 --backup-vault-name tablekeeper',
      'aws backup put-backup-vault-lock-configuration --region eu-central-1 --backup-vault-name tablekeeper --min-retention-days 7',
    ]);
  });

  it('is no news where the deployment asked for it, and critical where it is longer', () => {
    const made: MadeVault = { ...MADE_VAULT, lock: { mode: 'compliance', minDays: 30 } };
    expect(troubles({ made, vaults: final(6, 30) })).toEqual([]);
    expect(troubles({ made, vaults: final(3) })[0]?.says).toContain('asked for 30 days');
  });

  it('is critical on any vault where it keeps longer than anybody asked, and otherwise a warning', () => {
    expect(troubles({ made: 'none', vaults: final(3) })[0]?.says).toMatch(/^critical/);
    expect(troubles({ made: 'none', vaults: final(3, 5) })[0]?.says).toMatch(/^warning/);
  });

  it('is said to those who ask once it is final', () => {
    expect(troubles({ vaults: final(-1) })[0]?.says).toMatch(/^info .* is final since/);
  });
});

describe('how a vault is guarded', () => {
  it('is said of each that is there', () => {
    const facts = someVaultFacts({ policies: GUARDED, vaults: LOCKED });
    expect(guardsOf(facts, INSTANCE, TARGET)).toEqual([
      { arn: VAULT_ARN, lock: { minDays: 7 }, deletion: 'denied' },
    ]);
    expect(guardsOf(someVaultFacts(), INSTANCE, TARGET)).toEqual([{ arn: VAULT_ARN, deletion: 'open' }]);
  });
});

describe('what a deployment says of its vault', () => {
  it.each<[string | undefined, MadeVault | 'none' | undefined]>([
    [undefined, undefined],
    ['', 'none'],
    ['tablekeeper;;;;', { instance: 'prod', name: 'tablekeeper', accounts: [] }],
    [
      'main;compliance;30;400;999922223333,888822223333',
      {
        instance: 'prod',
        name: 'main',
        lock: { mode: 'compliance', minDays: 30, maxDays: 400 },
        accounts: ['999922223333', '888822223333'],
      },
    ],
  ])('is read: %s', (written, made) => {
    expect(parseMadeVault('prod', written)).toEqual(made);
  });
});
