import { describe, expect, it } from 'vitest';
import { readCaller } from '../../../shared/adapters/aws/table-arn.ts';
import { UserError } from '../../../shared/model/errors.ts';
import { onAnswers, onSim } from '../connect.ts';

describe('the caller', () => {
  it('is the one the credentials belong to', async () => {
    const { options, run } = onSim({ accountId: '444455556666' });
    expect(await run(readCaller(options))).toEqual({
      accountId: '444455556666',
      arn: expect.stringMatching(/^arn:aws:iam::444455556666:/),
    });
  });

  it.each(['access-denied', 'timeout', 'connection-reset'] as const)(
    'that cannot be asked for is a mistake a person can mend: %s',
    async (kind) => {
      const { account, options, run } = onSim();
      account.faults.add({ operation: 'GetCallerIdentity', kind });
      const failing = run(readCaller(options));
      await expect(failing).rejects.toThrow(UserError);
      await expect(failing).rejects.toThrow('AWS could not be asked who you are: GetCallerIdentity: ');
    },
  );

  it('without credentials is a mistake a person can mend', async () => {
    const { options, run } = onSim();
    const name = 'CredentialsProviderError';
    const credentials = async () => {
      throw Object.assign(new Error('Could not load credentials from any providers'), { name });
    };
    await expect(run(readCaller({ ...options, credentials }))).rejects.toThrow('Check the credentials');
  });

  it.each(['', '<!DOCTYPE html><h1>It works!</h1>', '<GetCallerIdentityResponse/>'])(
    'that an odd answer does not name is told as one that cannot be asked for: %s',
    async (body) => {
      const { options, run } = onAnswers(() => ({ body }));
      const failing = run(readCaller(options));
      await expect(failing).rejects.toThrow(UserError);
      await expect(failing).rejects.toThrow('AWS could not be asked who you are');
    },
  );

  it('is no mistake of a person when it is one of the program', async () => {
    const { options, run } = onAnswers(() => ({ breaks: new TypeError('undefined is not a function') }));
    await expect(run(readCaller(options))).rejects.toThrow(TypeError);
  });
});
