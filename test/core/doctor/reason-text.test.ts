import { describe, expect, it } from 'vitest';
import { reasonText } from '../../../shared/core/doctor/reason-text.ts';

const denied = (because: string): string =>
  `ListTables: AccessDeniedException: User: arn:aws:iam::111122223333:user/bob is not authorized to perform: dynamodb:ListTables on resource: * ${because}`;

describe('why a person cannot see something', () => {
  it.each([
    {
      reason: denied('because no identity-based policy allows the dynamodb:ListTables action'),
      text: 'dynamodb:ListTables is not allowed to you',
    },
    {
      reason: denied('with an explicit deny in a service control policy'),
      text: 'dynamodb:ListTables is not allowed to you: a policy of the organization forbids it',
    },
    {
      reason: denied('because no permissions boundary allows the dynamodb:ListTables action'),
      text: 'dynamodb:ListTables is not allowed to you: your permissions boundary does not allow it',
    },
    {
      reason: denied('with an explicit deny in an identity-based policy'),
      text: 'dynamodb:ListTables is not allowed to you: a policy of yours denies it',
    },
    {
      reason: denied('because no resource-based policy allows the dynamodb:ListTables action'),
      text: 'dynamodb:ListTables is not allowed to you: the policy of what it is about does not allow it',
    },
    { reason: 'ListTables: ECONNRESET:\n\u001b[31mread', text: 'ListTables: ECONNRESET: [31mread' },
  ])('reads: $text', ({ reason, text }) => {
    expect(reasonText(reason)).toBe(text);
  });
});
