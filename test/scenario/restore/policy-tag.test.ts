import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../shared/model/instant.ts';
import { tableOf, tagTable } from '../../../sim/console/tables.ts';
import type { Deployment } from '../../support/deployment.ts';
import { aFullTable, dyingWire, forgetManifests, isStatus, lose, restoring, startTyping } from './world.ts';

// A restored table is backed up or not by its policy tag alone.

const TAG = 'backup:policy';

const ways = [
  { name: 'under its own name', target: 'Orders', more: [], isKept: true },
  {
    name: 'under its own name, as a replacement',
    target: 'Orders',
    more: ['--as-replacement'],
    isKept: true,
  },
  { name: 'under its own name, of which nothing was kept', target: 'Orders', more: [], isKept: false },
  { name: 'under another name', target: 'Copy', more: ['--target', 'Copy'], isKept: true },
  {
    name: 'under another name, bare',
    target: 'Copy',
    more: ['--target', 'Copy', '--without-settings'],
    isKept: true,
  },
] as const;

type Way = (typeof ways)[number];

const typedFor = ({ more }: Way) => ['Orders', '--at', 'latest', '--yes', ...more];

const lost = async ({ isKept }: Way) => {
  const world = await aFullTable();
  await lose(world, 'Orders');
  if (!isKept) await forgetManifests(world, 'Orders');
  return world;
};

/** A session that dies while AWS makes the table, or just before the tags are written. */
const killed = async (world: Deployment, way: Way, at: 'CREATING' | 'TagResource') => {
  const { handler, death } = dyingWire(world, 1, 'before', ({ headers }) => {
    if (at === 'CREATING')
      return isStatus(world, way.target, at) && headers['x-amz-target']?.endsWith('.DescribeTable') === true;
    return headers['x-amz-target']?.endsWith(`.${at}`) === true;
  });
  const ended = startTyping(world, ['restore', ...typedFor(way)], { handler }).then(() => 'finished');
  expect(await world.clock.run(Promise.race([ended, death]))).toBe('killed');
  await world.clock.advanceBy(HOUR_MS);
};

const tagsOf = (world: Deployment, table: string) => tableOf(world.account, table).tags;

const words = (text: string) => text.replaceAll(/\s+/g, ' ');

describe('a policy tag that somebody set on the restored table', () => {
  it.each(ways.flatMap((way) => (['CREATING', 'TagResource'] as const).map((at) => ({ ...way, at }))))(
    'stays, and is reported, $name, killed at $at',
    async ({ at, ...way }) => {
      const world = await lost(way as Way);
      await killed(world, way as Way, at);
      tagTable(world.account, way.target, { [TAG]: 'other' });
      await world.clock.advanceBy(MINUTE_MS);
      const { stdout } = await restoring(world, ['--resume']);
      expect(tagsOf(world, way.target), stdout).toMatchObject({ [TAG]: 'other' });
      expect(stdout).not.toContain('opts it out');
      expect(words(stdout)).toMatch(/other: somebody set it on the restored table since the restore began/);
    },
  );
});

it('global indexes that are built later take no policy tag off', async () => {
  const world = await aFullTable();
  await restoring(world, ['Orders', '--at', 'latest', '--yes', '--target', 'Copy', '--without-indexes']);
  tagTable(world.account, 'Copy', { [TAG]: 'standard' });
  await world.clock.advanceBy(MINUTE_MS);
  const { stdout } = await restoring(world, ['--indexes', 'Copy']);
  expect(tagsOf(world, 'Copy'), stdout).toMatchObject({ [TAG]: 'standard' });
  expect(stdout).not.toContain('opts it out');
});

describe('a restored table that opts out of backups', () => {
  it.each(ways.filter(({ more }) => !more.some((one) => one === '--as-replacement')))(
    'is reported with the command that opts it in, $name',
    async (way) => {
      const world = await lost(way);
      const { stdout } = await restoring(world, typedFor(way));
      expect(tagsOf(world, way.target), stdout).toMatchObject({ [TAG]: 'none' });
      expect(words(stdout)).toContain(`${way.target} is not backed up: its tag ${TAG}=none opts it out.`);
      expect(words(stdout)).toContain(`--tags Key=${TAG},Value=standard`);
    },
  );

  it('is named in the document with the command', async () => {
    const [way] = ways;
    const world = await lost(way);
    const { stdout } = await restoring(world, [...typedFor(way), '--json']);
    const [restored] = JSON.parse(stdout).restores;
    expect(restored.optedOut).toMatchObject({
      tag: TAG,
      advice: { commands: [expect.arrayContaining([`Key=${TAG},Value=standard`])] },
    });
  });
});
