// What JSON would make of a value on its way, without the text: copies, so that nothing is shared between the product and the account.

type Leaf = (value: unknown, key: string) => unknown;

const carried = (value: unknown, key: string, leaf: Leaf): unknown => {
  if (typeof value !== 'object' || value === null || value instanceof Date) return leaf(value, key);
  if (Array.isArray(value)) return value.map((each) => carried(each, key, leaf));
  if (value instanceof Map) return carried(Object.fromEntries(value), key, leaf);
  const fields: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const field = (value as Record<string, unknown>)[name];
    if (field !== undefined) fields[name] = carried(field, name, leaf);
  }
  return fields;
};

const asSeconds: Leaf = (value) => (value instanceof Date ? value.getTime() / 1000 : value);

/** Instants by their names: DynamoDB ends them in one way, AWS Backup in several. */
const INSTANT = /(?:DateTime|Date|^StartBy|^DeleteAt|^MoveToColdStorageAt)$/;

const asInstant: Leaf = (value, key) =>
  typeof value === 'number' && INSTANT.test(key) ? new Date(value * 1000) : value;

/** Converts a command's input to the form in which it arrives: instants are seconds. */
export const sentOver = (input: object): Readonly<Record<string, unknown>> =>
  carried(input, '', asSeconds) as Readonly<Record<string, unknown>>;

/** Converts an operation's output to the form in which the SDK returns it: instants are dates. */
export const receivedFrom = (output: object): unknown => carried(output, '', asInstant);
