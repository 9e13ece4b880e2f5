/** A template of CloudFormation, as far as it is looked at here. */
export interface StackTemplate {
  readonly Metadata?: object;
  readonly Description: string;
  readonly Parameters: Readonly<Record<string, TemplateParameter>>;
  readonly Conditions: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs: Readonly<Record<string, object>>;
}

export interface TemplateParameter {
  readonly Type: string;
  readonly Default?: string | number;
  readonly Description: string;
  readonly AllowedPattern?: string;
  readonly AllowedValues?: readonly (string | number)[];
  readonly MaxLength?: number;
  readonly ConstraintDescription?: string;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** The parameters that CloudFormation cannot compute with: alarms follow from rates, and the key is in the policies of the functions. */
export const PACKAGED_NAMES = ['backupRate', 'pruneRate', 'auditRate', 'policyTag'] as const;
export type PackagedName = (typeof PACKAGED_NAMES)[number];

/** A value that is known only when a template is packaged. It stands where that value goes, as an object with this one key. */
export type Blank =
  | { readonly kind: 'value'; readonly of: PackagedName }
  /** How long the function of that rate may be silent, in seconds. */
  | { readonly kind: 'silence'; readonly of: PackagedName }
  /** Where the archive of a function lies. */
  | { readonly kind: 'code'; readonly of: string }
  /** What was given beside the parameters of the stack, as JSON. */
  | { readonly kind: 'given' };

export const BLANK = 'Tablekeeper::Blank';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Replaces every blank of a template by what stands for it. */
export const fillBlanks = (value: unknown, fill: (blank: Blank) => unknown): unknown => {
  if (Array.isArray(value)) return value.map((one) => fillBlanks(one, fill));
  if (!isObject(value)) return value;
  const blank = value[BLANK];
  if (blank !== undefined) return fill(blank as Blank);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fillBlanks(one, fill)]));
};

/** The template of a vault that is copied into, which is deployed in another account or Region by itself. */
export const DESTINATION_FILE = 'destination.json';
