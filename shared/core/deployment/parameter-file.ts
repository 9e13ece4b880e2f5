import { parse } from 'yaml';
import { messageOf, UserError } from '../../model/errors.ts';

/** Where `tablekeeper init` writes what a deployment is given. */
export const PARAMETER_FILE = 'parameters.yml';

/** The parameters of each stage, by the names of stages. */
export type StageParameters = ReadonlyMap<string, ReadonlyMap<string, string>>;

const broken = (why: string, cause?: unknown): UserError =>
  new UserError(
    {
      code: 'parameters-file',
      what: `this is no list of parameters by stage: ${why}.`,
      where: { file: PARAMETER_FILE },
      fix: 'Write the name of a stage, and below it NAME: VALUE, as `npx tablekeeper init` does.',
    },
    { cause },
  );

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const valuesIn = (stage: string, values: unknown): ReadonlyMap<string, string> => {
  if (values === null) return new Map();
  if (!isObject(values)) throw broken(`${JSON.stringify(stage)} has no parameters below it`);
  return new Map(
    Object.entries(values).map(([name, value]) => {
      if (isObject(value) || Array.isArray(value)) throw broken(`${name} of ${stage} is no single value`);
      return [name, value === null ? '' : String(value)];
    }),
  );
};

/** Reads what a text says of each stage. Throws a `UserError` where it says anything else. */
export const parseStages = (text: string): StageParameters => {
  const stages = (() => {
    try {
      return parse(text) as unknown;
    } catch (error) {
      throw broken(messageOf(error), error);
    }
  })();
  if (stages === null) return new Map();
  if (!isObject(stages)) throw broken('there is no stage in it');
  return new Map(Object.entries(stages).map(([stage, values]) => [stage, valuesIn(stage, values)]));
};

/** Refuses an instance below a stage: it says which deployment is meant, and so which stage. */
export const refuseInstanceIn = (stages: StageParameters): void => {
  if (![...stages.values()].some((values) => values.has('instance'))) return;
  throw new UserError({
    code: 'instance-in-file',
    what: 'instance cannot be given here: it says which deployment is meant.',
    where: { file: PARAMETER_FILE },
    fix: 'Give it every time: --stage NAME to npm run deploy, --instance NAME to npx tablekeeper package.',
  });
};
