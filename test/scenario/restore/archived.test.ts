import { expect, it } from 'vitest';
import { MINUTE_MS } from '../../../shared/model/instant.ts';
import { archiveTable, setKey } from '../../../sim/console/trouble.ts';
import { aFullTable, restoring } from './world.ts';

const said = (text: string): string => text.replaceAll(/\s+/g, ' ');

it('the plan of an archived table says that its key comes first, and names the backup it was archived into', async () => {
  const deployment = await aFullTable();
  setKey(deployment.account, 'key-of-Orders', 'disabled');
  const archive = archiveTable(deployment.account, 'Orders');
  await deployment.clock.advanceBy(MINUTE_MS);
  const plan = (...argv: readonly string[]) => restoring(deployment, ['Orders', ...argv, '--plan']);
  const { stdout } = await plan('--at', '2026-03-10T05:10Z');
  expect(said(stdout)).toContain(
    'Orders is ARCHIVED: its key could not be used. Enable the key, cancel its deletion or give its policy back first',
  );
  expect(said(stdout)).toContain(`npx tablekeeper restore Orders --recovery-point ${archive} --region`);
  const named = await plan('--recovery-point', archive);
  expect(said(named.stdout)).toContain('Orders is ARCHIVED');
  expect(said(named.stdout)).not.toContain('DynamoDB archived its last state');
});
