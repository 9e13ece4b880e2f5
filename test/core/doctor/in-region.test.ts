import { describe, expect, it } from 'vitest';
import { inRegion } from '../../../shared/core/doctor/in-region.ts';

describe('what mends something names the Region', () => {
  it.each([
    {
      name: 'of a command on a line of its own',
      fix: 'Read its log:\n  aws logs tail /aws/lambda/x --since 1d',
      is: 'Read its log:\n  aws logs tail /aws/lambda/x --since 1d --region eu-west-1',
    },
    {
      name: 'of a command at the end of a sentence',
      fix: 'Write it: aws ssm put-parameter --name /slack',
      is: 'Write it: aws ssm put-parameter --name /slack --region eu-west-1',
    },
    {
      name: 'of a deployment',
      fix: 'Deploy:\n  npm run deploy',
      is: 'Deploy:\n  npm run deploy -- --region eu-west-1',
    },
    {
      name: 'that a deployment has already',
      fix: 'Deploy:\n  npm run deploy -- --region eu-central-1',
      is: 'Deploy:\n  npm run deploy -- --region eu-central-1',
    },
    {
      name: 'of a command with a remark',
      fix: 'See:\n  aws sns list-topics   # who waits',
      is: 'See:\n  aws sns list-topics --region eu-west-1   # who waits',
    },
    {
      name: 'that it has already',
      fix: 'See:\n  aws cloudtrail describe-trails --region eu-central-1',
      is: 'See:\n  aws cloudtrail describe-trails --region eu-central-1',
    },
    {
      name: 'of no service that is the same everywhere',
      fix: 'See:\n  aws iam get-role --role-name r',
      is: 'See:\n  aws iam get-role --role-name r',
    },
    { name: 'nowhere where there is no command', fix: 'Allow it to yourself.', is: 'Allow it to yourself.' },
  ])('$name', ({ fix, is }) => {
    const diagnosis = { item: 'it', status: 'missing', says: 'is not there', fix } as const;
    expect(inRegion(diagnosis, 'eu-west-1')).toEqual({ ...diagnosis, fix: is });
  });

  it('where there is something to mend', () => {
    const fine = { item: 'it', status: 'fine', says: 'is there' } as const;
    expect(inRegion(fine, 'eu-west-1')).toEqual(fine);
  });
});
