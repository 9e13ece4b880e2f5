import { expect, it } from 'vitest';
import { QUESTIONS } from '../../cli/init/questions.ts';

const region = QUESTIONS.find(({ key }) => key === 'region');

it.each(['us-east-1', 'eu-central-2', 'ap-northeast-3', 'us-gov-west-1', 'eusc-de-east-1', 'us-isob-east-1'])(
  '%s can be the Region of a deployment',
  (name) => {
    expect(region?.wrong(name)).toBeUndefined();
  },
);

it.each(['eu-wst-1', 'eu-centrl-1', 'eu-1', 'nowhere'])('%s is a slip', (name) => {
  expect(region?.wrong(name)).toContain('is no Region. Write one such as eu-central-1.');
});

it.each([
  { email: 'ops@example.com', isRight: true },
  { email: 'none', isRight: true },
  { email: 'ops@example', isRight: false },
  { email: 'ops@example.', isRight: false },
])('$email can be alerted: $isRight', ({ email, isRight }) => {
  const question = QUESTIONS.find(({ key }) => key === 'alertEmail');
  expect(question?.wrong(email) === undefined).toBe(isRight);
});
