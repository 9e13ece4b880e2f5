import { govern } from '../../shared/core/policy/govern.ts';
import { statusCommand, tagTableCommand } from '../../shared/core/text/commands.ts';
import { packagedCommand } from '../../shared/core/text/whole-command.ts';
import { counted, listed, quoted, verb } from '../../shared/core/text/words.ts';
import { advise, asAdvice, type Command, type Said } from '../../shared/model/advice.ts';
import { CHANNELS } from '../../shared/model/channel.ts';
import type { Policies } from '../../shared/model/policy.ts';
import type { AccountSeen } from '../init/look.ts';
import type { Answers } from '../init/questions.ts';
import { adviceLines, commandLines } from './advice-text.ts';
import type { Screen } from './colour.ts';
import { paragraph } from './paragraph.ts';

/** What a file held before it was written over, in a file of its own. */
export interface Copy {
  readonly of: string;
  readonly to: string;
}

/** What was written, and what was known when it was. */
export interface InitView {
  readonly answers: Answers;
  readonly instance: string;
  readonly policiesFile: string;
  readonly parametersFile: string;
  /** Whether this is the folder of a clone of the project, which can deploy by itself. */
  readonly isClone: boolean;
  /** Whether a command to which no Region is typed takes the one of the answers. */
  readonly isTakenAnyway: boolean;
  /** By the key that the stage is given, where it is given one. */
  readonly policies: Policies;
  /** The key that the stage is given in place of the one in the file. */
  readonly policyTag: string | undefined;
  /** Whether the policy file was there, and stays as it is. */
  readonly isKept: boolean;
  /** Where what was written over is kept. */
  readonly copies: readonly Copy[];
  readonly account: AccountSeen;
}

/** Lists tables whose tag names a policy that the file lacks: they are not backed up, and reported. */
export const mistaggedIn = ({ account, policies }: InitView): readonly { table: string; value: string }[] =>
  account.kind === 'unseen'
    ? []
    : account.tagged
        .map(({ name, tags }) => ({ table: name, value: tags[policies.tag] ?? '' }))
        .filter(({ value }) => govern(policies, value).unknownNames.length > 0)
        .toSorted((a, b) => (a.table < b.table ? -1 : 1));

const accountSaid = (view: InitView): readonly Said[] => {
  const { account, answers, policies } = view;
  if (account.kind === 'unseen') {
    const why = asAdvice(account.why);
    return [{ ...why, say: `The tables of the account could not be looked at: ${why.say}` }];
  }
  const tagged = account.tagged.length;
  return [
    `Account ${account.accountId} has ${counted(account.tables.length, 'table')} in ${answers.region}; ${tagged} ${verb(tagged, 'carries', 'carry')} the tag ${policies.tag}.`,
    ...mistaggedIn(view).map(
      ({ table, value }) => `The tag of ${table} is ${quoted(value)}, which this file has no policy for.`,
    ),
  ];
};

/** The tables that a newcomer may tag: without the tag, and not a state table, which carries it. */
const untagged = ({ account }: InitView): readonly string[] => {
  if (account.kind === 'unseen') return [];
  const tagged = new Set(account.tagged.map(({ name }) => name));
  return account.tables.filter((table) => !tagged.has(table));
};

/** Builds the commands that put what each channel needs where its function reads it; none without channels. */
const secretCommands = ({ answers: { channels, region, slackParameter } }: InitView): readonly Command[] => {
  const names: InitView['answers']['channels'] = {
    ...(slackParameter !== 'none' && { slack: slackParameter }),
    ...channels,
  };
  return CHANNELS.flatMap(({ name, secretFile }) => {
    const parameter = names[name];
    return parameter === undefined
      ? []
      : [
          [
            ...['aws', 'ssm', 'put-parameter', '--region', region, '--type', 'SecureString'],
            ...['--name', parameter, '--value', `file://${secretFile}`],
          ],
        ];
  });
};

const usual = (option: string, value: string, byDefault: string): Command =>
  value === byDefault ? [] : [option, value];

/** Without a clone a deployment is packaged first. What was written is read where the program looks for it. */
const deployCommand = ({ instance, answers, policiesFile, parametersFile, isClone }: InitView): Command => {
  const deploy: Command = ['npm', 'run', 'deploy', '--', '--stage', instance, '--region', answers.region];
  if (isClone) return deploy;
  return [
    ...packagedCommand(deploy),
    ...usual('--policies', policiesFile, 'policies.yml'),
    ...usual('--parameters', parametersFile, 'parameters.yml'),
  ];
};

/** Builds the commands to go on with, in order: where secrets go, and the deployment. */
export const nextCommands = (view: InitView): readonly Command[] => [
  ...secretCommands(view),
  deployCommand(view),
];

const thenLines = (view: InitView, screen: Screen): readonly string[] => {
  const { account, answers, policies } = view;
  const [first] = untagged(view);
  const confirm =
    answers.alertEmail === 'none' ? '' : `confirm the mail that AWS sends to ${answers.alertEmail}, and `;
  if (account.kind === 'unseen') return paragraph(`Then ${confirm}tag a table.`, '', screen);
  const target = { accountId: account.accountId, region: answers.region };
  return [
    ...paragraph(
      `Then ${confirm}tag the tables to back up (without the tag: ${listed(untagged(view))}):`,
      '',
      screen,
    ),
    '',
    ...commandLines(
      tagTableCommand(
        first ?? 'TABLE',
        policies.tag,
        target,
        policies.policies.find(({ name }) => name === 'standard')?.name,
      ),
      '  ',
      screen,
    ),
  ];
};

/** Nothing keeps the Region: a stage may be deployed in several, and the environment says which one is meant. */
const regionLines = ({ answers: { region }, isTakenAnyway }: InitView, screen: Screen): readonly string[] =>
  isTakenAnyway
    ? []
    : adviceLines(
        advise(
          `The Region is kept nowhere: without --region ${region} other commands look elsewhere. For this shell:`,
          ['export', `AWS_REGION=${region}`],
        ),
        '',
        screen,
      );

/** A key that the stage has already was not typed, and no option of this session. */
const statusOf = ({ policyTag }: InitView): Command => [
  ...statusCommand(),
  ...(policyTag === undefined ? [] : ['--policy-tag', policyTag]),
];

/** What to type once it is deployed. */
const laterLines = (view: InitView, screen: Screen): readonly string[] => [
  '',
  ...adviceLines(advise('How it stands from then on:', statusOf(view)), '', screen),
  ...regionLines(view, screen),
];

/** A deployment from a clone reads files of one name each, wherever others were written. */
const elsewhereLines = ({ isClone, parametersFile, policiesFile }: InitView): readonly string[] =>
  [
    { given: policiesFile, read: 'policies.yml' },
    { given: parametersFile, read: 'parameters.yml' },
  ].flatMap(({ given, read }) =>
    isClone && given !== read && given !== `./${read}`
      ? [`npm run deploy reads ${read} of this folder, and not ${given}: put it there first.`]
      : [],
  );

const writtenLines = (view: InitView): readonly string[] => {
  const { answers, copies, instance, isKept, parametersFile, policies, policiesFile } = view;
  const policyCount = counted(policies.policies.length, 'policy', 'policies');
  const stage = `${parametersFile} (stage ${instance})`;
  return [
    isKept
      ? `Written: ${stage}. ${policiesFile} was there and is kept as it is (${policyCount}, by the tag ${policies.tag}).`
      : `Written: ${policiesFile} (${policyCount}, by the tag ${policies.tag}, in ${answers.timezone}) and ${stage}.`,
    ...copies.map(({ of, to }) => `What ${of} held before is in ${to}.`),
  ];
};

/** Formats what was written, what the account has, and the next command. */
export const initLines = (view: InitView, screen: Screen): readonly string[] => [
  ...writtenLines(view),
  ...accountSaid(view).flatMap((said) => adviceLines(asAdvice(said), '', screen)),
  '',
  screen.paint('strong', 'Next:'),
  '',
  ...elsewhereLines(view).flatMap((line) => [...paragraph(line, '', screen), '']),
  ...nextCommands(view).flatMap((command) => commandLines(command, '  ', screen)),
  '',
  ...thenLines(view, screen),
  ...laterLines(view, screen),
];
