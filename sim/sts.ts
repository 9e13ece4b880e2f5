import type { AccountWith, OperationOn, OperationsOn } from './call.ts';
import { serviceFailure } from './failure.ts';
import type { Random } from './random.ts';

/** The principals behind temporary access keys: access key id → ARN of the assumed role. */
export type Sessions = Map<string, string>;

export const createSessions = (): Sessions => new Map();

/** What its operations work on. */
interface State {
  readonly sessions: Sessions;
  readonly random: Random;
}

/** Names the principal of an access key: a role that was assumed, or else a user of that name. */
export const principalOf = (account: AccountWith<State>, accessKeyId: string): string =>
  account.state.sessions.get(accessKeyId) ?? `arn:aws:iam::${account.accountId}:user/${accessKeyId}`;

const getCallerIdentity: OperationOn<State> = ({ account, caller }) => ({
  UserId: caller.accessKeyId,
  Account: account.accountId,
  Arn: principalOf(account, caller.accessKeyId),
});

const ROLE_ARN = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/;
const MIN_SECONDS = 900;
const MAX_SECONDS = 43_200;

const invalid = (message: string): Error => serviceFailure('ValidationError', message);

const durationOf = (given: unknown): number => {
  const seconds = given === undefined ? 3600 : Number(given);
  if (seconds >= MIN_SECONDS && seconds <= MAX_SECONDS) return seconds;
  throw invalid(`The requested DurationSeconds must be between ${MIN_SECONDS} and ${MAX_SECONDS}`);
};

/** Any role may be assumed; whose keys they are, the account remembers. */
const assumeRole: OperationOn<State> = ({ account, now }, input) => {
  const found = ROLE_ARN.exec(String(input.RoleArn));
  if (!found) throw invalid(`${String(input.RoleArn)} is invalid`);
  const sessionName = String(input.RoleSessionName ?? '');
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) throw invalid(`RoleSessionName ${sessionName} is invalid`);
  const expiresAt = now + durationOf(input.DurationSeconds) * 1000;
  const { random, sessions } = account.state;
  const accessKeyId = `ASIA${random.hex(16).toUpperCase()}`;
  const arn = `arn:aws:sts::${found[1]}:assumed-role/${found[2]}/${sessionName}`;
  sessions.set(accessKeyId, arn);
  return {
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: random.hex(40),
      SessionToken: random.hex(64),
      Expiration: new Date(expiresAt).toISOString(),
    },
    AssumedRoleUser: { AssumedRoleId: `AROA${random.hex(16).toUpperCase()}:${sessionName}`, Arn: arn },
  };
};

export const STS_OPERATIONS: OperationsOn<State> = {
  AssumeRole: assumeRole,
  GetCallerIdentity: getCallerIdentity,
};
