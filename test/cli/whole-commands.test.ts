import { describe, expect, it } from 'vitest';
import { commandHere } from '../../cli/here.ts';
import { chosenFile } from '../../cli/policies.ts';
import { beginSession } from '../../cli/session.ts';
import { packagedCommand } from '../../shared/core/text/whole-command.ts';
import { commandText } from '../../shared/model/shell.ts';
import { createTable } from '../../sim/console/tables.ts';
import { commandOf } from '../support/advice-text.ts';
import { deploy } from '../support/deployment.ts';
import { aTerminal, seatIn, typed } from './typed.ts';

// A person whose instance is `dev`, in a Region that is only typed, pastes what is printed: it has to act there.

const WHERE = ['--region', 'eu-west-1', '--instance', 'dev'];
const THERE = '--region eu-west-1 --instance dev';

/** Types a command where nothing but what is typed says which deployment is meant. */
const typedThere = async (argv: readonly string[]) => {
  const deployment = await deploy({
    startAt: '2026-03-10T05:00:00Z',
    rates: 'off',
    region: 'eu-west-1',
    instance: 'dev',
  });
  createTable(deployment.account, { name: 'orders', tags: { 'backup:policy': 'standard' } });
  const env = { HOME: '/nonexistent' };
  return await deployment.clock.run(typed([...argv, ...WHERE], { ...seatIn(deployment), env }));
};

describe('what is printed for a deployment names it', () => {
  it.each([
    { argv: ['status'], commands: [`npx tablekeeper status --live ${THERE}`] },
    {
      argv: ['status', '--table', 'nope', '--live'],
      commands: [`npx tablekeeper explain nope ${THERE}`],
    },
    { argv: ['cost', '--table', 'nothing-like-it'], commands: [`npx tablekeeper cost ${THERE}`] },
    { argv: ['keep', '--release', 'orders'], commands: [`npx tablekeeper keep ${THERE}`] },
    { argv: ['restore', '--give-up', 'nope'], commands: [`npx tablekeeper restore --list ${THERE}`] },
    { argv: ['restore', '--adopt', 'nope'], commands: [`npx tablekeeper restore --list ${THERE}`] },
    {
      argv: ['restore', 'nope', '--emit', 'terraform'],
      commands: [`npx tablekeeper restore --list ${THERE}`],
    },
    { argv: ['cutover', '--give-up', 'nope'], commands: [`npx tablekeeper cutover --list ${THERE}`] },
    {
      argv: ['cutover', 'orders', 'no-copy'],
      commands: [
        `npx tablekeeper cutover TABLE RESTORED ${THERE}`,
        `npx tablekeeper restore --list ${THERE}`,
      ],
    },
    {
      argv: ['run', 'backup', '--approve', '0123456789abcdef'],
      commands: [`npx tablekeeper run prune --approve 0123456789abcdef ${THERE}`],
    },
    { argv: ['finding', 'no-such-kind-of-it'], commands: ['npx tablekeeper finding'] },
    {
      argv: ['validate'],
      commands: [`npx tablekeeper simulate policies.yml ${THERE}`],
    },
  ])('$argv', async ({ argv, commands }) => {
    const { stdout, stderr } = await typedThere(argv);
    const lines = `${stdout}${stderr}`.split('\n').map((line) => line.trim());
    expect(lines.filter((line) => line.startsWith('npx tablekeeper'))).toEqual(commands);
  });

  it('also to programs, as an argument list and within the sentence', async () => {
    const { stdout } = await typedThere(['cutover', '--give-up', 'nope', '--json']);
    const command = `npx tablekeeper cutover --list ${THERE}`;
    expect(JSON.parse(stdout).errors).toMatchObject([
      { fix: `All cut-overs: ${command}`, advice: { say: 'All cut-overs:', commands: [command.split(' ')] } },
    ]);
  });

  it('in the Region of an ARN, where that says it', async () => {
    const deployment = await deploy({ startAt: '2026-03-10T05:00:00Z', rates: 'off', region: 'eu-west-1' });
    const arn = 'arn:aws:dynamodb:eu-west-1:111122223333:table/gone';
    const env = { HOME: '/nonexistent', AWS_REGION: 'us-east-1' };
    const { stderr } = await deployment.clock.run(
      typed(['keep', '--release', arn], { ...seatIn(deployment), env }),
    );
    expect(stderr).toContain('npx tablekeeper keep --region eu-west-1\n');
  });
});

describe('a command goes on with what was typed', () => {
  const options = { instance: 'dev', policies: 'policies.yml' };
  const here = { region: 'eu-west-1' };

  it.each([
    { given: 'tablekeeper plan', also: {}, is: `npx tablekeeper plan ${THERE}` },
    { given: 'tablekeeper plan', also: { instance: 'prod' }, is: 'npx tablekeeper plan --region eu-west-1' },
    {
      given: 'tablekeeper plan',
      also: { policies: 'other.yml', profile: 'ops', policyTag: 'ours:policy' },
      is: `npx tablekeeper plan ${THERE} --policy-tag ours:policy --policies other.yml --profile ops`,
    },
    {
      given: 'tablekeeper explain -- -x',
      also: { endpointUrl: 'http://127.0.0.1:4567' },
      is: `npx tablekeeper explain ${THERE} --endpoint-url http://127.0.0.1:4567 -- -x`,
    },
    {
      given: 'aws sts get-caller-identity',
      also: { policies: 'other.yml', profile: 'ops' },
      is: 'aws sts get-caller-identity --region eu-west-1 --profile ops',
    },
    {
      given: 'npm run deploy',
      also: { profile: 'ops' },
      is: 'npm run deploy -- --region eu-west-1 --stage dev --aws-profile ops',
    },
    {
      given: 'tablekeeper keep orders --instance prod',
      also: { policies: 'other.yml', policyTag: 'ours:policy' },
      is: 'npx tablekeeper keep orders --instance prod --region eu-west-1',
    },
    {
      given: 'tablekeeper invoke audit --build FOLDER',
      also: { policies: 'other.yml' },
      is: `npx tablekeeper invoke audit --build FOLDER ${THERE}`,
    },
    {
      given: 'tablekeeper finding pitr-off',
      also: { profile: 'ops' },
      is: 'npx tablekeeper finding pitr-off',
    },
  ])('$given becomes $is, and stays so', ({ given, also, is }) => {
    const whole = commandHere(commandOf(given), { ...options, ...also }, here);
    expect(commandText(whole)).toBe(is);
    expect(commandHere(whole, { ...options, ...also }, here)).toEqual(whole);
  });

  it('names the policy file that was typed as an argument, where a deployment is packaged too', () => {
    const typedThen = { ...options, policies: 'policies.yml' };
    const there = { ...here, policies: 'begin/other.yml' };
    const given = packagedCommand(commandOf('npm run deploy -- --param vault=other'));
    expect(commandText(commandHere(given, typedThen, there))).toBe(
      `npx tablekeeper package --out out --param vault=other ${THERE} --policies begin/other.yml`,
    );
  });

  it('takes the argument of a command for the file, and not what was read from standard input', () => {
    const session = { ...beginSession({ ...options, color: false }, aTerminal()), sources: new Map() };
    expect([chosenFile(session, undefined), session.here.policies]).toEqual(['policies.yml', undefined]);
    expect([chosenFile(session, '-'), session.here.policies]).toEqual(['-', undefined]);
    expect([chosenFile(session, 'a.yml'), session.here.policies]).toEqual(['a.yml', 'a.yml']);
  });

  it('names no Region while none is known', () => {
    expect(commandText(commandHere(['tablekeeper', 'plan'], options, {}))).toBe(
      'npx tablekeeper plan --instance dev',
    );
  });
});
