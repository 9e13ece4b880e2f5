import { DAY_MS, type Instant, MINUTE_MS } from '../shared/model/instant.ts';
import type { FunctionSpec } from './stack.ts';

/** One moment at which EventBridge calls a function. */
export interface Tick {
  readonly at: Instant;
  readonly spec: FunctionSpec;
}

type Test = (value: number) => boolean;

const numbersIn = (text: string, expression: string): readonly number[] => {
  const numbers = text.split('-').map(Number);
  if (text === '' || numbers.length > 2 || numbers.some((one) => !Number.isInteger(one)))
    throw new Error(`this part of ${expression} is not understood here: ${JSON.stringify(text)}`);
  return numbers;
};

const partTest = (part: string, expression: string): Test => {
  const [range = '', step] = part.split('/');
  const every = step === undefined ? 1 : Number(step);
  if (!(Number.isInteger(every) && every > 0)) throw new Error(`no such step in ${expression}: ${part}`);
  const [first = 0, given] = range === '*' || range === '?' ? [0, Infinity] : numbersIn(range, expression);
  const last = given ?? (step === undefined ? first : Infinity);
  return (value) => value >= first && value <= last && (value - first) % every === 0;
};

const fieldTest = (field: string, expression: string): Test => {
  const tests = field.split(',').map((part) => partTest(part, expression));
  return (value) => tests.some((test) => test(value));
};

const partsOf = (at: Instant): readonly number[] => {
  const date = new Date(at);
  const [month, weekday] = [date.getUTCMonth() + 1, date.getUTCDay() + 1];
  return [date.getUTCMinutes(), date.getUTCHours(), date.getUTCDate(), month, weekday, date.getUTCFullYear()];
};

/**
 * Creates a predicate for an EventBridge expression such as `cron(2/30 * * * ? *)`: whether it fires in the minute that starts at an instant. Six
 * fields in UTC: minute, hour, day, month, weekday from Sunday = 1, year. Throws for names of days and months, `L`, `W` and `#`.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html (checked 2026-11-22)
 */
export const firesAt = (expression: string): ((at: Instant) => boolean) => {
  const fields = /^cron\((\S+(?: \S+){5})\)$/.exec(expression)?.[1]?.split(' ');
  if (fields === undefined) throw new Error(`this is no cron expression of EventBridge: ${expression}`);
  const tests = fields.map((field) => fieldTest(field, expression));
  return (at) => {
    const parts = partsOf(at);
    return tests.every((test, index) => test(parts[index] ?? 0));
  };
};

/** Lists every call that the functions' schedules ask for on a day, in order. */
export const ticksOfDay = (specs: readonly FunctionSpec[], day: Instant): readonly Tick[] => {
  const minutes = Array.from({ length: DAY_MS / MINUTE_MS }, (_, minute) => day + minute * MINUTE_MS);
  return specs
    .flatMap((spec) => spec.schedules.map((expression) => ({ spec, fires: firesAt(expression) })))
    .flatMap(({ spec, fires }) => minutes.filter(fires).map((at) => ({ at, spec })))
    .toSorted((a, b) => a.at - b.at);
};
