import {
  GetParameterCommand,
  GetParametersCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { requestHandlerOf } from '../../sim/request-handler.ts';
import { failureOf, START, simWorld } from './world.ts';

const Name = '/app/secret';

const ssmWorld = () => {
  const { account } = simWorld();
  const ssm = new SSMClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: requestHandlerOf(account),
  });
  const put = (Value: string, more = {}) =>
    ssm.send(new PutParameterCommand({ Name, Value, Type: 'SecureString', ...more }));
  return { ssm, put };
};

describe('SSM', () => {
  it('keeps a secret that only decryption shows', async () => {
    const { ssm, put } = ssmWorld();
    expect((await put('open sesame')).Version).toBe(1);
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name, WithDecryption: true }));
    expect(Parameter).toEqual({
      ARN: 'arn:aws:ssm:us-east-1:111122223333:parameter/app/secret',
      DataType: 'text',
      LastModifiedDate: new Date(START),
      Name,
      Type: 'SecureString',
      Value: 'open sesame',
      Version: 1,
    });
    const sealed = await ssm.send(new GetParameterCommand({ Name }));
    expect(sealed.Parameter?.Value).not.toContain('open sesame');
  });

  it('overwrites only when asked to', async () => {
    const { ssm, put } = ssmWorld();
    await put('one');
    expect(await failureOf(put('two'))).toMatch(/^ParameterAlreadyExists: /);
    expect((await put('two', { Overwrite: true })).Version).toBe(2);
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name, WithDecryption: true }));
    expect(Parameter?.Value).toBe('two');
  });

  it('refuses a name that is not there alone, and lists it among several', async () => {
    const { ssm, put } = ssmWorld();
    await put('one');
    expect(await failureOf(ssm.send(new GetParameterCommand({ Name: '/none' })))).toMatch(
      /^ParameterNotFound: /,
    );
    const several = await ssm.send(
      new GetParametersCommand({ Names: [Name, '/none'], WithDecryption: true }),
    );
    expect(several.InvalidParameters).toEqual(['/none']);
    expect(several.Parameters?.map(({ Value }) => Value)).toEqual(['one']);
  });
});
