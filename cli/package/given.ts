import { readFile } from 'node:fs/promises';
import type { StackTemplate } from '../../shared/core/deployment/general-template.ts';
import { checkedValues, type GivenValues } from '../../shared/core/deployment/package-parameters.ts';
import { parseStages } from '../../shared/core/deployment/parameter-file.ts';
import { parseGiven } from '../../shared/core/deployment/parameters.ts';
import { UserError } from '../../shared/model/errors.ts';
import type { Policies } from '../../shared/model/policy.ts';
import { instanceOf } from '../open.ts';
import { readPolicies } from '../policies.ts';
import type { Session } from '../session.ts';

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

/** Every package has a template of the same name: in one folder of a bucket, the second instance would replace that of the first. */
const prefixOf = (instance: string): string => `tablekeeper/${instance}/`;

/** Reads what is given for the instance: what was typed, else what the file says, else the folder of the instance in a bucket. Nothing but the form of it is checked. */
export const givenValues = async (
  session: Session,
  { param = [], parameters }: TypedParameters,
): Promise<GivenValues> => {
  const instance = instanceOf(session);
  const { policyTag } = session.options;
  const inFile = parseStages(await textOf(parameters)).get(instance) ?? new Map<string, string>();
  return new Map([
    ['codePrefix', prefixOf(instance)],
    ...[...inFile].filter(([, value]) => value !== ''),
    ['instance', instance],
    ...(policyTag === undefined ? [] : [['policyTag', policyTag] as const]),
    ...asTyped(() => parseGiven(param)),
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
