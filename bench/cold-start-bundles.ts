import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isChannel } from '../shared/model/channel.ts';
import { buildFunctions } from '../tools/build-functions.ts';
import { joinPackages, type Written, writeJoined } from '../tools/join-packages.ts';
import { ROOT } from '../tools/lambda-packages.ts';
import { readAtStart } from '../tools/reached-outputs.ts';

/** Bytes at start, and in all. */
export interface Weight {
  readonly atStart: number;
  readonly whole: number;
}

/** What a fresh process loads, and how large it is. */
export interface Candidate {
  readonly name: string;
  readonly file: string;
  readonly weight: Weight;
  readonly packages: ReadonlyMap<string, Weight>;
  /** The bundle of its AWS clients alone, where there is one. */
  readonly clients?: string;
}

const DYNAMODB = [
  'BatchWriteItem',
  'CreateBackup',
  'DeleteBackup',
  'DeleteItem',
  'DescribeBackup',
  'DescribeContinuousBackups',
].concat(['DescribeTable', 'ListBackups', 'ListTables', 'PutItem', 'Query', 'UpdateContinuousBackups']);

const COMMANDS = DYNAMODB.map((name) => `${name}Command`).join(', ');

/** The same clients and commands that functions use, loaded when and made as they make them, and nothing else. */
const CLIENTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'DynamoDB, tags; SNS later': {
    'index.mjs': `
      import { DynamoDBClient, ${COMMANDS} } from '@aws-sdk/client-dynamodb';
      import { GetResourcesCommand, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
      export const made = [
        ...[1, 2, 3].map(() => new DynamoDBClient({})), new ResourceGroupsTaggingAPIClient({}), ${COMMANDS}, GetResourcesCommand,
      ];
      export const later = () => import('./sns.mjs');`,
    'sns.mjs': `
      import { GetTopicAttributesCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
      export const made = [new SNSClient({}), GetTopicAttributesCommand, PublishCommand];`,
  },
  SSM: {
    'index.mjs': `
      import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
      export const made = [new SSMClient({}), GetParameterCommand];`,
  },
};

const clientsOf = (name: string): string => (isChannel(name) ? 'SSM' : 'DynamoDB, tags; SNS later');

const packageOf = (input: string): string => {
  if (!input.includes('node_modules/')) return 'tablekeeper';
  const [scope = input, name] = input.split('node_modules/').at(-1)?.split('/') ?? [];
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
};

const packagesOf = ({ metafile: { outputs } }: Written): Candidate['packages'] => {
  const early = readAtStart(outputs);
  const weights = new Map<string, Weight>();
  for (const [file, { inputs }] of Object.entries(outputs))
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      const { atStart, whole } = weights.get(packageOf(input)) ?? { atStart: 0, whole: 0 };
      const more = early.has(file) ? bytesInOutput : 0;
      weights.set(packageOf(input), { atStart: atStart + more, whole: whole + bytesInOutput });
    }
  return new Map([...weights].toSorted(([, a], [, b]) => b.whole - a.whole));
};

const candidateOf = (name: string, folder: string, joined: Written): Candidate => ({
  name,
  file: join(folder, name, 'index.mjs'),
  weight: { atStart: joined.bytesAtStart, whole: joined.bytes },
  packages: packagesOf(joined),
});

const buildClients = async (folder: string): Promise<readonly Candidate[]> => {
  const built = Object.entries(CLIENTS).map(async ([name, texts]) => {
    const source = Object.entries(texts).map(([path, text]) => ({ path, text }));
    return candidateOf(name, folder, await writeJoined(await joinPackages(source), join(folder, name)));
  });
  return await Promise.all(built);
};

/** Builds what is compared into an empty folder: Node alone, AWS clients alone, and each function. */
export const buildCandidates = async (folder: string): Promise<readonly Candidate[]> => {
  await mkdir(folder, { recursive: true });
  const nothing = { name: 'Node alone', file: join(folder, 'empty.mjs'), packages: new Map() };
  await writeFile(nothing.file, '');
  const functions = await buildFunctions({ policiesFile: join(ROOT, 'policies.yml'), outdir: folder });
  return [
    { ...nothing, weight: { atStart: 0, whole: 0 } },
    ...(await buildClients(folder)),
    ...functions.map((one) => ({ ...candidateOf(one.name, folder, one), clients: clientsOf(one.name) })),
  ];
};
