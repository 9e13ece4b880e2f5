import { type Blank, fillBlanks, type PackagedName, type StackTemplate } from './general-template.ts';
import { longestSilenceSeconds } from './longest-silence.ts';
import { nameOf } from './parameters.ts';

/** How often the functions look where nobody says it: as `params` of serverless.yml. */
export const DEFAULT_RATES = {
  backupRate: 'cron(2/30 * * * ? *)',
  pruneRate: 'cron(37 1/6 * * ? *)',
  auditRate: 'cron(50 4/6 * * ? *)',
} as const satisfies Partial<Record<PackagedName, string>>;

/** What one deployment makes of a template. */
export interface Filling {
  /** What was given, by the names that a person writes, checked. */
  readonly values: ReadonlyMap<string, string>;
  /** The key by which tables opt in. */
  readonly policyTag: string;
  /** The names of the archives, by function. */
  readonly archives: ReadonlyMap<string, string>;
  /** Which version and which policies it is. */
  readonly metadata: object;
}

const isRate = (name: PackagedName): name is keyof typeof DEFAULT_RATES => name in DEFAULT_RATES;

const packagedValue = ({ values, policyTag }: Filling, name: PackagedName): string =>
  isRate(name) ? values.get(name) || DEFAULT_RATES[name] : policyTag;

const codeOf = ({ archives }: Filling, name: string): object => {
  const archive = archives.get(name);
  if (archive === undefined) throw new Error(`there is no archive of ${name}`);
  return {
    S3Bucket: {
      'Fn::If': [
        'HasBucketPerRegion',
        { 'Fn::Sub': `\${CodeBucket}-\${AWS::Region}` },
        { Ref: 'CodeBucket' },
      ],
    },
    S3Key: { 'Fn::Sub': `\${CodePrefix}${archive}` },
  };
};

/** As a deployment by Serverless records it, which keeps what an earlier one was given. */
const recordOf = ({ values }: Filling, { Parameters }: StackTemplate): string => {
  const stackNames = Object.keys(Parameters).map(nameOf);
  const beside = [...values].filter(([name]) => !stackNames.includes(name));
  return JSON.stringify(Object.fromEntries(beside.toSorted(([a], [b]) => (a < b ? -1 : 1))));
};

const contentOf = (blank: Blank, filling: Filling, template: StackTemplate): unknown => {
  switch (blank.kind) {
    case 'value':
      return packagedValue(filling, blank.of);
    case 'silence':
      return longestSilenceSeconds(packagedValue(filling, blank.of));
    case 'code':
      return codeOf(filling, blank.of);
    case 'given':
      return recordOf(filling, template);
  }
};

/** What was given is the default of the stack's parameter, which a deployment may still give another value. */
const parametersOf = ({ Parameters }: StackTemplate, { values }: Filling): StackTemplate['Parameters'] =>
  Object.fromEntries(
    Object.entries(Parameters).map(([key, parameter]) => {
      const value = values.get(nameOf(key));
      const given = parameter.Type === 'Number' ? Number(value) : value;
      return [key, value === undefined ? parameter : { ...parameter, Default: given as string | number }];
    }),
  );

/** Makes the template of one deployment, which needs nothing but the bucket with the archives. */
export const fillTemplate = (template: StackTemplate, filling: Filling): StackTemplate => ({
  ...(fillBlanks(template, (blank) => contentOf(blank, filling, template)) as StackTemplate),
  Parameters: parametersOf(template, filling),
  Metadata: { Tablekeeper: filling.metadata },
});

/** Writes a template with one line for each parameter, resource and output, so that a change of one shows as one. */
export const templateText = (template: StackTemplate): string => {
  const sections = Object.entries(template).map(([name, section]) => {
    if (typeof section !== 'object') return `${JSON.stringify(name)}:${JSON.stringify(section)}`;
    const lines = Object.entries(section).map(([id, one]) => `${JSON.stringify(id)}:${JSON.stringify(one)}`);
    return `${JSON.stringify(name)}:{\n${lines.join(',\n')}\n}`;
  });
  return `{\n${sections.join(',\n')}\n}\n`;
};
