/** Says of a value from outside what it is. Absent is `undefined`: JSON's `null` is a value like any other. */
export type Check<Value = unknown> = (value: unknown) => value is Value;

/** An object whose fields are not checked yet. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields: Check<Fields> = (value): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isText: Check<string> = (value): value is string => typeof value === 'string';

export const isNumber: Check<number> = (value): value is number => typeof value === 'number';

export const isFlag: Check<boolean> = (value): value is boolean => typeof value === 'boolean';

/** Takes exactly these values. */
export const oneOf =
  <const Value>(...values: readonly Value[]): Check<Value> =>
  (value): value is Value =>
    values.some((one) => one === value);

/** Takes what `check` takes, and a field that is not there. */
export const optional =
  <Value>(check: Check<Value>): Check<Value | undefined> =>
  (value): value is Value | undefined =>
    value === undefined || check(value);

/** Takes a list of which every entry is right, the empty one included. */
export const listOf =
  <Value>(check: Check<Value>): Check<readonly Value[]> =>
  (value): value is readonly Value[] =>
    Array.isArray(value) && value.every(check);

/** Takes what is right and passes `also`. */
export const narrowed =
  <Value>(check: Check<Value>, also: (value: Value) => boolean): Check<Value> =>
  (value): value is Value =>
    check(value) && also(value);

/** A check for every field that has to be there, and for as many others as are read. */
type Shape<Value> = {
  readonly [Field in keyof Value as undefined extends Value[Field] ? never : Field]: Check;
} & { readonly [Field in keyof Value]?: Check };

/**
 * Takes an object of which each named field is right. Fields that are not named are left alone and stay: another version may have written
 * them.
 */
export const shape = <Value extends object>(fields: Shape<Value>): Check<Value> => {
  const checks = Object.entries<Check>(fields as Readonly<Record<string, Check>>);
  return (value): value is Value => isFields(value) && checks.every(([name, check]) => check(value[name]));
};

/** Reads text as JSON; undefined for what is none, which JSON itself cannot say. */
export const parsedJson = (text: unknown): unknown => {
  try {
    return isText(text) ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
};
