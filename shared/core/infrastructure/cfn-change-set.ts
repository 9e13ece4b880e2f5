import type { Command } from '../../model/advice.ts';
import type { LiveTable } from '../../model/infrastructure-code.ts';
import { commandText } from '../../model/shell.ts';
import { dnsSuffixOf } from '../../model/target.ts';
import { isObject } from './allow-list.ts';
import type { Template } from './template.ts';

/** A template's file. */
export interface StepFile {
  readonly name: string;
  readonly bytes: number;
}

/** What the steps of an import speak of. */
export interface ImportSteps {
  readonly live: LiveTable;
  /** The stack that takes the table in. */
  readonly stack: string;
  /** Whether the template was read: without it the stack is one of the table's own. */
  readonly isGiven: boolean;
  readonly template: Template;
  readonly tableId: string;
  readonly type: string;
  readonly files: {
    readonly import: StepFile;
    readonly identifiers: string;
    readonly update?: StepFile;
  };
}

/** A longer template is read from a bucket. */
const LONGEST_BODY_BYTES = 51_200;

const capabilitiesOf = ({ tree, resources }: Template): readonly string[] => {
  const types = Object.values(resources).map((resource) => (isObject(resource) ? String(resource.Type) : ''));
  const wanted = [
    ...(types.some((type) => type.startsWith('AWS::IAM::')) ? ['CAPABILITY_NAMED_IAM'] : []),
    ...('Transform' in tree ? ['CAPABILITY_AUTO_EXPAND'] : []),
  ];
  return wanted.length > 0 ? ['--capabilities', ...wanted] : [];
};

const parametersOf = ({ tree }: Template): readonly string[] => {
  const names = isObject(tree.Parameters) ? Object.keys(tree.Parameters) : [];
  return names.length === 0
    ? []
    : ['--parameters', ...names.map((name) => `ParameterKey=${name},UsePreviousValue=true`)];
};

/** Returns a command of CloudFormation in the table's Region. */
export const cloudformation = ({ target }: LiveTable, operation: string, ...options: Command): Command => [
  ...['aws', 'cloudformation', operation, '--region', target.region],
  ...options,
];

/** Writes a line of shell that asks again until the answer is one of those given: `aws ... wait` ends too early or never. */
export const until = (ask: Command, answers: string): Command => [
  `until ${commandText(ask)} | grep -qE '^(${answers})$'; do sleep 10; done`,
];

/** Options that show one part of an answer as text; the part follows. */
export const status = ['--output', 'text', '--query'];

/** What becomes of a stack, from which file. */
export interface Change {
  readonly name: string;
  readonly type: 'IMPORT' | 'UPDATE' | 'CREATE';
  readonly file: StepFile;
}

/** Makes a change set and asks until it is made; it changes nothing yet. A long template goes by a bucket. */
export const changeSet = (
  { live, stack, template }: ImportSteps,
  { name, type, file }: Change,
  ...options: Command
): readonly Command[] => {
  const isLong = file.bytes > LONGEST_BODY_BYTES;
  const body = isLong
    ? ['--template-url', `https://BUCKET.s3.${live.target.region}.${dnsSuffixOf(live.target)}/${file.name}`]
    : ['--template-body', `file://${file.name}`];
  return [
    ...(isLong ? [['aws', 's3', 'cp', file.name, `s3://BUCKET/${file.name}`]] : []),
    cloudformation(
      live,
      'create-change-set',
      ...['--stack-name', stack, '--change-set-name', name, '--change-set-type', type],
      ...options,
      ...body,
      ...parametersOf(template),
      ...capabilitiesOf(template),
    ),
    until(
      cloudformation(
        live,
        'describe-change-set',
        ...['--stack-name', stack, '--change-set-name', name],
        ...[...status, 'Status'],
      ),
      'CREATE_COMPLETE|FAILED',
    ),
  ];
};
