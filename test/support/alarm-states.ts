import { MINUTE_MS, SECOND_MS } from '../../shared/model/instant.ts';
import type { Alarm } from './alarm-watch.ts';

// CloudWatch's evaluation of a metric alarm, from AWS's documentation: sliding windows that are looked at every minute, datapoints to alarm,
// missing data, and actions that run when the state changes and at no other time.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html and alarm-evaluation-window.html (checked 2026-11-28)

/** One value that AWS measured, at an instant in milliseconds. */
export interface Datapoint {
  readonly at: number;
  readonly value: number;
}

/** A time in milliseconds, from inclusive and to exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type AlarmState = 'INSUFFICIENT_DATA' | 'OK' | 'ALARM';

/** A change of state that runs actions: one mail for each. */
export interface AlarmMail {
  readonly at: number;
  readonly state: AlarmState;
}

export interface EvaluationOptions {
  /** How many periods beyond its own CloudWatch looks back for values where some are missing. AWS does not say how many. */
  readonly extraPeriods: number;
}

const STATISTICS: Readonly<Record<string, (values: readonly number[]) => number>> = {
  Sum: (values) => values.reduce((sum, value) => sum + value, 0),
  Maximum: (values) => Math.max(...values),
  Minimum: (values) => Math.min(...values),
};

const statisticOf = (alarm: Alarm, values: readonly number[]): number | undefined => {
  const statistic = STATISTICS[alarm.Statistic];
  if (statistic === undefined) throw new Error(`this statistic is not known here: ${alarm.Statistic}`);
  return values.length === 0 ? undefined : statistic(values);
};

/** The newest period first; where nothing was measured in one, undefined. */
const periodsBefore = (alarm: Alarm, data: readonly Datapoint[], now: number, count: number) => {
  const length = alarm.Period * SECOND_MS;
  const values = Array.from({ length: count }, (): number[] => []);
  for (const { at, value } of data)
    if (at < now && at >= now - count * length) values[Math.ceil((now - at) / length) - 1]?.push(value);
  return values.map((one) => statisticOf(alarm, one));
};

const isBreaching = (alarm: Alarm, value: number): boolean =>
  alarm.ComparisonOperator === 'GreaterThanThreshold' ? value > alarm.Threshold : value < alarm.Threshold;

/** Values that are there replace missing ones where there are enough of them further back; the others count as the alarm says. */
const stateAt = (alarm: Alarm, data: readonly Datapoint[], now: number, extraPeriods: number): AlarmState => {
  const wanted = alarm.EvaluationPeriods;
  const found = periodsBefore(alarm, data, now, wanted + extraPeriods).filter((value) => value !== undefined);
  const breaching = found.slice(0, wanted).filter((value) => isBreaching(alarm, value)).length;
  const missing = Math.max(0, wanted - found.length);
  const filled = alarm.TreatMissingData === 'breaching' ? missing : 0;
  return breaching + filled >= (alarm.DatapointsToAlarm ?? wanted) ? 'ALARM' : 'OK';
};

const actionsOn = (alarm: Alarm, state: AlarmState): readonly string[] =>
  (state === 'ALARM' ? alarm.AlarmActions : alarm.OKActions) ?? [];

/** Returns the mails of an alarm that was already OK, over a span in which these values were measured. */
export const mailsOf = (
  alarm: Alarm,
  data: readonly Datapoint[],
  { from, to }: Span,
  { extraPeriods }: EvaluationOptions,
): readonly AlarmMail[] => {
  const mails: AlarmMail[] = [];
  let state: AlarmState = 'OK';
  for (let now = from; now < to; now += MINUTE_MS) {
    const next = stateAt(alarm, data, now, extraPeriods);
    if (next !== state) mails.push(...actionsOn(alarm, next).map(() => ({ at: now, state: next })));
    state = next;
  }
  return mails;
};
