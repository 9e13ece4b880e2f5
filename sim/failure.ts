/** An answer that is an error, as the service words it. Thrown by operations, turned into a response in `answer.ts`. */
export interface ServiceFailure extends Error {
  readonly serviceFailure: true;
  readonly code: string;
  readonly status: number;
  /** Further members of the answer's body. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** A connection that broke before the answer arrived. */
export interface ConnectionFailure extends Error {
  readonly connectionFailure: true;
}

export const serviceFailure = (
  code: string,
  message: string,
  status = 400,
  details: Readonly<Record<string, unknown>> = {},
): ServiceFailure =>
  Object.assign(new Error(message), { serviceFailure: true as const, code, status, details });

export const validationFailure = (message: string): ServiceFailure =>
  serviceFailure('ValidationException', message);

/** Named and coded as Node's sockets and the SDK's own handler do, so that the SDK's retry strategy classifies it as in production. */
export const connectionFailure = (kind: 'timeout' | 'reset'): ConnectionFailure => {
  const facts =
    kind === 'timeout'
      ? { name: 'TimeoutError', code: 'ETIMEDOUT' }
      : { name: 'Error', code: 'ECONNRESET', errno: -104, syscall: 'read' };
  const message = kind === 'timeout' ? 'Connection timed out.' : 'read ECONNRESET';
  return Object.assign(new Error(message), { connectionFailure: true as const, ...facts });
};

export const isServiceFailure = (error: unknown): error is ServiceFailure =>
  error instanceof Error && 'serviceFailure' in error;

export const isConnectionFailure = (error: unknown): error is ConnectionFailure =>
  error instanceof Error && 'connectionFailure' in error;

export const unknownOperation = (): ServiceFailure => serviceFailure('UnknownOperationException', '');
