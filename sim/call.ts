export type ServiceName =
  | 'autoscaling'
  | 'backup'
  | 'cloudtrail'
  | 'cloudwatch'
  | 'dynamodb'
  | 'iam'
  | 'kms'
  | 'lambda'
  | 'organizations'
  | 'pipes'
  | 's3'
  | 'sns'
  | 'ssm'
  | 'sts'
  | 'tagging';

/** Who sent a call, as far as the request says. */
export interface Caller {
  readonly accessKeyId: string;
  readonly userAgent: string;
  /** `http` when a socket carried it, `memory` in process, `console` for a person at work. */
  readonly via: 'console' | 'http' | 'memory';
}

export type Input = Readonly<Record<string, unknown>>;

/** What stands behind the question mark of a request's path. A name that is there more than once has a list. */
export type Query = Readonly<Record<string, string | readonly string[]>>;

/** A request as it came: header names in lower case. */
export interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body where it is not text. */
  readonly bytes?: Uint8Array;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query?: Query;
  readonly via: Caller['via'];
}

/** The response to it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** One request, decoded. */
export interface Call {
  readonly service: ServiceName;
  readonly operation: string;
  readonly input: Input;
  readonly caller: Caller;
}

export const CONSOLE: Caller = { accessKeyId: 'console', userAgent: 'console', via: 'console' };

/** An account as the operations of one service see it: where it is, and the part of its state that they work on. */
export interface AccountWith<State> {
  readonly accountId: string;
  readonly region: string;
  readonly clock: { now(): number };
  readonly state: State;
}

export interface ContextOn<State> {
  readonly account: AccountWith<State>;
  readonly caller: Caller;
  readonly now: number;
}

/** One operation of a service: the output, or a thrown service failure. */
export type OperationOn<State> = (context: ContextOn<State>, input: Input) => object | Promise<object>;

export type OperationsOn<State> = Readonly<Record<string, OperationOn<State>>>;
