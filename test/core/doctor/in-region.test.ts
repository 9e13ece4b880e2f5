import { describe, expect, it } from 'vitest';
import { inRegion } from '../../../shared/core/doctor/in-region.ts';
import { advise, followedBy } from '../../../shared/model/advice.ts';
import { commandOf } from '../../support/advice-text.ts';

describe('what mends something names the Region', () => {
  it.each([
    {
      name: 'of a command on a line of its own',
      fix: advise('Read its log:', commandOf('aws logs tail /aws/lambda/x --since 1d')),
      is: advise('Read its log:', commandOf('aws logs tail /aws/lambda/x --since 1d --region eu-west-1')),
    },
    {
      name: 'of each command of each step',
      fix: followedBy(
        advise('Do:', commandOf('aws sns list-topics'), commandOf('aws sqs list-queues')),
        advise('Then:', commandOf('aws s3 ls')),
      ),
      is: followedBy(
        advise(
          'Do:',
          commandOf('aws sns list-topics --region eu-west-1'),
          commandOf('aws sqs list-queues --region eu-west-1'),
        ),
        advise('Then:', commandOf('aws s3 ls --region eu-west-1')),
      ),
    },
    {
      name: 'of a deployment',
      fix: advise('Deploy:', commandOf('npm run deploy')),
      is: advise('Deploy:', commandOf('npm run deploy -- --region eu-west-1')),
    },
    {
      name: 'that a deployment has already',
      fix: advise('Deploy:', commandOf('npm run deploy -- --region eu-central-1')),
      is: advise('Deploy:', commandOf('npm run deploy -- --region eu-central-1')),
    },
    {
      name: 'of no other program',
      fix: advise('See:', commandOf('tablekeeper explain aws')),
      is: advise('See:', commandOf('tablekeeper explain aws')),
    },
    {
      name: 'that it has already',
      fix: advise('See:', commandOf('aws cloudtrail describe-trails --region eu-central-1')),
      is: advise('See:', commandOf('aws cloudtrail describe-trails --region eu-central-1')),
    },
    {
      name: 'of no service that is the same everywhere',
      fix: advise('See:', commandOf('aws iam get-role --role-name r')),
      is: advise('See:', commandOf('aws iam get-role --role-name r')),
    },
    {
      name: 'nowhere where there is no command, whatever the sentence says',
      fix: advise('Try aws s3 ls'),
      is: advise('Try aws s3 ls'),
    },
  ])('$name', ({ fix, is }) => {
    const diagnosis = { item: 'it', status: 'missing', says: 'is not there', fix } as const;
    expect(inRegion(diagnosis, 'eu-west-1')).toEqual({ ...diagnosis, fix: is });
  });

  it('where there is something to mend', () => {
    const fine = { item: 'it', status: 'fine', says: 'is there' } as const;
    expect(inRegion(fine, 'eu-west-1')).toEqual(fine);
  });
});
