import { nameOf } from '../shared/core/deployment/parameters.ts';

/** What exists in an account under the name of a stack. */
export interface DeployedStack {
  readonly parameters: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  /** As it was deployed. */
  readonly template: unknown;
}

/** Where a stack says which parameters of the template itself a person gave. */
export const RECORD_OUTPUT = 'GivenParameters';

interface Template {
  readonly Resources?: Readonly<Record<string, { readonly Properties?: Readonly<Record<string, unknown>> }>>;
}

/** Where the template itself says what a parameter was, for stacks that have no record yet. */
const PLACES = {
  backupRate: ['BackupSchedule', 'ScheduleExpression'],
  pruneRate: ['PruneSchedule', 'ScheduleExpression'],
  auditRate: ['AuditSchedule', 'ScheduleExpression'],
  logRetentionDays: ['BackupLogGroup', 'RetentionInDays'],
} as const;

/** The parameters that are no parameters of the stack. */
export const WRITTEN_NAMES: readonly string[] = [...Object.keys(PLACES), 'stackTags', 'policyTag'];

type Values = ReadonlyMap<string, string>;

/** What differs from the defaults was given. */
const fromTemplate = (template: unknown, defaults: Readonly<Record<string, unknown>>): Values => {
  const { Resources = {} } = (template ?? {}) as Template;
  const found = Object.entries(PLACES).flatMap(([name, [id, property]]) => {
    const value = Resources[id]?.Properties?.[property];
    const isGiven = value !== undefined && String(value) !== String(defaults[name]);
    return isGiven ? [[name, String(value)] as const] : [];
  });
  return new Map(found);
};

const fromRecord = (record: string): Values =>
  new Map(Object.entries(JSON.parse(record) as Readonly<Record<string, string>>));

/**
 * Returns what a deployment keeps of the one before it: what a person gave then, by the names of parameters. What was a default is left to
 * the defaults of today.
 */
export const keptOf = (stack: DeployedStack, defaults: Readonly<Record<string, unknown>>): Values => {
  const record = stack.outputs[RECORD_OUTPUT];
  const written = record === undefined ? fromTemplate(stack.template, defaults) : fromRecord(record);
  const parameters = Object.entries(stack.parameters).map(([key, value]) => [nameOf(key), value] as const);
  const given = parameters.filter(([name, value]) => value !== '' && value !== String(defaults[name]));
  return new Map([...written, ...given]);
};
