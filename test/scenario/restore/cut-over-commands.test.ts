import { describe, expect, it } from 'vitest';
import { invokeIn } from '../../../sim/console/attachments.ts';
import { openRegion } from '../../../sim/console/regions.ts';
import type { Deployment } from '../../support/deployment.ts';
import { aFullTable, lose, restoring, startTyping } from './world.ts';

// What a restore says of what points at its source, and that each command it prints for that works where it is printed.

const words = (text: string) => text.replaceAll(/\s+/g, ' ');

const commandsIn = (text: string): readonly string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => /^(?:npx tablekeeper|aws) /.test(line)),
  ),
];

const SERVICES = {
  cloudwatch: 'cloudwatch',
  dynamodb: 'dynamodb',
  lambda: 'lambda',
  pipes: 'pipes',
} as const;

const isService = (word: string | undefined): word is keyof typeof SERVICES =>
  word !== undefined && word in SERVICES;

const inCapitals = (kebab: string): string =>
  kebab.replaceAll(/(?:^|-)([a-z])/g, (_all, letter: string) => letter.toUpperCase());

const MEMBERS: Readonly<Record<string, string>> = { uuid: 'UUID' };

/** The options of an AWS command as members of its input; what has several values is a list. */
const inputOf = (options: readonly string[]) => {
  const input: Record<string, unknown> = {};
  for (const [at, option] of options.entries()) {
    if (!option.startsWith('--') || option === '--region') continue;
    const next = options.findIndex((word, place) => place > at && word.startsWith('--'));
    const values = options.slice(at + 1, next === -1 ? undefined : next);
    const name = option.slice(2);
    input[MEMBERS[name] ?? inCapitals(name)] = /names|types/.test(name) ? values : values[0];
  }
  return input;
};

/** Runs a command as a person pastes it, in the Region that it names. */
const paste = async (world: Deployment, command: string): Promise<void> => {
  const [, service, operation = '', ...options] = command.split(' ');
  const region = options[options.indexOf('--region') + 1] ?? '';
  if (!isService(service)) throw new Error(`no such service: ${command}`);
  const accounts = [...world.account.state.regions.values()];
  const account = accounts.find((one) => one.region === region);
  if (account === undefined) throw new Error(`no such Region: ${command}`);
  await invokeIn(account)(service, inCapitals(operation), inputOf(options));
};

const typedAgain = async (world: Deployment, command: string) => {
  const argv = command.split(' ').slice(2);
  const place = argv.indexOf('--policies');
  return await world.clock.run(startTyping(world, argv.toSpliced(place, 2), { answers: ['n'] }));
};

/** Runs every command that is printed about what points at the source. */
const expectAllToWork = async (world: Deployment, text: string): Promise<readonly string[]> => {
  const about = commandsIn(text).filter((line) => !/update-time-to-live|tag-resource/.test(line));
  for (const command of about)
    if (command.startsWith('aws ')) await paste(world, command);
    else {
      const { exitCode, stderr } = await typedAgain(world, command);
      expect(exitCode, `${command}\n${stderr}`).not.toBe(2);
    }
  return about;
};

const READERS = [
  /^aws lambda get-event-source-mapping --uuid [0-9a-f-]+ --region us-east-1$/,
  /^aws pipes describe-pipe --name Orders-pipe --region us-east-1$/,
];

const end = (text: string): string => words(text.split('Not looked at:').at(-1) ?? '');

describe('what points at the source of a restore', () => {
  it('under its own name: nothing is cut over, and its readers are named with how each is set up', async () => {
    const world = await aFullTable();
    await lose(world, 'Orders');
    const { stdout } = await restoring(world, ['Orders', '--at', 'latest', '--yes']);
    expect(stdout).not.toContain('tablekeeper cutover');
    const ran = await expectAllToWork(world, stdout);
    for (const reader of READERS) expect(ran).toContainEqual(expect.stringMatching(reader));
    expect(end(stdout)).toMatch(/Nothing is to be cut over to Orders: .*alarms.*IAM policies.*the stream/);
    expect(end(stdout)).toContain('2 readers of the old stream');
    expect(end(stdout)).toContain('describe-table');
  });

  it('that is gone, under another name: what names it is made again or changed, in words', async () => {
    const world = await aFullTable();
    await lose(world, 'Orders');
    const { stdout } = await restoring(world, ['Orders', '--at', 'latest', '--target', 'Copy', '--yes']);
    expect(stdout).not.toContain('tablekeeper cutover');
    expect(words(stdout)).toContain('leave --target out');
    const ran = await expectAllToWork(world, stdout);
    for (const command of [...READERS, /^aws cloudwatch describe-alarms .*Orders-share/])
      expect(ran).toContainEqual(expect.stringMatching(command));
    expect(end(stdout)).toMatch(/Orders is gone: nothing can be cut over from it/);
  });

  it('in another Region: it stays where it is', async () => {
    const world = await aFullTable();
    openRegion(world.account, 'eu-west-1');
    const { stdout } = await restoring(world, [
      ...['Orders', '--at', 'latest', '--yes', '--to-region', 'eu-west-1', '--key', 'aws-owned'],
    ]);
    expect(stdout).not.toContain('tablekeeper cutover');
    const ran = await expectAllToWork(world, stdout);
    for (const reader of READERS) expect(ran).toContainEqual(expect.stringMatching(reader));
    expect(end(stdout)).toMatch(/Nothing can be cut over from one Region to another/);
  });

  it('beside it: each printed cut-over can begin', async () => {
    const world = await aFullTable();
    const { stdout } = await restoring(world, ['Orders', '--at', 'latest', '--target', 'Copy', '--yes']);
    const ran = await expectAllToWork(world, stdout);
    expect(ran.filter((line) => line.startsWith('npx tablekeeper cutover'))).toHaveLength(2);
  });
});
