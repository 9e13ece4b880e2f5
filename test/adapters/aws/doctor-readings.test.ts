import { describe, expect, it } from 'vitest';
import {
  createBackupSettings,
  createFunctions,
  createOrganization,
} from '../../../shared/adapters/aws/account-settings.ts';
import {
  joinOrganization,
  putFunction,
  setBackupOptIn,
  setTagPolicy,
} from '../../../sim/console/services.ts';
import { asRead } from '../../support/failures.ts';
import { onAnswers, onSim } from '../connect.ts';

type SimWorld = ReturnType<typeof onSim>;

/** An answer to a request that names no operation in its headers. */
const answering = (body: object) => {
  const world = onSim();
  const response = { statusCode: 200, headers: {}, body: Buffer.from(JSON.stringify(body)) };
  const handle = async () => ({ response });
  const requestHandler = { ...world.options.requestHandler, handle } as typeof world.options.requestHandler;
  return { ...world, options: { ...world.options, ...(requestHandler && { requestHandler }) } };
};

describe('the tag policy of an organization', () => {
  const read = (world: SimWorld) => world.run(createOrganization(world.options).readTagPolicy());

  it('is the document that is in force', async () => {
    const world = onSim();
    setTagPolicy(world.account, { tags: {} });
    expect(await read(world)).toEqual({ kind: 'found', document: '{"tags":{}}' });
  });

  it('is none where there is no organization, or none in force', async () => {
    const world = onSim();
    expect(await read(world)).toEqual({ kind: 'no-organization' });
    joinOrganization(world.account);
    expect(await read(world)).toEqual({ kind: 'none' });
  });

  it('is unreadable where it is not allowed, in the words of the service', async () => {
    const world = onSim();
    world.account.faults.add({ operation: 'DescribeEffectivePolicy', kind: 'access-denied' });
    expect(asRead(await read(world))).toEqual({
      kind: 'unreadable',
      reason: expect.stringMatching(/^DescribeEffectivePolicy: AccessDeniedException: User: /),
    });
  });

  it('is asked for again where the service is busy', async () => {
    const world = onSim();
    joinOrganization(world.account);
    world.account.faults.add({ operation: 'DescribeEffectivePolicy', kind: 'throttle', times: 2 });
    expect(await read(world)).toEqual({ kind: 'none' });
  });

  it('is unreadable where the answer has no document', async () => {
    const world = onAnswers(() => ({ body: {} }));
    expect(asRead(await world.run(createOrganization(world.options).readTagPolicy()))).toEqual({
      kind: 'unreadable',
      reason: 'DescribeEffectivePolicy: the answer has no document',
    });
  });
});

describe('the settings of AWS Backup', () => {
  const read = (world: SimWorld) => world.run(createBackupSettings(world.options).read());

  it('say whether it looks after tables, and how', async () => {
    const world = onSim();
    expect(await read(world)).toEqual({ kind: 'found', value: { optedIn: true, advanced: true } });
    setBackupOptIn(world.account, { optedIn: true, advanced: false });
    expect(await read(world)).toEqual({ kind: 'found', value: { optedIn: true, advanced: false } });
  });

  it('are off for what they do not name', async () => {
    expect(await read(answering({}))).toEqual({
      kind: 'found',
      value: { optedIn: false, advanced: false },
    });
  });

  it('are unreadable where it is not allowed', async () => {
    const world = onSim();
    world.account.faults.add({ operation: 'DescribeRegionSettings', kind: 'access-denied' });
    expect(asRead(await read(world))).toMatchObject({
      kind: 'unreadable',
      reason: expect.stringMatching(/^DescribeRegionSettings: AccessDeniedException: /),
    });
  });
});

describe('the environment of a function', () => {
  const read = (world: SimWorld) => world.run(createFunctions(world.options).readEnvironment('audit'));

  it('holds the variables it was deployed with', async () => {
    const world = onSim();
    putFunction(world.account, 'audit', { STAGE: 'prod' });
    expect(await read(world)).toEqual({ kind: 'found', value: { STAGE: 'prod' } });
    putFunction(world.account, 'audit');
    expect(await read(world)).toEqual({ kind: 'found', value: {} });
  });

  it('is missing where there is no such function', async () => {
    expect(await read(onSim())).toEqual({ kind: 'missing' });
  });

  it('is unreadable where it is not allowed', async () => {
    const world = onSim();
    world.account.faults.add({ operation: 'GetFunctionConfiguration', kind: 'access-denied' });
    expect(asRead(await read(world))).toMatchObject({
      kind: 'unreadable',
      reason: expect.stringMatching(/^GetFunctionConfiguration: AccessDeniedException: /),
    });
  });

  it('is unreadable where its key may not be used', async () => {
    const broken = { ErrorCode: 'AccessDeniedException', Message: 'Lambda was unable to decrypt' };
    expect(asRead(await read(answering({ Environment: { Error: broken } })))).toEqual({
      kind: 'unreadable',
      reason: 'GetFunctionConfiguration: AccessDeniedException: Lambda was unable to decrypt',
    });
  });
});
