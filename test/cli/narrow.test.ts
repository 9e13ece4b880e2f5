import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { deleteTable } from '../../sim/console/tables.ts';
import { sheet, typedIn } from './typed.ts';
import { aDeployment, addTable } from './world.ts';

/** Commands and words are never broken: what is pasted has to be whole. */
const isWhole = (line: string): boolean => /^ *(?:(?:npx|npm|aws) |\S+$)/.test(line);

describe('on a terminal of 80 columns', () => {
  it.each([
    { argv: ['status', '--live'] },
    { argv: ['status'] },
    { argv: ['keep'] },
    { argv: ['keep', 'gone'] },
    { argv: ['cost'] },
    { argv: ['cost', '--table', 'customer-preferences'] },
    { argv: ['plan'] },
    { argv: ['explain', 'orders'] },
    { argv: ['explain', 'gone'] },
    { argv: ['doctor'] },
    { argv: ['restore', '--list'] },
    { argv: ['restore', 'orders', '--at', 'latest', '--plan'] },
  ])('no line of $argv is wider', async ({ argv }) => {
    const deployment = await aDeployment();
    addTable(deployment, 'customer-preferences', 100);
    addTable(deployment, 'gone', 3);
    await deployment.run('audit');
    deleteTable(deployment.account, 'gone');
    await deployment.run('audit');
    if (argv.length === 1 && argv[0] === 'keep') await typedIn(deployment, ['keep', 'gone']);
    const [stdout, stderr] = [sheet(80), sheet(80)];
    await typedIn(deployment, argv, { streams: [stdout, stderr] });
    const lines = stripVTControlCharacters(stdout.text()).split('\n');
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.filter((line) => line.length > 80 && !isWhole(line))).toEqual([]);
  });
});
