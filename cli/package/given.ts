import { readFile } from 'node:fs/promises';
import type { StackTemplate } from '../../shared/core/deployment/general-template.ts';
import { checkedValues, type GivenValues } from '../../shared/core/deployment/package-parameters.ts';
import { parseStages, refuseInstanceIn } from '../../shared/core/deployment/parameter-file.ts';
import { parseGiven } from '../../shared/core/deployment/parameters.ts';
import { UserError } from '../../shared/model/errors.ts';
import type { Policies } from '../../shared/model/policy.ts';
import { instanceOf } from '../open.ts';
import { readPolicies } from '../policies.ts';
import type { GlobalOptions, Session } from '../session.ts';

/** What was typed beside the options of every command. */
export interface TypedParameters {
  readonly param?: readonly string[];
  /** A file with parameters by instance, as `init` writes it. */
  readonly parameters?: string;
}

/** Where `init` writes parameters. */
const USUAL_FILE = 'parameters.yml';

const isNotThere = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';

const unreadable = (file: string, cause: unknown): UserError =>
  new UserError(
    {
      code: 'parameters-file',
      what: 'the file with the parameters cannot be read.',
      where: { file },
      fix: 'Name another with --parameters FILE.',
    },
    { cause },
  );

/** The usual file need not be there; one that was named has to be. */
const textOf = async (file: string | undefined): Promise<string> => {
  try {
    return await readFile(file ?? USUAL_FILE, 'utf8');
  } catch (error) {
    if (file === undefined && isNotThere(error)) return '';
    throw unreadable(file ?? USUAL_FILE, error);
  }
};

/** What was typed stands in no file. */
const asTyped = <Value>(check: () => Value): Value => {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof UserError) || error.content.where?.file !== 'serverless.yml') throw error;
    const { where: _, ...content } = error.content;
    throw new UserError(content, { cause: error });
  }
};

/** What can be given as a parameter, and with an option of every command. */
const TWICE = { instance: '--instance', policyTag: '--policy-tag' } as const;

/** SAFETY: says which parameter contradicts an option: whichever won, the deployment would be another one than somebody meant. */
export const contradictionIn = (
  { param = [] }: TypedParameters,
  given: Partial<GlobalOptions>,
): string | undefined => {
  for (const name of ['instance', 'policyTag'] as const) {
    const typed = param.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
    const other = given[name];
    if (typed !== undefined && other !== undefined && typed !== other)
      return `'${TWICE[name]} ${other}' and '--param ${name}=${typed}' contradict each other. Give one of both.`;
  }
  return undefined;
};

/** Every package has a template of the same name: in one folder of a bucket, the second instance would replace that of the first. */
const prefixOf = (instance: string): string => `tablekeeper/${instance}/`;

const stageIn = (text: string, stage: string): GivenValues => {
  const stages = parseStages(text);
  refuseInstanceIn(stages);
  return stages.get(stage) ?? new Map();
};

/**
 * Reads what is given for the instance: what was typed, else what the file says, else the folder of the instance in a bucket. Nothing but the form of it is checked.
 * SAFETY: the instance chooses the stage and the folder, however it was typed: with those of another one it would alert other people, and replace their template.
 */
export const givenValues = async (
  session: Session,
  { param = [], parameters }: TypedParameters,
): Promise<GivenValues> => {
  const typed = asTyped(() => parseGiven(param));
  const instance = typed.get('instance') ?? instanceOf(session);
  const { policyTag } = session.options;
  const inFile = stageIn(await textOf(parameters), instance);
  return new Map([
    ['instance', instance],
    ['codePrefix', prefixOf(instance)],
    ...[...inFile].filter(([, value]) => value !== ''),
    ...(policyTag === undefined ? [] : [['policyTag', policyTag] as const]),
    ...typed,
  ]);
};

/** Returns what is meant. Throws a `UserError` for a name that does not exist, and for a value that cannot be. */
export const checkGiven = (given: GivenValues, template: StackTemplate, region?: string): GivenValues =>
  asTyped(() => checkedValues(given, template, region));

/** Reads the policies as they are deployed: by the key that is given in place of the file's. */
export const policiesOf = (session: Session, given: GivenValues): Promise<Policies> => {
  const { policyTag: _, ...options } = session.options;
  const key = given.get('policyTag') ?? 'none';
  return readPolicies(
    { ...session, options: key === 'none' ? options : { ...options, policyTag: key } },
    options.policies,
  );
};
