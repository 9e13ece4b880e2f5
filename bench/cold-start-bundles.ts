import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { buildFunctions } from '../tools/build-functions.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** What a fresh process loads, and how large it is. */
export interface Candidate {
  readonly name: string;
  readonly file: string;
  readonly bytesAtStart: number;
  /** Bytes at start by package, largest first. */
  readonly packages: readonly (readonly [name: string, bytes: number])[];
}

const DYNAMODB = [
  'CreateBackup',
  'DeleteBackup',
  'DeleteItem',
  'DescribeBackup',
  'DescribeContinuousBackups',
].concat(['DescribeTable', 'ListBackups', 'ListTables', 'PutItem', 'Query', 'UpdateContinuousBackups']);

/** The same clients and commands that the functions use, each made as they make it, and nothing else. */
const clientsOnly = (): string => {
  const commands = DYNAMODB.map((name) => `${name}Command`);
  return `
    import { DynamoDBClient, ${commands.join(', ')} } from '@aws-sdk/client-dynamodb';
    import { GetResourcesCommand, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
    import { GetTopicAttributesCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
    export const made = [
      ...[1, 2, 3].map(() => new DynamoDBClient({})), new ResourceGroupsTaggingAPIClient({}), new SNSClient({}),
      ${commands.join(', ')}, GetResourcesCommand, GetTopicAttributesCommand, PublishCommand,
    ];`;
};

const packageOf = (input: string): string => {
  const parts = input.split('node_modules/').at(-1)?.split('/') ?? [];
  if (!input.includes('node_modules/')) return 'tablekeeper';
  return parts[0]?.startsWith('@') ? `${parts[0]}/${parts[1]}` : (parts[0] ?? input);
};

type Outputs = Metafile['outputs'];

const startFiles = (outputs: Outputs, file: string, seen = new Set<string>()): Set<string> => {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const { path, kind } of outputs[file]?.imports ?? [])
    if (kind === 'import-statement' && path in outputs) startFiles(outputs, path, seen);
  return seen;
};

const packagesOf = (outputs: Outputs): Candidate['packages'] => {
  const entry = Object.keys(outputs).find((file) => file.endsWith('/index.mjs')) ?? '';
  const bytes = new Map<string, number>();
  for (const file of startFiles(outputs, entry))
    for (const [input, { bytesInOutput }] of Object.entries(outputs[file]?.inputs ?? {}))
      bytes.set(packageOf(input), (bytes.get(packageOf(input)) ?? 0) + bytesInOutput);
  return [...bytes].toSorted(([, a], [, b]) => b - a);
};

const sum = (packages: Candidate['packages']): number =>
  packages.reduce((total, [, bytes]) => total + bytes, 0);

const buildClients = async (folder: string): Promise<Candidate> => {
  const source = join(ROOT, 'bench', '.clients.mjs');
  const { metafile } = await build({
    absWorkingDir: ROOT,
    stdin: { contents: clientsOnly(), resolveDir: ROOT, sourcefile: source },
    outfile: join(folder, 'index.mjs'),
    alias: { '@aws-sdk/credential-provider-node': join(ROOT, 'tools', 'lambda-credentials.ts') },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  const packages = packagesOf(metafile.outputs);
  return {
    name: 'its AWS clients alone',
    file: join(folder, 'index.mjs'),
    bytesAtStart: sum(packages),
    packages,
  };
};

/** Given an empty folder, builds what is compared: Node alone, the AWS clients alone, and each function. */
export const buildCandidates = async (folder: string): Promise<readonly Candidate[]> => {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'empty.mjs'), '');
  const functions = await buildFunctions({ policiesFile: join(ROOT, 'policies.yml'), outdir: folder });
  return [
    { name: 'Node alone', file: join(folder, 'empty.mjs'), bytesAtStart: 0, packages: [] },
    await buildClients(join(folder, 'clients')),
    ...functions.map(({ name, metafile, bytesAtStart }) => ({
      name,
      file: join(folder, name, 'index.mjs'),
      bytesAtStart,
      packages: packagesOf(metafile.outputs),
    })),
  ];
};
