import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { grantText } from '../support/role-guard.ts';
import { type Grant, grantsOf } from '../support/roles.ts';
import { type CutoverWorld, cut, cutoverWorld, MINUTE, wire } from './cutover-world.ts';

// The policies of docs/cutover.md allow what both ways of cutting over call, and nothing that neither does.

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/cutover.md'), 'utf8');

const filled = (text: string): string =>
  text
    .replaceAll('ACCOUNT', '111122223333')
    .replaceAll('REGION', 'us-east-1')
    .replaceAll('INSTANCE', 'prod')
    .replaceAll('RESTORED', 'copy')
    .replaceAll('/TABLE', '/orders');

const POLICIES = [...PAGE.matchAll(/^```json\n(.*?)^```/gms)].map(([, text = '']): readonly Grant[] =>
  grantsOf({
    AssumeRolePolicyDocument: { Statement: [] },
    Policies: [{ PolicyDocument: JSON.parse(filled(text)) }],
  }),
);

const [MOVE = [], SWAP = []] = POLICIES;

/** Auto scaling goes with a table that is deleted in the console. */
const withoutScaling = async ({ invoke }: CutoverWorld, table: string): Promise<void> => {
  const { ScalableTargets } = await invoke('autoscaling', 'DescribeScalableTargets', {
    ServiceNamespace: 'dynamodb',
  });
  for (const { ResourceId, ScalableDimension } of ScalableTargets as Record<string, string>[])
    if (ResourceId?.split('/')[1] === table)
      await invoke('autoscaling', 'DeregisterScalableTarget', {
        ServiceNamespace: 'dynamodb',
        ResourceId,
        ScalableDimension,
      });
};

const move = async (grants: readonly Grant[]) => {
  const world = await cutoverWorld();
  await withoutScaling(world, 'copy');
  await world.invoke('dynamodb', 'UpdateTable', {
    TableName: 'copy',
    StreamSpecification: { StreamEnabled: false },
  });
  await world.clock.advanceBy(10 * MINUTE);
  world.guard.admit(['person'], () => new Map([['person', grants]]));
  const done = await cut('orders copy --apply --yes --kinesis share')(world);
  return { done, guard: world.guard };
};

const swap = async (grants: readonly Grant[]) => {
  const world = await cutoverWorld();
  world.guard.admit(['person'], () => new Map([['person', grants]]));
  const watched = wire(world, async (operation) => {
    if (operation === 'DeleteTable') await withoutScaling(world, 'orders');
    return undefined;
  });
  const ended = await cut('orders copy --apply --yes --swap --ttl on', watched)(world);
  const listed = await cut('--list')(world);
  return { done: ended, guard: world.guard, listed };
};

it('allow a cut-over and a swap, and each grant is needed by one of them', async () => {
  const moved = await move(MOVE);
  expect(moved.guard.refused).toEqual([]);
  expect(moved.done.stdout).toMatch(/is complete/);
  const swapped = await swap([...MOVE, ...SWAP]);
  expect(swapped.guard.refused).toEqual([]);
  expect(swapped.done.stdout).toMatch(/is complete/);
  const used = new Set([...moved.guard.used, ...swapped.guard.used]);
  const all = [...MOVE, ...SWAP].map((grant) => grantText('person', grant));
  expect(all.filter((grant) => !used.has(grant))).toEqual([]);
});

it('without those of the swap delete nothing, and say which call is denied', async () => {
  const { done, guard } = await swap(MOVE);
  expect(done.exitCode).toBe(1);
  expect(done.stdout).toMatch(/CreateBackup|ListBackups/);
  expect(guard.refused.some((one) => one.includes('DeleteTable'))).toBe(false);
});
