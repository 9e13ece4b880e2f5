import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HOUR_MS } from '../../../shared/model/instant.ts';
import { noteRun } from '../../../shared/run/run-notes.ts';
import { tableOf } from '../../../sim/console/tables.ts';
import { seatIn, typed } from '../../cli/typed.ts';
import { aFullTable, dyingWire, isStatus, lose, restoring, startTyping } from './world.ts';

/** A session that restored a lost table to its own name and died while AWS made it. */
const killed = async () => {
  const world = await aFullTable();
  await lose(world, 'Orders');
  const { handler, death } = dyingWire(
    world,
    1,
    'before',
    ({ headers }) =>
      isStatus(world, 'Orders', 'CREATING') && headers['x-amz-target']?.endsWith('.DescribeTable') === true,
  );
  const argv = ['restore', 'Orders', '--at', 'latest', '--yes'];
  const ended = startTyping(world, argv, { handler }).then(() => 'finished');
  expect(await world.clock.run(Promise.race([ended, death]))).toBe('killed');
  await world.clock.advanceBy(HOUR_MS);
  return world;
};

const words = (text: string) => text.replaceAll(/\s+/g, ' ');

describe('a restore to the own name of a table that was killed', () => {
  it.each([
    { name: 'the same again', more: [] },
    { name: 'under another name', more: ['--target', 'Copy'] },
  ])('is named with the command that goes on with it: $name', async ({ more }) => {
    const world = await killed();
    const { exitCode, stderr } = await restoring(world, ['Orders', '--at', 'latest', '--yes', ...more]);
    expect({ exitCode, stderr: words(stderr) }).toEqual({
      exitCode: 2,
      stderr: expect.stringMatching(/A restore to Orders is under way .*restore --resume/),
    });
    expect(stderr).not.toContain('another table that had the name');
  });

  it('is listed with that command until it has ended', async () => {
    const world = await killed();
    const before = await restoring(world, ['--list']);
    expect(words(before.stdout)).toMatch(/started.*Go on .*restore --resume/);
    expect(JSON.parse((await restoring(world, ['--list', '--json'])).stdout)).toMatchObject({
      advice: { commands: [expect.arrayContaining(['--resume'])] },
    });
    await restoring(world, ['--resume']);
    expect((await restoring(world, ['--list'])).stdout).not.toContain('--resume');
  });
});

describe('without a policy file in the folder', () => {
  const elsewhere = () => {
    const folder = process.cwd();
    process.chdir(mkdtempSync(join(tmpdir(), 'tablekeeper-nothing-')));
    onTestFinished(() => process.chdir(folder));
  };

  it('restores are listed, planned and gone on with by what the functions ran with last', async () => {
    const world = await killed();
    await world.clock.run(noteRun(world.asPerson, 'audit', true));
    elsewhere();
    const type = (...argv: string[]) => world.clock.run(typed(['restore', ...argv], seatIn(world)));
    expect(await type('--list')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Orders') });
    const resumed = await type('--resume');
    expect(resumed).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('policies.yml') });
    expect(resumed.stdout).toContain('Value=standard');
    expect(tableOf(world.account, 'Orders').tags).toMatchObject({ 'backup:policy': 'none' });
    await world.clock.advanceBy(HOUR_MS);
    const planned = await type('Orders', '--at', 'latest', '--target', 'Copy', '--plan');
    expect(planned).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Copy') });
  });

  it('restores are listed where no function has run, and none is gone on with: the key of the policy tag is not known', async () => {
    const world = await killed();
    elsewhere();
    const type = (...argv: string[]) => world.clock.run(typed(['restore', ...argv], seatIn(world)));
    expect(await type('--list')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Orders') });
    expect(await type('--resume')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('policies.yml'),
    });
  });
});
