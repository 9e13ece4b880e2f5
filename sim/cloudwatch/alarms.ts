/** One alarm. The definition is as it was put: members of the wire's names. */
export interface Alarm {
  readonly name: string;
  readonly kind: 'CompositeAlarm' | 'MetricAlarm';
  readonly definition: Readonly<Record<string, unknown>>;
  readonly changedAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** Alarms by name. No metric moves them. */
export type Alarms = Map<string, Alarm>;

export const createAlarms = (): Alarms => new Map();
