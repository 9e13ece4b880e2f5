import { describe, expect, it } from 'vitest';
import { parseGiven } from '../../shared/core/deployment/parameters.ts';
import { checkCommandLine, type OptionSchemas } from '../../tools/command-line.ts';
import { refusalOf } from '../support/refusal.ts';

// What Serverless would drop without a word is refused: on a deployment it decides who is alerted, and on a removal what is removed.

const OPTIONS: OptionSchemas = {
  stage: { type: 'string', shortcut: 's' },
  region: { type: 'string', shortcut: 'r' },
  param: { type: 'multiple' },
  force: { type: 'boolean' },
  verbose: { type: 'boolean' },
};

/** As Serverless parts it: the command is every word before the first option. */
const check = (line: string, env: Readonly<Record<string, string>> = {}): void => {
  const argv = line.split(' ');
  const first = argv.findIndex((word) => word.startsWith('-'));
  checkCommandLine({ argv, commands: first === -1 ? argv : argv.slice(0, first), options: OPTIONS, env });
};

describe('a command line', () => {
  it.each([
    'deploy',
    'deploy --stage prod --region eu-west-1 --param=alertEmail=ops@example.com',
    'deploy --param alertEmail=ops@example.com --param state=kept',
    'deploy -s prod --force --verbose',
    'deploy --force --param=alertEmail=ops@example.com',
    'deploy function --function backup',
    'remove --stage lab',
  ])('is taken where every word belongs to something: %s', (line) => {
    expect(() => check(line)).not.toThrow();
  });

  it.each([
    'deploy alertEmail=ops@example.com',
    'deploy --stage prod alertEmail=ops@example.com',
    'deploy alertEmail=ops@example.com --stage prod',
    'deploy --force alertEmail=ops@example.com --stage prod',
    'deploy --stage prod -- alertEmail=ops@example.com',
    'deploy --param=state=kept alertEmail=ops@example.com',
  ])('is refused with the option that was forgotten: %s', (line) => {
    expect(() => check(line)).toThrow(/Did you mean --param="alertEmail=ops@example\.com"\?/);
  });

  it.each(['remove --verbose stage lab', 'deploy --stage prod ops@example.com', 'deploy --force eu-west-1'])(
    'is refused where a word belongs to nothing: %s',
    (line) => {
      expect(() => check(line)).toThrow(/belongs to no option: it would be dropped/);
    },
  );

  it.each(['param', 'stage', 'region', 'aws_profile'])(
    'is refused where -- was forgotten, so that npm took --%s',
    (name) => {
      expect(() => check('deploy', { [`npm_config_${name}`]: 'true' })).toThrow(
        /Put -- before the first option/,
      );
      expect(() => check('deploy', { npm_config_cache: 'true' })).not.toThrow();
    },
  );
});

describe('parameters', () => {
  it('are parted at the first equals sign', () => {
    expect([...parseGiven(['alertEmail=a=b@example.com', 'auditRate=rate(1 hour)'])]).toEqual([
      ['alertEmail', 'a=b@example.com'],
      ['auditRate', 'rate(1 hour)'],
    ]);
  });

  it.each(['alertEmail', 'alertEmail=', 'alertEmail= ', '=ops@example.com', ''])(
    'without a name or a value are refused: %s',
    (text) => {
      expect(() => parseGiven([text])).toThrow(/gives no value.*=none"/);
    },
  );

  it('are refused where one comes twice', () => {
    expect(() => parseGiven(['alertEmail=a@example.com', 'alertEmail=b@example.com'])).toThrow('given twice');
  });
});

describe('packaging stops, in words, at', () => {
  it.each([
    {
      args: ['--stage', 'prod', 'alertEmail=ops@example.com'],
      says: 'Did you mean --param="alertEmail=ops@example.com"?',
    },
    { args: ['alertEmail=ops@example.com'], says: 'Did you mean --param="alertEmail=ops@example.com"?' },
    { args: ['--param', 'alertEmail', 'ops@example.com'], says: 'Write --param="alertEmail=VALUE"' },
    { args: ['--alertEmail=ops@example.com'], says: 'Write --param="alertEmail=VALUE"' },
    { args: ['--param=AlertEmail=ops@example.com'], says: 'Did you mean --param="alertEmail=…"?' },
    { args: ['--param=backupRate=rate(1 minutes)'], says: 'Write rate(1 minute).' },
    { args: ['--param=alertEmail=a@example.com,b@example.com'], says: 'must be one email address' },
    { args: ['--param=heartbeatParameter=/aws/heartbeat'], says: 'not /aws or /ssm' },
    { args: ['--param=heartbeatParameter=tablekeeper'], says: 'begins with a slash' },
    {
      args: ['--region', 'us-east-1', '--param=topicKmsKeyArn=arn:aws:kms:eu-west-1:111122223333:key/1'],
      says: 'must be a key in us-east-1',
    },
    { args: ['--param=state=keep'], says: 'must be new, or kept' },
    { args: ['--param=logRetentionDays=ninety'], says: 'must be a number of days' },
  ])('$args', async ({ args, says }) => {
    expect(await refusalOf(...args)).toContain(says);
  });
});
