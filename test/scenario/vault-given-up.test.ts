import { expect, it } from 'vitest';
import { HOUR_MS } from '../../shared/model/instant.ts';
import { setKey } from '../../sim/console/trouble.ts';
import { createVault } from '../../sim/console/vaults.ts';
import { deploy } from '../support/deployment.ts';
import { addVaultTable, offsite } from './vault-stories.ts';

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/own';
const WITHOUT_VAULT = 'policies:\n  offsite: { schedule: "0 3 * * *", retention: { daily: 7 } }\n';

it('what a vault needs is over once no policy names a vault any more', async () => {
  const tablekeeper = await deploy({ startAt: '2026-03-02T10:00:00Z', policies: offsite() });
  const { account, clock, run } = tablekeeper;
  createVault(account, { name: 'tablekeeper', encryptionKeyArn: KEY });
  addVaultTable(tablekeeper);
  setKey(account, KEY, 'disabled');
  const openAfter = async (policies?: string) => {
    await clock.advanceBy(6 * HOUR_MS);
    const report = await run('audit', policies === undefined ? {} : { policies });
    return report.openFindings.map(({ kind }) => kind).filter((kind) => kind === 'vault-key-unusable');
  };
  expect(await openAfter()).toEqual(['vault-key-unusable']);
  expect(await openAfter(WITHOUT_VAULT)).toEqual([]);
});
