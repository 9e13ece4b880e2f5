import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { markdownTable, median, numberText } from './cells.ts';

const run = promisify(execFile);

interface PlanCost {
  readonly cpuSeconds: number;
  readonly inputMb: number;
  readonly grownMb: number;
  readonly keptMb: number;
}

const ROUNDS = 3;

const once = async (mode: string, tables: number): Promise<PlanCost> => {
  const file = join(import.meta.dirname, 'plan-case.ts');
  const { stdout } = await run(process.execPath, ['--expose-gc', file, mode, String(tables)]);
  return JSON.parse(stdout);
};

const rowOf = async (mode: string, tables: number): Promise<readonly string[]> => {
  const costs: PlanCost[] = [];
  for (let round = 0; round < ROUNDS; round += 1) costs.push(await once(mode, tables));
  const middle = (pick: (cost: PlanCost) => number): number => median(costs.map(pick));
  return [
    mode,
    numberText(tables),
    numberText(
      middle(({ cpuSeconds }) => cpuSeconds),
      2,
    ),
    numberText(middle(({ inputMb }) => inputMb)),
    numberText(middle(({ grownMb }) => grownMb)),
    numberText(middle(({ keptMb }) => keptMb)),
  ];
};

/** Decides a plan for each number of tables in fresh processes and formats the cost: CPU, heap before, heap growth, heap of the plan. */
export const planTable = async (sizes: readonly number[]): Promise<string> => {
  const rows: (readonly string[])[] = [];
  for (const mode of ['protect', 'expire', 'audit'])
    for (const tables of sizes) rows.push(await rowOf(mode, tables));
  return markdownTable([['Mode', 'tables', 'CPU s', 'input MB', 'grown MB', 'plan MB'], ...rows]);
};
