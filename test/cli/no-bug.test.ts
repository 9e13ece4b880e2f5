import { beforeAll, describe, expect, it } from 'vitest';
import { createProgram } from '../../cli/program.ts';
import type { SimAccount } from '../../sim/account.ts';
import type { Deployment } from '../support/deployment.ts';
import { type Typed, typed, typedIn } from './typed.ts';
import { aDeployment } from './world.ts';

const program = createProgram(async () => undefined, { out: () => undefined, error: () => undefined });

/** What asks the account of an instance, one line for each way of each command. */
const ASKING = [
  'status',
  'status --live',
  'plan',
  'explain orders',
  'report --out /dev/null',
  'cost',
  'run audit --dry-run',
  'run backup',
  'run prune',
  'keep orders',
  'keep --release orders',
  'keep',
  'restore orders --at latest --plan',
  'restore --list',
  'restore --resume --yes',
  'restore --give-up orders',
  'restore --adopt orders',
  'restore --indexes orders --yes',
  'restore orders --emit cloudformation',
  'cutover orders copy',
  'cutover --list',
  'cutover --resume --yes',
  'cutover --give-up orders',
  'doctor',
  'validate --against-account',
];

/** Those that ask nothing of an instance, or whose questions are tested beside them. */
const NOT_ASKING = ['completion', 'finding', 'init', 'invoke', 'package', 'prices', 'sim', 'simulate'];

let deployment: Deployment;
beforeAll(async () => {
  deployment = await aDeployment();
});

const expectNoBug = ({ exitCode, stderr }: Typed): void => {
  expect(stderr).not.toContain('a mistake in Tablekeeper');
  expect(exitCode).not.toBe(70);
};

it('leaves no command out', () => {
  const asking = new Set(ASKING.map((line) => line.split(' ')[0]));
  expect([...asking, ...NOT_ASKING].toSorted()).toEqual(program.commands.map((one) => one.name()).toSorted());
});

describe('an instance that is not deployed is a mistake of a person', () => {
  it.each(ASKING)('%s', async (line) => {
    expectNoBug(await typedIn(deployment, [...line.split(' '), '--instance', 'nosuch']));
  });

  it.each(['keep orders', 'keep --release orders', 'restore --list', 'cutover --list'])(
    '%s names the state table that is not there',
    async (line) => {
      const { exitCode, stderr } = await typedIn(deployment, [...line.split(' '), '--instance', 'nosuch']);
      expect(stderr).toContain('There is no state table tablekeeper-nosuch-state in us-east-1');
      expect(stderr).toContain('--instance');
      expect(exitCode).toBe(3);
    },
  );
});

describe('a state table that may not be used, or does not answer, is no mistake of the program', () => {
  type Fault = Parameters<SimAccount['faults']['add']>[0];
  const FAULTS: readonly Fault[] = ['Query', 'PutItem', 'DeleteItem'].map((operation) => ({
    operation,
    kind: 'access-denied',
  }));

  it.each([
    'keep orders',
    'keep --release orders',
    'cutover --list',
    'cutover --give-up orders',
    'restore --list',
  ])('%s', async (line) => {
    const faults = FAULTS.map((fault) => deployment.account.faults.add(fault));
    const answer = await typedIn(deployment, line.split(' '));
    for (const fault of faults) fault.remove();
    expectNoBug(answer);
    expect(answer.exitCode).toBe(3);
    expect(answer.stderr).toContain('The state table tablekeeper-prod-state');
    expect(answer.stderr).toContain('AccessDeniedException');
  });
});

describe('nothing where a name or a value belongs is a mistake of a person', () => {
  const withValue = program.commands.flatMap((command) =>
    command.options
      .filter(({ required }) => required)
      .map(({ long }) => [command.name(), long ?? ''] as const),
  );

  it.each(withValue)('%s %s', async (name, option) => {
    const { exitCode, stderr, stdout } = await typed([name, option, '']);
    // Or what else has to be there as well.
    expect(stderr).toMatch(/^error: /);
    expect(stderr).not.toContain(': There is no such file');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });

  const withArgument = program.commands.filter(({ registeredArguments }) => registeredArguments.length > 0);

  it.each(withArgument.map((command) => command.name()))('%s with an empty argument', async (name) => {
    const { exitCode, stdout } = await typed([name, '']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });

  it.each(['a/b', 'ab', 'x'.repeat(256), '\u0001'])('keep %j is no name of a table', async (name) => {
    const { exitCode, stderr } = await typed(['keep', name]);
    expect(stderr).toContain('cannot be the name of a table');
    expect(exitCode).toBe(2);
  });
});
