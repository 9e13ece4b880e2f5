import { globSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HttpResponse } from '@smithy/core/protocols';
import { build } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { failureOf } from '../../shared/adapters/aws/errors.ts';
import { ROOT } from '../../tools/lambda-packages.ts';
import { ASKED_FOR, UNREGISTERED, unregisteredErrors } from '../../tools/unregistered-errors.ts';

// What a function makes of an error must not depend on whether the SDK has a class for it.

/** A call of each client. */
const CALLS: Readonly<Record<(typeof UNREGISTERED)[number], readonly [string, string, object]>> = {
  'application-auto-scaling': [
    'ApplicationAutoScalingClient',
    'DescribeScalableTargetsCommand',
    { ServiceNamespace: 'dynamodb' },
  ],
  backup: ['BackupClient', 'DescribeBackupVaultCommand', { BackupVaultName: 'one' }],
  dynamodb: ['DynamoDBClient', 'DescribeTableCommand', { TableName: 'one' }],
  kms: ['KMSClient', 'DescribeKeyCommand', { KeyId: 'one' }],
  lambda: ['LambdaClient', 'ListEventSourceMappingsCommand', {}],
  pipes: ['PipesClient', 'ListPipesCommand', {}],
  'resource-groups-tagging-api': ['ResourceGroupsTaggingAPIClient', 'GetResourcesCommand', {}],
  ssm: ['SSMClient', 'GetParameterCommand', { Name: 'one' }],
};

const folder = await mkdtemp(join(tmpdir(), 'errors-'));
afterAll(() => rm(folder, { recursive: true }));

// biome-ignore lint/suspicious/noExplicitAny: a module of the SDK, by the name of a call
type Module = Record<string, any>;

/** The client as a function has it. */
const shipped = async (client: string): Promise<Module> => {
  const [name, command] = CALLS[client as keyof typeof CALLS];
  const outfile = join(folder, `${client}.mjs`);
  await build({
    stdin: { contents: `export { ${name}, ${command} } from '@aws-sdk/client-${client}';`, resolveDir: ROOT },
    ...{ outfile, bundle: true, platform: 'node', format: 'esm', mainFields: ['module', 'main'] },
    plugins: [unregisteredErrors],
    logLevel: 'error',
  });
  return await import(pathToFileURL(outfile).href);
};

const BODIES = [{ message: 'it is not so', Reason: 'for a reason' }, { Message: 'later' }, {}];

/** A service answers with a status that goes with the fault of its model. */
const STATUSES = { client: [400, 403, 429], server: [500, 503] } as const;

interface Known {
  readonly code: string;
  readonly fault: keyof typeof STATUSES;
}

/** A name that no client knows, and one that some do. */
const UNKNOWN: readonly Known[] = ['ThrottlingException', 'NobodyKnowsThisException'].map((code) => ({
  code,
  fault: 'client' as const,
}));

const isError = (value: unknown): value is new (given: object) => { readonly $fault: Known['fault'] } =>
  typeof value === 'function' && value.prototype instanceof Error;

/** The errors of which the SDK has classes. */
const knownIn = (module: Module): readonly Known[] =>
  Object.entries(module).flatMap(([code, value]) =>
    isError(value) && !code.endsWith('ServiceException')
      ? [{ code, fault: new value({ message: '', $metadata: {} }).$fault }]
      : [],
  );

/** A client of a module, and what it makes of an answer. */
const askerOf = (module: Module, client: keyof typeof CALLS) => {
  const [name, command, input] = CALLS[client];
  let response: HttpResponse;
  const one = new module[name]({
    ...{ region: 'us-east-1', maxAttempts: 1, requestHandler: { handle: async () => ({ response }) } },
    credentials: { accessKeyId: 'one', secretAccessKey: 'two' },
  });
  return async (answer: HttpResponse) => {
    response = answer;
    const error = await one.send(new module[command](input)).catch((thrown: unknown) => thrown);
    const { $fault, $metadata, $retryable, Reason } = error;
    return { ...failureOf('Call', error), $fault, $retryable, Reason, $metadata: $metadata.httpStatusCode };
  };
};

/** How a service says it. */
const answersWith = ({ code, fault }: Known): readonly (() => HttpResponse)[] =>
  STATUSES[fault].flatMap((statusCode) =>
    BODIES.map((said) => () => {
      const body = new TextEncoder().encode(JSON.stringify({ ...said, __type: `com.amazonaws.any#${code}` }));
      const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': code };
      return new HttpResponse({ statusCode, headers, body });
    }),
  );

describe.each(UNREGISTERED)('an error of %s', (client) => {
  it('has the name, the message and the fault that it has with its class', { timeout: 30_000 }, async () => {
    const whole: Module = await import(`@aws-sdk/client-${client}`);
    const known = knownIn(whole);
    expect(known.length).toBeGreaterThan(4);
    const [small, large] = [askerOf(await shipped(client), client), askerOf(whole, client)];
    for (const one of [...known, ...UNKNOWN])
      for (const answer of answersWith(one))
        expect([one, await small(answer())]).toEqual([one, await large(answer())]);
  });
});

it('keeps the class where something here asks for it', () => {
  const asked = globSync('shared/{adapters,run}/**/*.ts', { cwd: ROOT }).flatMap((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    const imported = [...text.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-/g)].join();
    return [...text.matchAll(/instanceof (\w+)/g)]
      .map(([, name = '']) => name)
      .filter((name) => imported.includes(name));
  });
  expect(asked).toContain('ConditionalCheckFailedException');
  expect(asked.filter((name) => !ASKED_FOR.has(name))).toEqual([]);
});
