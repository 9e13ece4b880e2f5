import { describe, expect, it } from 'vitest';
import { tableOf, tagTable } from '../../sim/console/tables.ts';
import { type CutoverWorld, cut, cutoverWorld, MINUTE } from './cutover-world.ts';

// Whether the table in use is backed up after a cut-over, whoever tagged which of the two.

const KEY = 'backup:policy';

const tagged = async (old: string, copy: string): Promise<CutoverWorld> => {
  const world = await cutoverWorld();
  tagTable(world.account, 'orders', { [KEY]: old });
  tagTable(world.account, 'copy', { [KEY]: copy });
  await world.clock.advanceBy(MINUTE);
  return world;
};

const tagIn = ({ account }: CutoverWorld, table: string) => tableOf(account, table).tags[KEY];

const words = (text: string) => text.replaceAll(/\s+/g, ' ');

describe('a damaged table that somebody took out of backups', () => {
  it('is not followed by a move: no command ends the backups of its copy', async () => {
    const world = await tagged('none', 'standard');
    const plan = words((await cut('orders copy')(world)).stdout);
    expect(plan).toContain('copy keeps its backup:policy = standard: backup:policy = none of orders would');
    expect(plan).not.toContain('tag-resource');
    const done = await cut('orders copy --apply --yes')(world);
    expect(done, done.stderr).toMatchObject({ exitCode: 0 });
    expect(words(done.stdout.split('is complete').at(-1) ?? '')).toContain(
      'copy keeps its backup:policy = standard',
    );
    expect(tagIn(world, 'copy')).toBe('standard');
  });

  it('does not take its opt-out along through a swap, and that is said in plan and report', async () => {
    const world = await tagged('none', 'standard');
    const said = 'orders gets backup:policy = standard after the swap, with what copy is backed up by';
    expect(words((await cut('orders copy --swap')(world)).stdout)).toContain(said);
    const done = await cut('orders copy --swap --apply --yes')(world);
    expect(done, done.stderr).toMatchObject({ exitCode: 0 });
    expect(words(done.stdout.split('is complete').at(-1) ?? '')).toContain(said);
    expect(tagIn(world, 'orders')).toBe('standard');
  });

  it('and whose copy opts out as well, is named with the command, in plan and report', async () => {
    const world = await tagged('none', 'none');
    for (const argv of ['orders copy', 'orders copy --apply --yes']) {
      const { stdout, exitCode } = await cut(argv)(world);
      expect(exitCode).toBe(0);
      expect(words(stdout.split('is complete').at(-1) ?? '')).toMatch(
        /No policy backs copy up, and none did the old table: .* aws dynamodb tag-resource .*table\/copy --tags Key=backup:policy,Value=POLICY/,
      );
    }
  });
});

it('a swap puts on what either table was backed up by', async () => {
  const world = await tagged('offsite', 'standard');
  expect(words((await cut('orders copy')(world)).stdout)).toContain('Value=offsite+standard');
  await cut('orders copy --swap --apply --yes')(world);
  expect(tagIn(world, 'orders')).toBe('offsite+standard');
});
