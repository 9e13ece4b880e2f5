import { describe, expect, it } from 'vitest';
import { subscriptionsDiagnosis } from '../../../shared/core/doctor/topic.ts';
import { adviceText } from '../../support/advice-text.ts';

const ARN = 'arn:aws:sns:us-east-1:111122223333:alerts';

describe('subscriptions', () => {
  it.each([
    { confirmed: 2, pending: 0, is: 'fine', says: '2 confirmed', fix: /^$/ },
    {
      confirmed: 1,
      pending: 1,
      is: 'advised',
      says: '1 confirmed; 1 more waits for the link in a mail to be clicked, and hears nothing',
      fix: /^Click the link.*\n {2}aws sns list-subscriptions-by-topic .*\n {2}aws sns subscribe .* --topic-arn arn:/,
    },
    {
      confirmed: 1,
      pending: 2,
      is: 'advised',
      says: '1 confirmed; 2 more wait for the link in a mail to be clicked, and hear nothing',
      fix: /^Click/,
    },
    {
      confirmed: 0,
      pending: 1,
      is: 'missing',
      says: 'none is confirmed; 1 waits for the link in a mail to be clicked, and hears nothing',
      fix: /^Click the link.*\n {2}aws sns subscribe /,
    },
    { confirmed: 0, pending: 0, is: 'missing', says: 'none is confirmed', fix: /^Subscribe somebody/ },
  ])('$confirmed confirmed and $pending pending are $is', ({ confirmed, pending, is, says, fix }) => {
    const diagnosis = subscriptionsDiagnosis({ confirmed, pending }, ARN);
    expect(diagnosis).toMatchObject({ item: 'subscriptions', status: is, says });
    expect(adviceText(diagnosis.fix)).toMatch(fix);
  });
});
