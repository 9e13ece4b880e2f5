import { driftText, leftOutText, refusalText } from '../../shared/core/text/left-out.ts';
import { type AdviceStep, stepsOf } from '../../shared/model/advice.ts';
import { assertNever } from '../../shared/model/errors.ts';
import type {
  CodeFile,
  DefinitionDifference,
  Emission,
  NameKept,
  WrittenCode,
} from '../../shared/model/infrastructure-code.ts';
import { commandText } from '../../shared/model/shell.ts';
import { adviceLines } from './advice-text.ts';
import type { Screen } from './colour.ts';
import { paragraph } from './paragraph.ts';

const LANGUAGES = { cloudformation: 'CloudFormation', terraform: 'Terraform' } as const;

const DIFFERENCES: Readonly<Record<DefinitionDifference['kind'], string>> = {
  'only-in-template': "only in the source's definition",
  'only-live': 'only in the live table',
  other: 'another value, or a reference',
};

const differenceText = ({ property, kind }: DefinitionDifference): string =>
  `${property}: ${DIFFERENCES[kind]}`;

const listed = (title: string, texts: readonly string[], screen: Screen): readonly string[] =>
  texts.length === 0
    ? []
    : [screen.paint('strong', title), ...texts.flatMap((text) => paragraph(text, '  ', screen)), ''];

const stepLines = (steps: readonly AdviceStep[], screen: Screen): readonly string[] => [
  screen.paint('strong', 'Steps'),
  ...steps.flatMap((step, at) => adviceLines({ ...step, say: `${at + 1}. ${step.say}` }, '  ', screen)),
];

/** Contents are shown as they are: nothing in them is broken or shortened. */
const fileLines = ({ name, content }: CodeFile, screen: Screen): readonly string[] => [
  screen.paint('strong', name),
  ...content.split('\n'),
];

const writtenLines = (
  code: WrittenCode,
  directory: string | undefined,
  screen: Screen,
): readonly string[] => [
  ...(directory === undefined
    ? code.files.flatMap((file) => fileLines(file, screen))
    : listed(
        `${LANGUAGES[code.language]} in ${directory}`,
        filesToWrite(code).map(({ name }) => name),
        screen,
      )),
  ...listed('Not in it', code.leftOut.map(leftOutText), screen),
  ...listed("Not as in the source's definition", code.differences.map(differenceText), screen),
  ...stepLines(code.steps, screen),
];

const keptLines = ({ drift, steps }: NameKept, screen: Screen): readonly string[] => [
  ...paragraph(
    'The table kept its name: infrastructure code finds it by that, and nothing is to be imported.',
    '',
    screen,
  ),
  '',
  ...listed('What will show', drift.length === 0 ? ['Nothing.'] : drift.map(driftText), screen),
  ...stepLines(steps, screen),
];

/**
 * Formats what `--emit` made as lines. With the folder that the files were written to, their names; without one, their contents.
 */
export const emissionLines = (
  emission: Emission,
  directory: string | undefined,
  screen: Screen,
): readonly string[] => {
  switch (emission.kind) {
    case 'written':
      return writtenLines(emission, directory, screen);
    case 'name-kept':
      return keptLines(emission, screen);
    case 'refused':
      return paragraph(refusalText(emission.refusal), '', screen);
    default:
      return assertNever(emission);
  }
};

const stepsFile = ({ steps, leftOut, differences }: WrittenCode): string =>
  [
    ...steps.flatMap((step, at) => [
      `# ${at + 1}. ${step.say}`,
      ...stepsOf(step).flatMap(({ commands }) => commands.map(commandText)),
      '',
    ]),
    ...leftOut.map((one) => `# Not in it: ${leftOutText(one)}`),
    ...differences.map((one) => `# Not as in the source's definition: ${differenceText(one)}`),
  ]
    .join('\n')
    .concat('\n');

/** A file that `--out` writes; it is never written over another one. */
export type FileToWrite = Pick<CodeFile, 'name' | 'content'>;

/** Lists the files of `--out`: the code, and the steps with their commands, to be read and pasted one by one. */
export const filesToWrite = (emission: Emission): readonly FileToWrite[] => {
  if (emission.kind !== 'written') return [];
  return [...emission.files, { name: `${emission.table}.steps.txt`, content: stepsFile(emission) }];
};
