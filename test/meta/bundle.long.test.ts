import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadPolicies } from '../../shared/core/policy/load.ts';
import { POLICIES_FILE, parsePoliciesFile } from '../../shared/core/policy/policies-file.ts';
import { CHANNELS, isChannel } from '../../shared/model/channel.ts';
import { type Bundle, FUNCTION_NAMES, type FunctionName, makeBundle } from '../../tools/bundle.ts';
import { shippedInputs } from '../../tools/bundled-packages.ts';
import { LEFT_OUT, ROOT } from '../../tools/lambda-packages.ts';
import { readAtStart } from '../../tools/reached-outputs.ts';
import { BUILT, builtOnce } from '../support/built-once.ts';

let bundles: readonly Bundle[];
beforeAll(async () => {
  bundles = await builtOnce();
}, 60_000);

const bundleOf = (name: string): Bundle => {
  const bundle = bundles.find((one) => one.name === name);
  if (bundle === undefined) throw new Error(`${name} was not built`);
  return bundle;
};

const policiesOf = (name: string): string => join(BUILT, name, POLICIES_FILE);

const packageOf = (input: string): string | undefined =>
  /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1];

/** What is read from a policy file, spoken on a terminal or played in a test has no place in a function, nor what serves browsers and people's machines. */
const UNWANTED = [
  ...['yaml', 'zod', 'commander', 'dynalite'],
  ...['@aws-sdk/client-backup', '@aws-sdk/client-cloudtrail', '@aws-sdk/client-organizations'],
  ...['@aws-sdk/credential-provider-node', '@aws-sdk/client-sts', 'bowser', 'mnemonist'],
];

/** Those that reach backup vaults, and read the client of AWS Backup only then. */
const WITH_VAULTS: readonly FunctionName[] = ['audit', 'backup', 'drill', 'prune'];

/** What the audit alone reads settings with, and asks about vaults, and loads only when a table is due or a policy has a vault. */
const OF_SETTINGS = [
  '@aws-sdk/client-application-auto-scaling',
  '@aws-sdk/client-cloudwatch',
  '@aws-sdk/client-iam',
  '@aws-sdk/client-kms',
  '@aws-sdk/client-lambda',
  '@aws-sdk/client-pipes',
];

/** In bytes, one percent above what they are. The goal is 300,000: channels meet it; docs/decisions/0122 and docs/performance.md say what takes the rest of the others. */
const MOST: Readonly<Record<FunctionName, { readonly whole: number; readonly atStart: number }>> = {
  audit: { whole: 1_152_000, atStart: 734_000 },
  backup: { whole: 702_000, atStart: 596_000 },
  drill: { whole: 593_000, atStart: 389_000 },
  hint: { whole: 639_000, atStart: 601_000 },
  prune: { whole: 725_000, atStart: 619_000 },
  pagerduty: { whole: 236_000, atStart: 236_000 },
  slack: { whole: 241_000, atStart: 241_000 },
  teams: { whole: 238_000, atStart: 238_000 },
  webhook: { whole: 229_000, atStart: 229_000 },
};

const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  TABLEKEEPER_INSTANCE: 'prod',
  TABLEKEEPER_STATE_TABLE: 'tablekeeper-prod-state',
  TABLEKEEPER_TOPIC_ARN: 'arn:aws:sns:us-east-1:111122223333:tablekeeper-prod-alerts',
  TABLEKEEPER_ACCOUNT_ID: '111122223333',
  TABLEKEEPER_SLACK_WEBHOOK_PARAMETER: '/tablekeeper/slack',
  TABLEKEEPER_TEAMS_WORKFLOW_PARAMETER: '/tablekeeper/teams',
  TABLEKEEPER_PAGERDUTY_KEY_PARAMETER: '/tablekeeper/pagerduty',
  TABLEKEEPER_WEBHOOK_PARAMETER: '/tablekeeper/webhook',
};

/** What a bare process says that imports the function as `loading` and goes on with `script`. */
const sayOf = (name: string, script: string, environment: Readonly<Record<string, string>>): string => {
  const url = JSON.stringify(pathToFileURL(join(BUILT, name, 'index.mjs')).href);
  const options = { env: environment, cwd: BUILT, encoding: 'utf8' } as const;
  const text = `const loading = import(${url}); ${script}`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', text], options);
};

/**
 * Names of packages are not kept. These files look at one: for an SDK error without its shape's id, which none is; for an error message; for
 * what is not there in Node; and for the logger that does nothing, so that Node's HTTP handler warns nobody when its 50 sockets are too few.
 */
const GOING_BY_NAMES = [
  'HttpProtocol.js',
  'configurations.js',
  'exceptions.js',
  'httpExtensionConfiguration.js',
  'schemaDeserializationMiddleware.js',
  'stream-type-check.js',
];

/** Services that answer over HTTP alone come with these: for the message about a body that is no stream. */
const GOING_BY_NAMES_IN_MESSAGES = ['sdk-stream-mixin.browser.js', 'sdk-stream-mixin.js'];

/** What the client of S3 comes with: for two messages, for a logger that does nothing, and for uploads, which nothing here does. */
const GOING_BY_NAMES_OF_S3 = [
  'ChecksumStream.js',
  'bucket-endpoint-middleware.js',
  'createChecksumStream.browser.js',
  'middleware-expect-continue.js',
];

const namesIn = (name: FunctionName): readonly string[] => {
  if (name === 'drill') return [...GOING_BY_NAMES_IN_MESSAGES, ...GOING_BY_NAMES_OF_S3];
  return WITH_VAULTS.includes(name) ? GOING_BY_NAMES_IN_MESSAGES : [];
};

describe.each(FUNCTION_NAMES)('the bundle of %s', (name) => {
  const inputs = (): readonly string[] => shippedInputs(bundleOf(name).metafile);

  it('ships no package that only the build, the CLI, the tests or browsers need', () => {
    const packages = new Set(inputs().map(packageOf));
    expect(packages).toContain(isChannel(name) ? '@aws-sdk/client-ssm' : '@aws-sdk/client-dynamodb');
    const ofVaults = WITH_VAULTS.includes(name) ? ['@aws-sdk/client-backup'] : [];
    expect(UNWANTED.filter((unwanted) => packages.has(unwanted))).toEqual(ofVaults);
  });

  it('reads no client at start that only reading settings needs, and ships them with the audit alone', () => {
    const { outputs } = bundleOf(name).metafile;
    const inputsAtStart = [...readAtStart(outputs)].flatMap((file) =>
      Object.entries(outputs[file]?.inputs ?? {}),
    );
    const atStart = inputsAtStart
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([input]) => input);
    const isOfSettings = (input: string): boolean => OF_SETTINGS.includes(packageOf(input) ?? '');
    expect(atStart.filter(isOfSettings)).toEqual([]);
    const shipped = new Set(inputs().filter(isOfSettings).map(packageOf));
    expect([...shipped].toSorted()).toEqual(name === 'audit' ? OF_SETTINGS : []);
  });

  it('ships each package once', () => {
    const roots = inputs().flatMap((input) => /.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []);
    const nested = [...new Set(roots)].filter((root) => root.split('node_modules/').length > 2);
    expect(nested).toEqual([]);
  });

  it('ships our own source from functions/ and shared/ alone, and what stands in for parts of the SDK', () => {
    const { ownInputs } = bundleOf(name);
    expect(ownInputs).toContain(`functions/${name}.ts`);
    expect(ownInputs.filter((input) => !/^(functions|shared)\//.test(input))).toEqual([]);
    const strangers = inputs().filter((input) => packageOf(input) === undefined && !input.startsWith('own:'));
    expect(strangers.toSorted()).toEqual([
      'tools/lambda-credentials.ts',
      ...(isChannel(name) ? [] : ['tools/no-endpoint-cache.ts']),
      'tools/no-event-streams.ts',
    ]);
  });

  it('needs nothing beside its own folder and Node', () => {
    const outside = Object.values(bundleOf(name).metafile.outputs)
      .flatMap((output) => output.imports)
      .filter((one) => one.external)
      .map((one) => one.path.replace(/^node:/, '').split('/')[0] ?? '')
      .filter((module) => !builtinModules.includes(module));
    expect(outside).toEqual([]);
  });

  it('has no file in its folder that no other file names', () => {
    const files = readdirSync(join(BUILT, name)).filter((file) => file !== POLICIES_FILE);
    const texts = new Map(files.map((file) => [file, readFileSync(join(BUILT, name, file), 'utf8')]));
    const isNamed = (file: string): boolean =>
      [...texts].some(([other, text]) => other !== file && text.includes(`"./${file}"`));
    expect(files.filter((file) => !isNamed(file))).toEqual(['index.mjs']);
    expect(files).toHaveLength(bundleOf(name).files);
  });

  it(`carries no policies, and has ${isChannel(name) ? 'none' : 'the compiled ones'} beside it`, () => {
    const text = Object.keys(bundleOf(name).metafile.outputs)
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    expect(text).not.toContain('"backup:policy"');
    expect(existsSync(policiesOf(name))).toBe(!isChannel(name));
    if (isChannel(name)) return;
    const policies = parsePoliciesFile(readFileSync(policiesOf(name), 'utf8'), name);
    expect(policies).toEqual(loadPolicies(readFileSync('policies.yml', 'utf8'), 'policies.yml'));
  });

  it(`stays under ${MOST[name].whole / 1_000} kB, and under ${MOST[name].atStart / 1_000} kB at start`, () => {
    expect(bundleOf(name).bytes).toBeLessThan(MOST[name].whole);
    expect(bundleOf(name).bytesAtStart).toBeLessThan(MOST[name].atStart);
  });

  it('loads in a bare process and exports a handler', () => {
    const script = 'console.log(typeof (await loading).handler)';
    expect(sayOf(name, script, ENVIRONMENT)).toBe('function\n');
  });

  it('tells errors and the functions they came through by the names they have in the source', () => {
    const script = 'loading.catch((error) => console.log(error.constructor.name, error.stack))';
    const said = sayOf(name, script, {});
    expect(said).toMatch(/^UserError UserError: The environment variable TABLEKEEPER_INSTANCE is not set\./);
    expect(said).toMatch(/^ +at read(Channel)?Environment /m);
  });

  it('holds no package that goes by the name of a class, but for a few that do no harm by it', () => {
    const asking = inputs().filter(
      (input) =>
        packageOf(input) !== undefined &&
        /constructor\??\.name\b/.test(readFileSync(join(ROOT, input), 'utf8')),
    );
    const files = asking.map((input) => input.split('/').at(-1));
    expect(files.toSorted()).toEqual([...GOING_BY_NAMES, ...namesIn(name)].toSorted());
  });
});

describe('a function whose policies', () => {
  const whole = (): string => readFileSync(policiesOf('prune'), 'utf8');
  const says = (text: string | undefined): string => {
    const before = whole();
    rmSync(policiesOf('prune'));
    if (text !== undefined) writeFileSync(policiesOf('prune'), text);
    try {
      const script = 'loading.catch((error) => console.log(String(error)))';
      return sayOf('prune', script, ENVIRONMENT);
    } finally {
      writeFileSync(policiesOf('prune'), before);
    }
  };

  it.each([
    { name: 'are missing', text: () => undefined, what: 'are missing: the file cannot be read' },
    { name: 'were cut', text: () => whole().slice(0, 200), what: 'are damaged: the file is not whole' },
    {
      name: 'were edited',
      text: () => whole().replace('"daily":7', '"daily":1'),
      what: 'are damaged: they are not what their digest says',
    },
  ])('$name ends as an error before it begins, which says so', ({ text, what }) => {
    expect(says(text())).toBe(
      `UserError: policies.json: The compiled policies of this function ${what}. Package and deploy again: nothing is backed up, checked or deleted without them.\n`,
    );
  });
});

it('a bundle that was kept is the one that a build makes', async () => {
  const { files, ownInputs } = await makeBundle('webhook');
  expect(bundleOf('webhook').ownInputs).toEqual(ownInputs);
  expect(files.map(({ path }) => path).toSorted()).toEqual(readdirSync(join(BUILT, 'webhook')).toSorted());
  for (const { path, text } of files) expect(readFileSync(join(BUILT, 'webhook', path), 'utf8')).toBe(text);
});

describe('the bundle of audit', () => {
  it('loads what reads settings when a table is due', () => {
    const { outputs } = bundleOf('audit').metafile;
    const chunk = Object.keys(outputs).find((file) =>
      outputs[file]?.exports.includes('createSettingsReader'),
    );
    const url = JSON.stringify(pathToFileURL(join(ROOT, chunk ?? '')).href);
    const clock = '{ now: () => 0, sleep: async () => {}, after: () => () => {} }';
    const options = `{ region: 'us-east-1', clock: ${clock}, limiter: {}, recorder: {} }`;
    const script = `const { createSettingsReader } = await import(${url});
      const target = { accountId: '111122223333', region: 'us-east-1' };
      console.log(typeof createSettingsReader(${options}, target).read)`;
    expect(sayOf('audit', script, ENVIRONMENT)).toBe('function\n');
  });
});

describe('the page', () => {
  it('is in the bundle of the audit, which reads nothing of it at start', () => {
    const { outputs } = bundleOf('audit').metafile;
    const withPage = Object.keys(outputs).filter((file) =>
      readFileSync(join(ROOT, file), 'utf8').includes('Skip to the tables'),
    );
    const atStart = readAtStart(outputs);
    expect(withPage.length).toBeGreaterThan(0);
    expect(withPage.filter((file) => atStart.has(file))).toEqual([]);
  });
});

describe('the bundle of backup', () => {
  it('carries the client of AWS Backup, and reads it when a run first needs it', () => {
    const { outputs } = bundleOf('backup').metafile;
    const filesWith = Object.keys(outputs).filter((file) =>
      Object.keys(outputs[file]?.inputs ?? {}).some((input) => packageOf(input) === '@aws-sdk/client-backup'),
    );
    const atStart = readAtStart(outputs);
    expect(filesWith.length).toBeGreaterThan(0);
    expect(filesWith.filter((file) => atStart.has(file))).toEqual([]);
  });
});

describe('a kind of finding', () => {
  const textOf = (name: FunctionName): string =>
    Object.keys(bundleOf(name).metafile.outputs)
      .map((file) => readFileSync(join(ROOT, file), 'utf8'))
      .join('\n');

  it.each([
    { kind: 'pitr-off', words: 'No run has seen it on before', by: ['audit', 'hint'] },
    { kind: 'guardrail-refusal', words: 'the guardrail allows', by: ['audit', 'hint', 'prune'] },
    { kind: 'also-backed-up', words: 'in two hands', by: ['audit', 'backup', 'prune'] },
  ])('$kind is found by $by alone, and known by all', ({ kind, words, by }) => {
    const runs = ['audit', 'backup', 'hint', 'prune'] as const;
    expect(runs.filter((name) => textOf(name).includes(kind))).toEqual(runs);
    expect(runs.filter((name) => textOf(name).includes(words))).toEqual(by);
  });
});

describe.each(CHANNELS)('the bundle of $name', ({ name }) => {
  it('carries nothing of the state table, of backups, of decisions about them, or of another channel', () => {
    const { ownInputs } = bundleOf(name);
    const foreign = /^shared\/(?:adapters\/(?:engines|notify|state)|core\/(?:plan|retention|scene))\//;
    const others = CHANNELS.filter((channel) => channel.name !== name).map((channel) => channel.name);
    const another = new RegExp(`^shared/(?:core/messages|adapters/channels)/(?:${others.join('|')})[/.]`);
    expect(ownInputs.filter((input) => foreign.test(input) || another.test(input))).toEqual([]);
  });
});

describe('what stands in for parts of the SDK', () => {
  it.each(Object.entries(LEFT_OUT))('%s is still asked for', (_, file) => {
    const shipped = bundles.flatMap(({ metafile }) => shippedInputs(metafile));
    expect(shipped).toContain(relative(ROOT, file));
  });

  it('is never used by the operations that Tablekeeper calls', () => {
    const read = bundles.flatMap(({ metafile }) => shippedInputs(metafile));
    expect(
      read.filter((input) => /endpointDiscoveryMiddleware|updateDiscoveredEndpoint/.test(input)),
    ).toEqual([]);
  });

  it('no client reads more of its package.json than the version', () => {
    const readers = bundles
      .flatMap(({ metafile }) => shippedInputs(metafile))
      .filter((input) => /client-[^/]+\/dist-es\/runtimeConfig\.js$/.test(input))
      .map((input) => readFileSync(join(ROOT, input), 'utf8'));
    expect(readers.length).toBeGreaterThan(0);
    for (const text of readers) expect(text.match(/packageInfo\.\w+/g)).toEqual(['packageInfo.version']);
  });
});
