/** The principals behind temporary access keys: access key id → ARN of the assumed role. */
export type Sessions = Map<string, string>;

export const createSessions = (): Sessions => new Map();
