import { describe, expect, it } from 'vitest';
import { dnsSuffixOf, partitionOf, tableArn, targetOf } from '../../shared/model/target.ts';

const ACCOUNT = '111122223333';

describe('the partition of a target', () => {
  it.each([
    ['eu-central-1', 'aws', 'amazonaws.com'],
    ['us-gov-east-1', 'aws-us-gov', 'amazonaws.com'],
    ['cn-northwest-1', 'aws-cn', 'amazonaws.com.cn'],
    ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
    ['us-iso-east-1', 'aws-iso', 'c2s.ic.gov'],
    ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov'],
    ['eu-isoe-west-1', 'aws-iso-e', 'cloud.adc-e.uk'],
    ['us-isof-south-1', 'aws-iso-f', 'csp.hci.ic.gov'],
  ])('of %s is %s, with services in %s', (region, partition, suffix) => {
    const target = targetOf(ACCOUNT, region, `arn:${partition}:sts::${ACCOUNT}:assumed-role/admin/someone`);
    expect(partitionOf(target)).toBe(partition);
    expect(dnsSuffixOf(target)).toBe(suffix);
    expect(tableArn('Orders', target)).toBe(`arn:${partition}:dynamodb:${region}:${ACCOUNT}:table/Orders`);
    expect(target).toEqual({ accountId: ACCOUNT, region });
  });

  it.each([
    [
      'a Region that nobody knows yet',
      'xy-north-1',
      'arn:aws-eusc:iam::111122223333:user/someone',
      'aws-eusc',
    ],
    [
      'a partition that nobody knows yet',
      'xy-north-1',
      'arn:aws-iso-z:sns:xy-north-1:111122223333:t',
      'aws-iso-z',
    ],
    ['an emulator that calls everything aws', 'cn-north-1', 'arn:aws:iam::111122223333:root', 'aws'],
    ['an answer without an ARN', 'cn-north-1', '', 'aws-cn'],
    ['an odd ARN', 'us-gov-west-1', 'arn::iam', 'aws-us-gov'],
  ])('is what the ARN says, for %s', (_name, region, arn, partition) => {
    expect(partitionOf(targetOf(ACCOUNT, region, arn))).toBe(partition);
  });
});
