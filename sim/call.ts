export type ServiceName =
  | 'backup'
  | 'cloudtrail'
  | 'dynamodb'
  | 'lambda'
  | 'organizations'
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

/** A request as it came: header names in lower case. */
export interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly via: Caller['via'];
}

/** The response to it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One request, decoded. */
export interface Call {
  readonly service: ServiceName;
  readonly operation: string;
  readonly input: Input;
  readonly caller: Caller;
}

export const CONSOLE: Caller = { accessKeyId: 'console', userAgent: 'console', via: 'console' };
