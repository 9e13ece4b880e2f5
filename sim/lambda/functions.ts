export interface DeployedFunction {
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly changedAt: number;
}

/** Functions by name. They are there to be looked at, and do not run. */
export type Functions = Map<string, DeployedFunction>;

export const createFunctions = (): Functions => new Map();
