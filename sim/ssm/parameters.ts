export type ParameterType = 'SecureString' | 'String' | 'StringList';

export interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly value: string;
  readonly version: number;
  readonly changedAt: number;
}

/** Parameters by name. */
export type Parameters = Map<string, Parameter>;

export const createParameters = (): Parameters => new Map();
