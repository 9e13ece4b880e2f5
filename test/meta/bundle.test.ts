import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildFunctions } from '../../tools/build-functions.ts';
import { type Bundle, FUNCTION_NAMES } from '../../tools/bundle.ts';

const outdir = mkdtempSync(join(tmpdir(), 'tablekeeper-bundle-'));
let bundles: readonly Bundle[];
beforeAll(async () => {
  bundles = await buildFunctions({ policiesFile: 'policies.yml', outdir });
}, 60_000);
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

const bundleOf = (name: string): Bundle => {
  const bundle = bundles.find((one) => one.name === name);
  if (bundle === undefined) throw new Error(`${name} was not built`);
  return bundle;
};

const packageOf = (input: string): string | undefined =>
  /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1];

/** What is read from a policy file, spoken on a terminal or played in a test has no place in a function. */
const UNWANTED = [
  'yaml',
  'zod',
  'commander',
  'dynalite',
  '@aws-sdk/client-backup',
  '@aws-sdk/client-cloudtrail',
  '@aws-sdk/client-lambda',
  '@aws-sdk/client-organizations',
  '@aws-sdk/credential-provider-node',
];

describe.each(FUNCTION_NAMES)('the bundle of %s', (name) => {
  const inputs = (): readonly string[] => Object.keys(bundleOf(name).metafile.inputs);

  it('ships no package that only the build, the CLI or the tests need', () => {
    const packages = new Set(inputs().map(packageOf));
    expect(packages).toContain(name === 'slack' ? '@aws-sdk/client-ssm' : '@aws-sdk/client-dynamodb');
    expect(UNWANTED.filter((unwanted) => packages.has(unwanted))).toEqual([]);
  });

  it('ships each package once', () => {
    const roots = inputs().flatMap((input) => /.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []);
    const nested = [...new Set(roots)].filter((root) => root.split('node_modules/').length > 2);
    expect(nested).toEqual([]);
  });

  it('ships our own source from functions/ and shared/ alone, and how the role is found', () => {
    const strangers = inputs()
      .filter((input) => packageOf(input) === undefined && !input.startsWith('<define:'))
      .filter((input) => !/^(functions|shared)\//.test(input));
    expect(strangers).toEqual(['tools/lambda-credentials.ts']);
  });

  it('needs nothing beside its own folder and Node', () => {
    const outside = Object.values(bundleOf(name).metafile.outputs)
      .flatMap((output) => output.imports)
      .filter((one) => one.external)
      .map((one) => one.path.replace(/^node:/, '').split('/')[0] ?? '')
      .filter((module) => !builtinModules.includes(module));
    expect(outside).toEqual([]);
  });

  it(`carries ${name === 'slack' ? 'no policies' : 'the compiled policies'}`, () => {
    const text = Object.keys(bundleOf(name).metafile.outputs)
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    expect(text.includes('"backup:policy"')).toBe(name !== 'slack');
    expect(text.includes('TABLEKEEPER_POLICIES')).toBe(false);
  });

  it('stays under 550 kB, with the heartbeat under 650 kB, and under 450 kB at start', () => {
    expect(bundleOf(name).bytes).toBeLessThan(name === 'audit' ? 650_000 : 550_000);
    expect(bundleOf(name).bytesAtStart).toBeLessThan(450_000);
  });

  it('loads in a bare process and exports a handler', () => {
    const script = `import(${JSON.stringify(pathToFileURL(join(outdir, name, 'index.mjs')).href)}).then((m) => process.stdout.write(typeof m.handler))`;
    const environment = {
      AWS_REGION: 'us-east-1',
      TABLEKEEPER_INSTANCE: 'prod',
      TABLEKEEPER_STATE_TABLE: 'tablekeeper-prod-state',
      TABLEKEEPER_TOPIC_ARN: 'arn:aws:sns:us-east-1:111122223333:tablekeeper-prod-alerts',
      TABLEKEEPER_ACCOUNT_ID: '111122223333',
      TABLEKEEPER_SLACK_WEBHOOK_PARAMETER: '/tablekeeper/slack',
    };
    const options = { env: environment, cwd: outdir, encoding: 'utf8' } as const;
    expect(execFileSync(process.execPath, ['--input-type=module', '-e', script], options)).toBe('function');
  });
});
