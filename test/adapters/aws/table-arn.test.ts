import { describe, expect, it } from 'vitest';
import { parseTableArn } from '../../../shared/adapters/aws/table-arn.ts';

const TABLE = 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders';

describe('a table ARN', () => {
  it.each([
    {
      name: 'names its table',
      arn: TABLE,
      read: { region: 'us-east-1', accountId: '111122223333', table: 'Orders' },
    },
    {
      name: 'may be of another partition',
      arn: 'arn:aws-us-gov:dynamodb:us-gov-west-1:111122223333:table/a.b_c-1',
      read: { region: 'us-gov-west-1', accountId: '111122223333', table: 'a.b_c-1' },
    },
    { name: 'of an index is part of a table', arn: `${TABLE}/index/byDate`, read: 'part' },
    { name: 'of a stream is part of a table', arn: `${TABLE}/stream/2026-11-23T00:00:00.000`, read: 'part' },
    { name: 'of a backup is part of a table', arn: `${TABLE}/backup/01489602797149-73d8d5bc`, read: 'part' },
    {
      name: 'of a global table is none',
      arn: 'arn:aws:dynamodb::111122223333:global-table/Orders',
      read: undefined,
    },
    { name: 'of another service is none', arn: 'arn:aws:s3:::bucket', read: undefined },
    {
      name: 'without a name is none',
      arn: 'arn:aws:dynamodb:us-east-1:111122223333:table/',
      read: undefined,
    },
    { name: 'that is empty is none', arn: '', read: undefined },
  ])('$name', ({ arn, read }) => {
    expect(parseTableArn(arn)).toEqual(read);
  });
});
