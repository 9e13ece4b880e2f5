import { DAY_MS, HOUR_MS, type Instant } from '../../shared/model/instant.ts';
import type { OpenFinding } from '../../shared/model/memory.ts';
import { createTable } from '../../sim/console/tables.ts';
import type { Deployment } from '../support/deployment.ts';

// What stories of a table under one policy of a vault have in common.

export const DR = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:dr';

/** Nightly recovery points in the vault, two of them, and whatever lines come with that. */
export const offsite = (more = '', retention = '{ daily: 2 }'): string => `
policies:
  offsite:
    engine: aws-backup
    schedule: "0 3 * * *"
    vault: tablekeeper
    retention: ${retention}
${more}`;

/** A vault policy that lets nobody list what is in it. */
export const NO_LISTING = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Deny', Principal: '*', Action: 'backup:ListRecoveryPointsByBackupVault', Resource: '*' },
  ],
};

export const addVaultTable = (
  { account, clock }: Deployment,
  name = 'orders',
  createdAt: Instant = clock.now() - 40 * DAY_MS,
) => createTable(account, { name, tags: { 'backup:policy': 'offsite' }, pitr: true, createdAt });

/** Lets runs come as a day has them, four rounds a day. */
export const daysOf = async ({ clock, run }: Deployment, count: number): Promise<readonly OpenFinding[]> => {
  let found: readonly OpenFinding[] = [];
  for (let passed = 0; passed < 4 * count; passed += 1) {
    await clock.advanceBy(HOUR_MS);
    await run('protect');
    await clock.advanceBy(5 * HOUR_MS);
    await run('expire');
    found = (await run('audit')).openFindings;
  }
  return found;
};

export const kindsOf = (found: readonly OpenFinding[]): readonly string[] => found.map(({ kind }) => kind);
