import { UserError } from '../../model/errors.ts';
import { parseMadeVault } from '../../model/made-vault.ts';
import type { MadeVault } from '../../model/vault-facts.ts';

/** What a deployment passes to its functions. */
export interface Environment {
  readonly instance: string;
  readonly stateTable: string;
  readonly topicArn: string;
  readonly accountId: string;
  readonly region: string;
  /** The SSM parameter that holds the heartbeat's address; absent where the variable is not set or empty. */
  readonly heartbeatParameter?: string;
  /** The role that jobs of AWS Backup have; absent where the variable is not set or empty. */
  readonly vaultRoleArn?: string;
  /** What the deployment made of a vault; absent where the variable is not set: an older deployment, or none. */
  readonly madeVault?: MadeVault | 'none';
  /** The role that jobs of drills have; absent where the variable is not set or empty. */
  readonly drillVaultRoleArn?: string;
  /** The bucket that drills export to; absent where the variable is not set or empty. */
  readonly drillBucket?: string;
  /** The bucket that the page of all tables is written to; absent where the variable is not set or empty. */
  readonly reportBucket?: string;
  /** Whether a dashboard shows what audits measure. */
  readonly hasDashboard?: true;
  /** Another address than AWS's own for what is put into buckets, where functions run beside a simulated account. */
  readonly s3Endpoint?: string;
  /** Where people find what each finding means; absent where the variable is not set or empty. */
  readonly findingsPage?: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

const read = (variables: Variables, name: string): string => {
  const value = variables[name];
  if (value !== undefined && value !== '') return value;
  const fix =
    'serverless.yml sets it on every function; deploy again, or set it by hand where you run this yourself.';
  throw new UserError({
    code: 'missing-variable',
    what: `The environment variable ${name} is not set.`,
    fix,
  });
};

/** Clients of the SDK read theirs themselves, each the one of its service. */
const s3EndpointIn = ({
  AWS_ENDPOINT_URL: general,
  AWS_ENDPOINT_URL_S3: s3Endpoint = general,
}: Variables): Pick<Environment, 's3Endpoint'> => (s3Endpoint ? { s3Endpoint } : {});

const madeVaultIn = (variables: Variables): Pick<Environment, 'madeVault'> => {
  const madeVault = parseMadeVault(variables.TABLEKEEPER_INSTANCE ?? '', variables.TABLEKEEPER_VAULT_MADE);
  return madeVault === undefined ? {} : { madeVault };
};

/** Reads the deployment's settings from environment variables. Throws a `UserError` that names the first one missing. */
export const readEnvironment = (variables: Variables = process.env): Environment => ({
  instance: read(variables, 'TABLEKEEPER_INSTANCE'),
  stateTable: read(variables, 'TABLEKEEPER_STATE_TABLE'),
  topicArn: read(variables, 'TABLEKEEPER_TOPIC_ARN'),
  accountId: read(variables, 'TABLEKEEPER_ACCOUNT_ID'),
  region: read(variables, 'AWS_REGION'),
  ...(variables.TABLEKEEPER_HEARTBEAT_PARAMETER && {
    heartbeatParameter: variables.TABLEKEEPER_HEARTBEAT_PARAMETER,
  }),
  ...(variables.TABLEKEEPER_VAULT_ROLE_ARN && { vaultRoleArn: variables.TABLEKEEPER_VAULT_ROLE_ARN }),
  ...madeVaultIn(variables),
  ...(variables.TABLEKEEPER_DRILL_VAULT_ROLE_ARN && {
    drillVaultRoleArn: variables.TABLEKEEPER_DRILL_VAULT_ROLE_ARN,
  }),
  ...(variables.TABLEKEEPER_DRILL_BUCKET && { drillBucket: variables.TABLEKEEPER_DRILL_BUCKET }),
  ...(variables.TABLEKEEPER_REPORT_BUCKET && { reportBucket: variables.TABLEKEEPER_REPORT_BUCKET }),
  ...(variables.TABLEKEEPER_DASHBOARD === 'on' && { hasDashboard: true as const }),
  ...s3EndpointIn(variables),
  ...(variables.TABLEKEEPER_FINDINGS_PAGE && { findingsPage: variables.TABLEKEEPER_FINDINGS_PAGE }),
});

/**
 * Reads the role's credentials, as Lambda hands them over. Throws a `UserError` without them. When their session ends is not said there.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html (checked 2026-11-22)
 */
export const readCredentials = (variables: Variables = process.env) => ({
  accessKeyId: read(variables, 'AWS_ACCESS_KEY_ID'),
  secretAccessKey: read(variables, 'AWS_SECRET_ACCESS_KEY'),
  ...(variables.AWS_SESSION_TOKEN && { sessionToken: variables.AWS_SESSION_TOKEN }),
});

/** What a deployment passes to a function that passes alerts on. */
export interface ChannelEnvironment {
  readonly instance: string;
  /** The SSM parameter that holds where to, and with which key; neither is ever in an environment variable. */
  readonly secretParameter: string;
  readonly region: string;
}

/** Reads what the function of a channel needs from environment variables; `variable` names its SSM parameter. Throws a `UserError` that names the first one missing. */
export const readChannelEnvironment = (
  variable: string,
  variables: Variables = process.env,
): ChannelEnvironment => ({
  instance: read(variables, 'TABLEKEEPER_INSTANCE'),
  secretParameter: read(variables, variable),
  region: read(variables, 'AWS_REGION'),
});

/**
 * Lambda sets these on every function, and refuses to let anybody set or unset them. Its runtime alone, which tests start, does not.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html (not verified)
 */
const isInLambda = ({ AWS_EXECUTION_ENV = '', LAMBDA_TASK_ROOT }: Variables): boolean =>
  AWS_EXECUTION_ENV.startsWith('AWS_Lambda_') || LAMBDA_TASK_ROOT === '/var/task';

/**
 * SAFETY: never true in Lambda, whatever the variable says there. Whether webhooks and heartbeats may have addresses on this machine, for tests and
 * demonstrations with servers of their own. `doctor` says what a deployed function would say.
 */
export const areLocalAddressesAllowed = (variables: Variables = process.env): boolean =>
  variables.TABLEKEEPER_LOCAL_ADDRESSES === 'allowed' && !isInLambda(variables);
