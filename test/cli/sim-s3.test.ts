import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { expect, it, onTestFinished } from 'vitest';
import { runCli } from '../../cli/run-cli.ts';
import { aTerminal, sheet } from './typed.ts';

const s3AtSim = async (): Promise<S3Client> => {
  const stdout = sheet();
  const { promise, resolve: end } = Promise.withResolvers<void>();
  const { promise: waiting, resolve: isWaiting } = Promise.withResolvers<void>();
  const untilInterrupted = () => {
    isWaiting();
    return promise;
  };
  const argv = ['sim', '--port', '0', '--empty', '--json'];
  const ended = runCli(argv, aTerminal({ stdout, untilInterrupted }));
  onTestFinished(() => end());
  await Promise.race([waiting, ended]);
  const { url } = JSON.parse(stdout.text()) as { readonly url: string };
  return new S3Client({
    ...{ endpoint: url, region: 'us-east-1', forcePathStyle: true },
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
};

const failureOf = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => 'none',
    (error: unknown) => (error as Error).name,
  );

it('makes a bucket over HTTP, and keeps objects in it', async () => {
  const s3 = await s3AtSim();
  const Bucket = 'ours';
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new HeadBucketCommand({ Bucket }));
  expect(await failureOf(s3.send(new CreateBucketCommand({ Bucket })))).toBe('BucketAlreadyOwnedByYou');
  await s3.send(new CreateBucketCommand({ Bucket: 'another' }));
  const { Buckets = [] } = await s3.send(new ListBucketsCommand());
  expect(Buckets.map(({ Name }) => Name)).toEqual(['another', 'ours']);

  await s3.send(new PutObjectCommand({ Bucket, Key: 'a/b', Body: 'text' }));
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  expect(Contents.map(({ Key }) => Key)).toEqual(['a/b']);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'a/b' }));
  expect(await Body?.transformToString()).toBe('text');

  expect(await failureOf(s3.send(new DeleteBucketCommand({ Bucket })))).toBe('BucketNotEmpty');
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a/b' }));
  await s3.send(new DeleteBucketCommand({ Bucket }));
  expect(await failureOf(s3.send(new HeadBucketCommand({ Bucket })))).not.toBe('none');
  expect(await failureOf(s3.send(new GetBucketVersioningCommand({ Bucket })))).toBe('NotImplemented');
}, 20_000);
