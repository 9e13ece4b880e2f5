import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentOf, readZip } from '../../cli/package/zip.ts';
import { createProgram } from '../../cli/program.ts';
import { deployTo } from '../../cli/sim-account.ts';
import { parsePoliciesFile } from '../../shared/core/policy/policies-file.ts';
import { createAccount } from '../../sim/account.ts';
import { createRealClock } from '../../sim/real-clock.ts';
import { type SimServer, startServer } from '../../sim/server.ts';
import { FUNCTION_NAMES } from '../../tools/bundle.ts';
import { manifestOf } from '../../tools/release/package-folder.ts';
import { type InstalledRelease, installRelease, type Said } from '../support/installed-release.ts';

// The package as somebody has it who has nothing else: installed from its file into an empty folder.

/** Those that act by policies. */
const ACTING = ['audit', 'backup', 'drill', 'hint', 'prune'];

let release: InstalledRelease;
let server: SimServer;
const account = createAccount({ clock: createRealClock(Date.UTC(2026, 10, 29, 12)) });
beforeAll(async () => {
  release = await installRelease();
  cpSync('policies.yml', join(release.folder, 'policies.yml'));
  deployTo(account, 'prod', 'ops@example.com');
  server = await startServer(account);
}, 120_000);
afterAll(async () => {
  await server.close();
  release.remove();
});

const inFolder = (...path: readonly string[]): string => join(release.folder, ...path);

const inAccount = (...argv: readonly string[]): Promise<Said> =>
  release.typed(argv, {
    AWS_ENDPOINT_URL: server.url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: account.region,
  });

describe('the package', () => {
  it('has the program, the functions, the template and what they read, all of it built', () => {
    const listed = execFileSync('tar', ['-tzf', release.tarball], { encoding: 'utf8' });
    const files = listed
      .trim()
      .split('\n')
      .map((file) => file.replace('package/', ''));
    expect(
      files.filter((file) => !/^(?:docs\/|events\/|cli\/chunk-\w+\.mjs$)/.test(file)).toSorted(),
    ).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'THIRD-PARTY-LICENSES.txt',
      'cli/init/starter-policies.yml',
      'cli/invoke-function.mjs',
      'cli/main.mjs',
      'cli/page-script.js',
      'cli/page-style.css',
      'cli/tablekeeper.mjs',
      'package.json',
      ...[
        ...FUNCTION_NAMES.map((name) => `parts/${name}.zip`),
        'parts/destination.json',
        'parts/parts.json',
        'parts/template.json',
      ].toSorted(),
      'policies.schema.json',
      'policies.yml',
    ]);
    expect(files).toEqual(
      expect.arrayContaining(['docs/findings.md', 'docs/release.md', 'events/audit.json']),
    );
    expect(
      files.filter((file) => /^docs\/(?!policies\/.*\.yml$)/.test(file) && !file.endsWith('.md')),
    ).toEqual([]);
  });

  it('installs nothing beside itself, and no script runs', () => {
    expect(readdirSync(inFolder('node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      'tablekeeper',
    ]);
    const manifest = JSON.parse(readFileSync(inFolder('node_modules/tablekeeper/package.json'), 'utf8'));
    expect(manifest).toEqual({
      name: 'tablekeeper',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      description: expect.any(String),
      license: 'Apache-2.0',
      private: true,
      type: 'module',
      engines: { node: '>=20' },
      bin: { tablekeeper: 'cli/tablekeeper.mjs' },
    });
  });

  it('is one that npm refuses to publish, until somebody makes it public', async () => {
    expect(await manifestOf('private')).toMatchObject({ private: true });
    expect(await manifestOf('public')).not.toHaveProperty('private');
  });

  it('names the licence of each package that is in it', () => {
    const text = readFileSync(inFolder('node_modules/tablekeeper/THIRD-PARTY-LICENSES.txt'), 'utf8');
    for (const name of ['commander', 'yaml', 'dynalite', '@aws-sdk/client-dynamodb', '@middy/core'])
      expect(text).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\((?:MIT|ISC|Apache-2\\.0)\\)$`, 'm'));
    expect(text).toContain('Permission is hereby granted');
  });
});

describe('npx tablekeeper from the package', () => {
  it('has every command', async () => {
    const program = createProgram(async () => undefined, { out: () => undefined, error: () => undefined });
    const options = { cwd: release.folder, encoding: 'utf8' as const };
    const help = execFileSync('npx', ['--offline', 'tablekeeper', '--help'], options);
    for (const command of program.commands) expect(help).toMatch(new RegExp(`^  ${command.name()} `, 'm'));
  });

  it.each([
    { argv: ['--version'], says: /^tablekeeper \d+\.\d+\.\d+, Node / },
    { argv: ['validate'], says: /^policies\.yml is valid: 3 policies/ },
    { argv: ['finding', 'pitr-off'], says: /^pitr-off\n/ },
    { argv: ['completion', 'bash'], says: /complete -o default/ },
  ])('reads what it needs from the package: $argv', async ({ argv, says }) => {
    const { code, stdout } = await release.typed(argv);
    expect(stdout).toMatch(says);
    expect(code).toBe(0);
  });

  it('makes a list of prices, for the Regions that have none in it', async () => {
    const offer = resolve(import.meta.dirname, '../fixtures/price-list/AmazonDynamoDB.json');
    const { stdout } = await release.typed(['prices', '--out', 'prices.json', offer]);
    expect(stdout).toContain('prices.json: prices of');
  });

  it('begins with files from which it can go on', async () => {
    mkdirSync(inFolder('begin'));
    const given = ['--alert-email', 'ops@example.com', '--slack-parameter', 'none', '--timezone', 'UTC'];
    const where = ['--policies', 'begin/policies.yml', '--parameters', 'begin/parameters.yml'];
    const { code, stdout } = await inAccount('init', ...given, ...where);
    expect({ code, stdout }).toMatchObject({ code: 0 });
    const [next = ''] = stdout.split('\n').filter((line) => line.includes('tablekeeper package'));
    expect(next.trim()).toBe(
      'npx tablekeeper package --out out --instance prod --region us-east-1 --policies begin/policies.yml --parameters begin/parameters.yml',
    );
    const packaged = await release.typed(next.trim().split(' ').slice(2));
    expect(packaged.stdout).toContain('AlertEmail=ops@example.com SlackWebhookParameter= ');
  });

  it('runs a function as it would be deployed, with the policies of the file', async () => {
    const { code, stdout } = await inAccount('invoke', 'backup');
    expect(stdout.trim().split('\n').at(-1)).toContain('"failures":[]');
    expect(code).toBe(0);
  });

  it('names no script of a clone where something has to be deployed', async () => {
    const { stdout } = await inAccount('doctor', '--instance', 'other');
    expect(stdout).toContain('npx tablekeeper package --out out --region us-east-1 --instance other');
    expect(stdout).not.toContain('npm run');
  });
});

const filesIn = (folder: string): ReadonlyMap<string, Buffer> =>
  new Map(
    readdirSync(inFolder(folder))
      .toSorted()
      .map((name) => [name, readFileSync(inFolder(folder, name))]),
  );

describe('npx tablekeeper package', () => {
  it('writes a template, archives with the policies in them, and the digest of each', async () => {
    const { code, stderr } = await release.typed(['package', '--out', 'one', '--param', 'alertEmail=none']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const files = filesIn('one');
    expect([...files.keys()]).toEqual([
      'SHA256SUMS',
      ...['template.json', 'destination.json', ...FUNCTION_NAMES]
        .toSorted()
        .map((name) =>
          name.endsWith('.json') ? name : expect.stringMatching(`^${name}-[0-9a-f]{12}\\.zip$`),
        ),
    ]);
    const sums = String(files.get('SHA256SUMS'))
      .trim()
      .split('\n')
      .map((line) => line.split('  '));
    expect(sums).toHaveLength(files.size - 1);
    for (const [sum, name = ''] of sums)
      expect(
        createHash('sha256')
          .update(files.get(name) ?? '')
          .digest('hex'),
      ).toBe(sum);
    const template = String(files.get('template.json'));
    for (const [name, content] of files) {
      if (!name.endsWith('.zip')) continue;
      expect(template).toContain(`"\${CodePrefix}${name}"`);
      const [key = ''] = name.split('-');
      const policies = readZip(content).find((entry) => entry.name === `dist/${key}/policies.json`);
      expect([key, policies !== undefined]).toEqual([key, ACTING.includes(key)]);
      if (policies === undefined) continue;
      const text = Buffer.from(contentOf(policies)).toString();
      expect(parsePoliciesFile(text, name)).toMatchObject({ isPackaged: true });
    }
  });

  it('writes the same bytes again, and so does a clone', async () => {
    const argv = ['package', '--param', 'alertEmail=none', '--out'];
    await release.typed([...argv, 'two']);
    expect(filesIn('two')).toEqual(filesIn('one'));
    const options = { env: { PATH: process.env.PATH }, stdio: 'pipe' } as const;
    const policies = ['--policies', inFolder('policies.yml'), '--parameters', inFolder('none.yml')];
    writeFileSync(inFolder('none.yml'), '');
    execFileSync(process.execPath, ['cli/bin.mjs', ...argv, inFolder('three'), ...policies], options);
    expect(filesIn('three')).toEqual(filesIn('one'));
  }, 60_000);

  it('replaces what it wrote before, and leaves everything else', async () => {
    const edited = readFileSync(inFolder('policies.yml'), 'utf8').replace('daily: 7', 'daily: 6');
    writeFileSync(inFolder('edited.yml'), edited);
    writeFileSync(inFolder('two', 'main.tf'), '# ours');
    await release.typed(['package', '--out', 'two', '--policies', 'edited.yml']);
    const [one, two] = [filesIn('one'), filesIn('two')];
    expect(two.has('main.tf')).toBe(true);
    expect(two.size).toBe(one.size + 1);
    const shared = [...two.keys()].filter((name) => one.has(name) && name.endsWith('.zip'));
    const others = FUNCTION_NAMES.filter((name) => !ACTING.includes(name));
    expect(shared).toEqual(others.map((name) => expect.stringMatching(`^${name}-`)));
  });

  it('makes archives that Lambda could load', async () => {
    const [prune = ''] = [...filesIn('one').keys()].filter((name) => name.startsWith('prune'));
    execFileSync('python3', ['-m', 'zipfile', '-e', inFolder('one', prune), inFolder('unpacked')]);
    const url = pathToFileURL(inFolder('unpacked/dist/prune/index.mjs')).href;
    const env = {
      ...{
        AWS_REGION: 'us-east-1',
        TABLEKEEPER_INSTANCE: 'prod',
        TABLEKEEPER_STATE_TABLE: 'tablekeeper-prod-state',
      },
      TABLEKEEPER_TOPIC_ARN: 'arn:aws:sns:us-east-1:111122223333:tablekeeper-prod-alerts',
      TABLEKEEPER_ACCOUNT_ID: '111122223333',
    };
    const script = `console.log(typeof (await import(${JSON.stringify(url)})).handler)`;
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      env,
      encoding: 'utf8',
    });
    expect(said).toBe('function\n');
  });

  it('answers in one document', async () => {
    const { stdout } = await release.typed(
      [
        'package',
        '--out',
        'four',
        '--json',
        '--param',
        'alertEmail=none',
        '--param',
        'stackTags=team=a',
        '--param',
        'codeBucket=code',
      ],
      { AWS_REGION: 'eu-west-1' },
    );
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'package',
      parameters: { alertEmail: 'none', instance: 'prod', codeBucket: 'code' },
      stackTags: { team: 'a' },
      files: expect.arrayContaining([expect.objectContaining({ name: 'template.json' })]),
      next: [
        "aws s3 cp --recursive four s3://code/tablekeeper/prod/ --exclude '*' --include '*.zip' --include template.json --region eu-west-1",
        'aws cloudformation deploy --stack-name tablekeeper-prod --template-file four/template.json --capabilities CAPABILITY_NAMED_IAM --s3-bucket code --s3-prefix tablekeeper/prod --parameter-overrides AlertEmail=none Instance=prod CodeBucket=code CodePrefix=tablekeeper/prod/ --tags team=a --region eu-west-1',
      ],
    });
  });

  it.each([
    {
      name: 'a parameter that does not exist',
      argv: ['package', '--out', 'x', '--param', 'alertMail=a@b.c'],
      says: /^error: there is no parameter "alertMail"\. Did you mean --param="alertEmail=…"/,
    },
    {
      name: 'a folder that is a file',
      argv: ['package', '--out', 'policies.yml'],
      says: /^error: policies\.yml: the folder cannot be written/,
    },
  ])('writes nothing for $name', async ({ argv, says }) => {
    const { code, stdout, stderr } = await release.typed(argv);
    expect(stderr).toMatch(says);
    expect({ code, stdout, wrote: existsSync(inFolder('x')) }).toEqual({ code: 2, stdout: '', wrote: false });
  });
});
