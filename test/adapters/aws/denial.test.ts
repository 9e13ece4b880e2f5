import { describe, expect, it } from 'vitest';
import { denialOf } from '../../../shared/adapters/aws/denial.ts';
import { deniedAction } from '../../../shared/core/doctor/reason-text.ts';

const CALLER =
  'User: arn:aws:sts::111122223333:assumed-role/tablekeeper-prod-BackupRole-1A2B/tablekeeper-prod-backup is not authorized to perform:';
const TABLE = 'on resource: arn:aws:dynamodb:us-east-1:111122223333:table/orders';
type Call = readonly [operation: string, code: string, words: string];

const denied = (because: string): Call => [
  'CreateBackup',
  'AccessDeniedException',
  `${CALLER} dynamodb:CreateBackup ${TABLE} ${because}`,
];
const SCP = 'with an explicit deny in a service control policy';

describe('a denial', () => {
  it.each([
    { because: SCP, by: 'organization' },
    {
      because: 'because no service control policy allows the dynamodb:CreateBackup action',
      by: 'organization',
    },
    { because: 'with an explicit deny in a resource control policy', by: 'organization' },
    {
      because: 'because no permissions boundary allows the dynamodb:CreateBackup action',
      by: 'permissions-boundary',
    },
    { because: 'with an explicit deny in a permissions boundary', by: 'permissions-boundary' },
    { because: 'with an explicit deny in an identity-based policy', by: 'role-deny' },
    { because: 'because no identity-based policy allows the dynamodb:CreateBackup action', by: 'role-lacks' },
    { because: 'with an explicit deny in a resource-based policy', by: 'resource' },
    { because: '', by: 'unknown' },
  ])('$because is the word of: $by', ({ because, by }) => {
    expect(denialOf(...denied(because))).toEqual({
      operation: 'CreateBackup',
      action: 'dynamodb:CreateBackup',
      resource: 'arn:aws:dynamodb:us-east-1:111122223333:table/orders',
      by,
      caller: 'tablekeeper-prod-backup',
      role: 'tablekeeper-prod-BackupRole-1A2B',
    });
  });

  it.each<{ call: Call; action: string }>([
    {
      call: ['DescribeEffectivePolicy', 'AccessDenied', 'no'],
      action: 'organizations:DescribeEffectivePolicy',
    },
    {
      call: ['DescribeRegionSettings', 'AccessDeniedException', 'no'],
      action: 'backup:DescribeRegionSettings',
    },
    { call: ['DescribeTable', 'AccessDeniedException', 'no'], action: 'dynamodb:DescribeTable' },
    { call: ['DescribeTrails', 'AccessDeniedException', 'no'], action: 'cloudtrail:DescribeTrails' },
    { call: ['GetEventSelectors', 'AccessDeniedException', 'no'], action: 'cloudtrail:GetEventSelectors' },
    { call: ['GetFunctionConfiguration', 'AccessDenied', 'no'], action: 'lambda:GetFunctionConfiguration' },
    { call: ['GetResources', 'AccessDeniedException', 'no'], action: 'tag:GetResources' },
    { call: ['GetTopicAttributes', 'AuthorizationErrorException', 'no'], action: 'sns:GetTopicAttributes' },
    { call: ['GetTrailStatus', 'AccessDeniedException', 'no'], action: 'cloudtrail:GetTrailStatus' },
    { call: ['Publish', 'AuthorizationError', 'no'], action: 'sns:Publish' },
    {
      call: ['Publish', 'AuthorizationError', 'not authorized to perform: SNS:Publish'],
      action: 'sns:Publish',
    },
    {
      call: ['CreateBackup', 'AccessDeniedException', 'not authorized to perform: kms:Decrypt on it'],
      action: 'kms:Decrypt',
    },
  ])('is of $action where the call is $call', ({ call, action }) => {
    const denial = denialOf(...call);
    expect(denial).toMatchObject({ operation: call[0], by: 'unknown' });
    expect(denial && deniedAction(denial)).toBe(action);
  });

  it('is nothing else that went wrong', () => {
    expect(denialOf('CreateBackup', 'ThrottlingException', 'not authorized to perform: a:B')).toBeUndefined();
  });
});
