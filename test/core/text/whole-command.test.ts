import { describe, expect, it } from 'vitest';
import {
  packagedCommand,
  planText,
  wholeAdvice,
  wholeCommand,
} from '../../../shared/core/text/whole-command.ts';
import { advise, followedBy } from '../../../shared/model/advice.ts';
import { commandText } from '../../../shared/model/shell.ts';
import { commandOf } from '../../support/advice-text.ts';

const PROD = { instance: 'prod', target: { region: 'eu-west-1' } };
const DEV = { ...PROD, instance: 'dev' };

describe('a command to be pasted', () => {
  it.each([
    {
      given: 'aws logs tail /aws/lambda/x --since 1d',
      is: 'aws logs tail /aws/lambda/x --since 1d --region eu-west-1',
    },
    { given: 'aws sns list-topics --region us-east-1', is: 'aws sns list-topics --region us-east-1' },
    { given: 'aws sns list-topics --region=us-east-1', is: 'aws sns list-topics --region=us-east-1' },
    { given: 'aws iam get-role --role-name r', is: 'aws iam get-role --role-name r' },
    { given: 'aws organizations list-roots', is: 'aws organizations list-roots' },
    { given: 'npm run deploy', is: 'npm run deploy -- --region eu-west-1' },
    {
      given: 'npm run deploy -- --param=state=kept',
      is: 'npm run deploy -- --param=state=kept --region eu-west-1',
    },
    { given: 'npm run deploy -- --region us-east-1', is: 'npm run deploy -- --region us-east-1' },
    { given: 'tablekeeper run backup', is: 'npx tablekeeper run backup --region eu-west-1' },
    { given: 'npx tablekeeper plan', is: 'npx tablekeeper plan --region eu-west-1' },
    { given: 'tablekeeper explain -- -x', is: 'npx tablekeeper explain --region eu-west-1 -- -x' },
    {
      given: 'tablekeeper plan --instance other',
      is: 'npx tablekeeper plan --instance other --region eu-west-1',
    },
    { given: 'something else', is: 'something else' },
  ])('$given becomes $is', ({ given, is }) => {
    expect(commandText(wholeCommand(commandOf(given), PROD))).toBe(is);
  });

  it.each([
    { given: 'tablekeeper run backup', is: 'npx tablekeeper run backup --region eu-west-1 --instance dev' },
    {
      given: 'tablekeeper explain -- -x',
      is: 'npx tablekeeper explain --region eu-west-1 --instance dev -- -x',
    },
    {
      given: 'tablekeeper plan --instance other',
      is: 'npx tablekeeper plan --instance other --region eu-west-1',
    },
    { given: 'npm run deploy', is: 'npm run deploy -- --region eu-west-1 --stage dev' },
    { given: 'aws sns list-topics', is: 'aws sns list-topics --region eu-west-1' },
  ])('names an instance that is not prod: $given becomes $is', ({ given, is }) => {
    const whole = wholeCommand(commandOf(given), DEV);
    expect(commandText(whole)).toBe(is);
    expect(wholeCommand(whole, DEV)).toEqual(whole);
  });

  it.each([
    { given: 'npm run deploy', is: 'npx tablekeeper package --out out --region eu-west-1 --instance dev' },
    {
      given: 'npm run deploy -- --param vault=kept',
      is: 'npx tablekeeper package --out out --param vault=kept --region eu-west-1 --instance dev',
    },
    {
      given: 'npm run deploy',
      policyTag: 'backup:policy-dev',
      is: 'npx tablekeeper package --out out --region eu-west-1 --instance dev --policy-tag backup:policy-dev',
    },
    { given: 'tablekeeper plan', is: 'npx tablekeeper plan --region eu-west-1 --instance dev' },
  ])('deploys what the package made by the package: $given becomes $is', ({ given, is, policyTag }) => {
    const deployment = { ...DEV, isPackaged: true as const, policyTag };
    const whole = wholeCommand(commandOf(given), deployment);
    expect(commandText(whole)).toBe(is);
    expect(wholeCommand(whole, deployment)).toEqual(whole);
  });

  it.each([
    {
      given: 'tablekeeper run backup',
      is: 'npx tablekeeper run backup --region eu-west-1 --instance dev --policy-tag backup:policy-dev',
    },
    {
      given: 'tablekeeper explain -- -x',
      is: 'npx tablekeeper explain --region eu-west-1 --instance dev --policy-tag backup:policy-dev -- -x',
    },
    {
      given: 'tablekeeper plan --policy-tag other',
      is: 'npx tablekeeper plan --policy-tag other --region eu-west-1 --instance dev',
    },
    { given: 'npm run deploy', is: 'npm run deploy -- --region eu-west-1 --stage dev' },
    { given: 'aws sns list-topics', is: 'aws sns list-topics --region eu-west-1' },
  ])('names the key of an instance with one of its own: $given becomes $is', ({ given, is }) => {
    const deployment = { ...DEV, policyTag: 'backup:policy-dev' };
    const whole = wholeCommand(commandOf(given), deployment);
    expect(commandText(whole)).toBe(is);
    expect(wholeCommand(whole, deployment)).toEqual(whole);
  });

  it('of an older version is completed by the key as well, and by nothing twice', () => {
    const before = wholeCommand(commandOf('tablekeeper run backup'), DEV);
    expect(commandText(wholeCommand(before, { ...DEV, policyTag: 'k' }))).toBe(
      'npx tablekeeper run backup --region eu-west-1 --instance dev --policy-tag k',
    );
  });

  it('is completed in every step of advice, and words are left', () => {
    const advice = followedBy(
      advise('Run aws s3 ls:', commandOf('aws s3 ls')),
      advise('Then:', commandOf('tablekeeper doctor')),
    );
    expect(wholeAdvice(advice, DEV)).toEqual(
      followedBy(
        advise('Run aws s3 ls:', commandOf('aws s3 ls --region eu-west-1')),
        advise('Then:', commandOf('npx tablekeeper doctor --region eu-west-1 --instance dev')),
      ),
    );
  });

  it('stays as an older version wrote it on one line', () => {
    expect(wholeCommand(['tablekeeper run backup'], DEV)).toEqual(['tablekeeper run backup']);
  });

  it('shows all that is open', () => {
    expect(planText(DEV)).toBe('npx tablekeeper plan --region eu-west-1 --instance dev');
  });
});

describe('a command where there is no clone', () => {
  it.each([
    { given: 'npm run deploy', is: 'npx tablekeeper package --out out' },
    {
      given: 'npm run deploy -- --param policyTag=KEY --region eu-west-1 --stage dev',
      is: 'npx tablekeeper package --out out --param policyTag=KEY --region eu-west-1 --instance dev',
    },
    { given: 'npx tablekeeper doctor', is: 'npx tablekeeper doctor' },
    { given: 'aws dynamodb list-tables', is: 'aws dynamodb list-tables' },
    { given: 'npm run remove', is: 'npm run remove' },
  ])('$given becomes $is', ({ given, is }) => {
    expect(commandText(packagedCommand(commandOf(given)))).toBe(is);
  });
});
