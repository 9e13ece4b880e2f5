import type { Resource, Template } from './template.ts';

/** Where a template is deployed, and with which parameters; those not given have their defaults. */
export interface Deployed {
  readonly accountId: string;
  readonly region: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

type Fields = Readonly<Record<string, unknown>>;

interface Scope {
  readonly template: Template;
  readonly deployed: Deployed;
}

/** Stands for `AWS::NoValue`: what holds it goes. */
const NOTHING = Symbol('nothing');

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const pseudo = (name: string, { accountId, region }: Deployed): unknown =>
  ({
    'AWS::AccountId': accountId,
    'AWS::Region': region,
    'AWS::Partition': 'aws',
    'AWS::NoValue': NOTHING,
  })[name];

const ARNS: Readonly<Record<string, (name: string) => string>> = {
  'AWS::Lambda::Function': (name) => `lambda:<at>:function:${name}`,
  'AWS::SQS::Queue': (name) => `sqs:<at>:${name}`,
  'AWS::SNS::Topic': (name) => `sns:<at>:${name}`,
  'AWS::DynamoDB::Table': (name) => `dynamodb:<at>:table/${name}`,
  'AWS::Logs::LogGroup': (name) => `logs:<at>:log-group:${name}:*`,
  'AWS::Events::Rule': (name) => `events:<at>:rule/${name}`,
  'AWS::IAM::Role': (name) => `iam::<account>:role/${name}`,
  'AWS::S3::Bucket': (name) => `s3:::${name}`,
  'AWS::KMS::Key': (name) => `kms:<at>:key/${name}`,
};
const NAMES = ['FunctionName', 'QueueName', 'TopicName', 'TableName', 'LogGroupName', 'Name', 'RoleName'];

const resourceOf = ({ template }: Scope, id: string): Resource => {
  const resource = template.Resources[id];
  if (resource === undefined) throw new Error(`the template has no ${id}`);
  return resource;
};

const nameOf = (scope: Scope, id: string): string => {
  const { Properties } = resourceOf(scope, id);
  const name = NAMES.map((key) => Properties[key]).find((value) => value !== undefined);
  // CloudFormation makes up a name where none is given: a role's begins with its id.
  return name === undefined ? id : String(resolve(scope, name));
};

const arnOf = (scope: Scope, id: string): string => {
  const arn = ARNS[resourceOf(scope, id).Type]?.(nameOf(scope, id));
  if (arn === undefined) throw new Error(`what the ARN of ${id} looks like is not known here`);
  const { region, accountId } = scope.deployed;
  return `arn:aws:${arn.replace('<at>', `${region}:${accountId}`).replace('<account>', accountId)}`;
};

const referenceOf = (scope: Scope, name: string): unknown => {
  const { template, deployed } = scope;
  const parameter = template.Parameters[name] as { readonly Default?: unknown } | undefined;
  if (parameter !== undefined) return deployed.parameters?.[name] ?? parameter.Default;
  const known = pseudo(name, deployed);
  if (known !== undefined) return known;
  return resourceOf(scope, name).Type === 'AWS::SNS::Topic' ? arnOf(scope, name) : nameOf(scope, name);
};

const attributeOf = (scope: Scope, id: string, attribute: string): string =>
  attribute === 'Arn' ? arnOf(scope, id) : nameOf(scope, id);

const substituted = (scope: Scope, text: string): string =>
  text.replaceAll(/\$\{([\w:]+)(?:\.(\w+))?\}/g, (_, name: string, attribute?: string) =>
    String(attribute === undefined ? referenceOf(scope, name) : attributeOf(scope, name, attribute)),
  );

const isTrue = (scope: Scope, condition: unknown): boolean => {
  if (!isFields(condition)) throw new Error(`no condition: ${JSON.stringify(condition)}`);
  const [[kind, operands] = []] = Object.entries(condition);
  if (kind === 'Condition') return isHeld(scope, String(operands));
  const [first, second] = operands as readonly unknown[];
  if (kind === 'Fn::Not') return !isTrue(scope, first);
  if (kind === 'Fn::And') return (operands as readonly unknown[]).every((one) => isTrue(scope, one));
  if (kind === 'Fn::Or') return (operands as readonly unknown[]).some((one) => isTrue(scope, one));
  if (kind === 'Fn::Equals') return resolve(scope, first) === resolve(scope, second);
  throw new Error(`this condition is not known here: ${kind}`);
};

const isHeld = (scope: Scope, name: string): boolean => isTrue(scope, scope.template.Conditions[name]);

const INTRINSIC: Readonly<Record<string, (scope: Scope, operand: unknown) => unknown>> = {
  Ref: (scope, name) => referenceOf(scope, String(name)),
  'Fn::GetAtt': (scope, path) => {
    const [id = '', attribute = ''] = Array.isArray(path) ? path.map(String) : String(path).split('.');
    return attributeOf(scope, id, attribute);
  },
  'Fn::Split': (scope, operands) => {
    const [by, text] = operands as readonly unknown[];
    return String(resolve(scope, text)).split(String(by));
  },
  'Fn::Sub': (scope, text) => substituted(scope, String(text)),
  'Fn::If': (scope, operands) => {
    const [condition, whenTrue, whenFalse] = operands as readonly unknown[];
    return resolve(scope, isHeld(scope, String(condition)) ? whenTrue : whenFalse);
  },
};

const resolve = (scope: Scope, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((one) => resolve(scope, one)).filter((one) => one !== NOTHING);
  if (!isFields(value)) return value;
  const [[key = '', operand] = [], ...others] = Object.entries(value);
  const intrinsic = others.length === 0 ? INTRINSIC[key] : undefined;
  if (intrinsic !== undefined) return intrinsic(scope, operand);
  const fields = Object.entries(value).map(([name, one]) => [name, resolve(scope, one)] as const);
  return Object.fromEntries(fields.filter(([, one]) => one !== NOTHING));
};

/** Returns the resources that CloudFormation would create from a packaged template, every reference resolved. */
export const resolvedResources = (
  template: Template,
  deployed: Deployed,
): Readonly<Record<string, Resource>> => {
  const scope = { template, deployed };
  const made = Object.entries(template.Resources).filter(
    ([, { Condition }]) => Condition === undefined || isHeld(scope, Condition),
  );
  return Object.fromEntries(
    made.map(([id, resource]) => [
      id,
      { ...resource, Properties: resolve(scope, resource.Properties ?? {}) as Fields },
    ]),
  );
};
