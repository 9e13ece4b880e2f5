import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createSecretParameter } from '../../../shared/adapters/aws/secret-parameter.ts';
import { UserError } from '../../../shared/model/errors.ts';
import { putSecret } from '../../../sim/console/services.ts';
import { onSim } from '../connect.ts';

const NAME = '/tablekeeper/prod/slack-webhook';

const withSecret = (value?: string, authorize = (_operation: string) => true) => {
  const world = onSim({ authorize: ({ operation }) => authorize(operation) });
  if (value !== undefined) putSecret(world.account, NAME, value);
  const secret = createSecretParameter(world.options, NAME);
  return { ...world, secret, read: () => world.run(secret.read()) };
};

describe('a secret parameter', () => {
  it('is read decrypted, without the line break that came with it', async () => {
    const { read } = withSecret('https://hooks.example/T0\n');
    expect(await read()).toBe('https://hooks.example/T0');
  });

  it('is asked for once in five minutes, and again once it is forgotten', async () => {
    const { account, read, secret } = withSecret('first');
    expect([await read(), await read()]).toEqual(['first', 'first']);
    expect(account.calls.of('GetParameter')).toBe(1);
    putSecret(account, NAME, 'second');
    expect(await read()).toBe('first');
    secret.forget();
    expect(await read()).toBe('second');
  });

  it.each([
    { name: 'that is not there', value: undefined },
    { name: 'that holds blanks', value: ' \n' },
  ])('$name is a mistake that says how to write it', async ({ value }) => {
    const { read } = withSecret(value);
    const reading = read();
    await expect(reading).rejects.toBeInstanceOf(UserError);
    await expect(reading).rejects.toThrow(
      `The parameter ${NAME} does not exist or is empty. Write it: aws ssm put-parameter --type SecureString --overwrite --name ${NAME} --value file://FILE`,
    );
  });

  it('that may not be read fails aloud, with the cause and without the value', async () => {
    const { read } = withSecret('hidden-value', (operation) => operation !== 'ssm:GetParameter');
    const failure: unknown = await read().catch((error: unknown) => error);
    expect(failure).toHaveProperty('cause');
    expect(failure).toHaveProperty(
      'message',
      expect.stringMatching(
        /^GetParameter: \S+ could not be read: .* is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:us-east-1:111122223333:parameter\/tablekeeper\/prod\/slack-webhook/,
      ),
    );
    expect(inspect(failure, { depth: 20 })).not.toContain('hidden-value');
  });

  it.each(['throttle', 'internal-error', 'timeout'] as const)(
    'gets through in spite of three times: %s',
    async (kind) => {
      const { account, read } = withSecret('value');
      account.faults.add({ operation: 'GetParameter', kind, times: 3 });
      expect(await read()).toBe('value');
    },
  );
});
