import type { Input } from '../call.ts';

/** One event source mapping. The definition is as it was given: members of the wire's names. */
export interface Mapping {
  readonly uuid: string;
  readonly functionName: string;
  /** Absent for sources that are named otherwise, such as one's own Kafka. */
  readonly sourceArn: string | undefined;
  definition: Input;
  enabled: boolean;
  /** What is under way, until that instant. */
  underWay: {
    readonly state: 'Creating' | 'Deleting' | 'Disabling' | 'Enabling' | 'Updating';
    readonly until: number;
  };
  changedAt: number;
  tags: Readonly<Record<string, string>>;
  /** What was delivered last. */
  lastResult: string;
}

/** Event source mappings by UUID. They deliver nothing. */
export type Mappings = Map<string, Mapping>;

export const createMappings = (): Mappings => new Map();

export const stateOf = (mapping: Mapping, now: number): string => {
  if (now < mapping.underWay.until) return mapping.underWay.state;
  return mapping.enabled ? 'Enabled' : 'Disabled';
};
