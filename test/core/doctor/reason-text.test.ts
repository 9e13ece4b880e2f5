import { describe, expect, it } from 'vitest';
import { reasonText } from '../../../shared/core/doctor/reason-text.ts';
import { ownFailure } from '../../../shared/model/failure.ts';
import { aCallFailure } from '../../support/failures.ts';

const denied = (because: string) =>
  aCallFailure(
    'ListTables',
    'AccessDeniedException',
    `User: arn:aws:iam::111122223333:user/bob is not authorized to perform: dynamodb:ListTables on resource: * ${because}`,
  );

describe('why a person cannot see something', () => {
  it.each([
    {
      failure: denied('because no identity-based policy allows the dynamodb:ListTables action'),
      text: 'dynamodb:ListTables is not allowed to you',
    },
    {
      failure: denied('with an explicit deny in a service control policy'),
      text: 'dynamodb:ListTables is not allowed to you: a policy of the organization forbids it',
    },
    {
      failure: denied('because no permissions boundary allows the dynamodb:ListTables action'),
      text: 'dynamodb:ListTables is not allowed to you: your permissions boundary does not allow it',
    },
    {
      failure: denied('with an explicit deny in an identity-based policy'),
      text: 'dynamodb:ListTables is not allowed to you: a policy of yours denies it',
    },
    {
      failure: denied('because no resource-based policy allows the dynamodb:ListTables action'),
      text: 'dynamodb:ListTables is not allowed to you: the policy of what it is about does not allow it',
    },
    {
      failure: aCallFailure('ListTables', 'ECONNRESET', '\n\u001b[31mread'),
      text: 'ListTables: ECONNRESET: [31mread',
    },
  ])('reads: $text', ({ failure, text }) => {
    expect(reasonText(failure)).toBe(text);
  });

  it('leaves out the action that the sentence is about', () => {
    expect(reasonText(denied(''), 'dynamodb:ListTables')).toBe('is not allowed to you');
  });

  it('is what was denied behind a failure of our own', () => {
    const behind = ownFailure('state-unreadable', 'it could not be read', { because: denied('') });
    expect(reasonText(behind)).toBe('dynamodb:ListTables is not allowed to you');
  });
});
