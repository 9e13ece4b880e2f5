import { DescribeRegionSettingsCommand } from '@aws-sdk/client-backup';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { putFunction, setBackupOptIn } from '../../sim/console/services.ts';
import { failureOf, simWorld } from './world.ts';

describe('the settings of AWS Backup in the Region', () => {
  it('look after tables by default', async () => {
    const { account, backup } = simWorld();
    const ask = () => backup.send(new DescribeRegionSettingsCommand({}));
    expect(await ask()).toMatchObject({
      ResourceTypeOptInPreference: { DynamoDB: true, EFS: true },
      ResourceTypeManagementPreference: { DynamoDB: true, EFS: true },
    });
    setBackupOptIn(account, { optedIn: true, advanced: false });
    expect(await ask()).toMatchObject({
      ResourceTypeOptInPreference: { DynamoDB: true, EFS: true },
      ResourceTypeManagementPreference: { DynamoDB: false, EFS: true },
    });
  });

  it.each([
    { kind: 'access-denied' as const, fails: /^AccessDeniedException: .* backup:DescribeRegionSettings / },
    { kind: 'throttle' as const, fails: /^ThrottlingException: / },
    { kind: 'internal-error' as const, fails: /^ServiceUnavailableException: / },
  ])('fail as the service does: $kind', async ({ kind, fails }) => {
    const { account, backup } = simWorld();
    account.faults.add({ operation: 'DescribeRegionSettings', kind });
    expect(await failureOf(backup.send(new DescribeRegionSettingsCommand({})))).toMatch(fails);
  });
});

describe('a function', () => {
  it('shows the environment it was deployed with, by its name and by its ARN', async () => {
    const { account, lambda } = simWorld();
    putFunction(account, 'audit', { STAGE: 'prod' });
    const ask = (FunctionName: string) => lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const { FunctionArn = '', Environment } = await ask('audit');
    expect(FunctionArn).toBe('arn:aws:lambda:us-east-1:111122223333:function:audit');
    expect(Environment).toEqual({ Variables: { STAGE: 'prod' } });
    expect((await ask(FunctionArn)).FunctionName).toBe('audit');
  });

  it('without variables has no environment', async () => {
    const { account, lambda } = simWorld();
    putFunction(account, 'audit');
    const answer = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'audit' }));
    expect(answer.Environment).toBeUndefined();
  });

  it('that is missing is not found, and one that the caller may not see is denied', async () => {
    const { account, lambda } = simWorld();
    const ask = () => lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'nobody' }));
    expect(await failureOf(ask())).toBe(
      'ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:111122223333:function:nobody',
    );
    account.faults.add({ operation: 'GetFunctionConfiguration', kind: 'access-denied' });
    expect(await failureOf(ask())).toMatch(
      /^AccessDeniedException: .* lambda:GetFunctionConfiguration on resource: arn:aws:lambda:us-east-1:111122223333:function:nobody /,
    );
  });
});
