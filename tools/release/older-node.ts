// What the package's program uses that Node 20 and 22 lack. The project itself runs on the Node that it brings along.

/** @see https://tc39.es/ecma262/#sec-map.groupby (checked 2026-11-29) */
const groupBy = <Key, Value>(
  values: Iterable<Value>,
  keyOf: (value: Value, index: number) => Key,
): Map<Key, Value[]> => {
  const groups = new Map<Key, Value[]>();
  let index = 0;
  for (const value of values) {
    const key = keyOf(value, index);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
    index += 1;
  }
  return groups;
};

/** @see https://tc39.es/ecma262/#sec-object.groupby (checked 2026-11-29) */
const groupIntoObject = <Key extends PropertyKey, Value>(
  values: Iterable<Value>,
  keyOf: (value: Value, index: number) => Key,
): Partial<Record<Key, Value[]>> =>
  Object.assign(Object.create(null), Object.fromEntries(groupBy(values, keyOf)));

/** @see https://tc39.es/ecma262/#sec-promise.withResolvers (checked 2026-11-29) */
const withResolvers = <Value>() => {
  let resolve: (value: Value | PromiseLike<Value>) => void = () => undefined;
  let reject: (reason?: unknown) => void = () => undefined;
  const promise = new Promise<Value>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
};

const parseUrl = (text: string, base?: string): URL | null =>
  URL.canParse(text, base) ? new URL(text, base) : null;

Map.groupBy ??= groupBy;
Object.groupBy ??= groupIntoObject;
Promise.withResolvers ??= withResolvers;
URL.parse ??= parseUrl as typeof URL.parse;
