import type { LeanProtocol } from './lean-protocol.ts';

/** Instants are seconds. */
const encode = (input: object): string =>
  JSON.stringify(input, function replace(this: Record<string, unknown>, key: string, value: unknown) {
    const raw = this[key];
    return raw instanceof Date ? raw.getTime() / 1000 : value;
  });

/** Instants become dates, wherever they stand. */
const revive = (value: unknown): unknown => {
  if (Array.isArray(value)) for (const each of value) revive(each);
  else if (typeof value === 'object' && value !== null) {
    const fields = value as Record<string, unknown>;
    for (const key of Object.keys(fields)) {
      const field = fields[key];
      if (typeof field === 'number' && key.endsWith('DateTime')) fields[key] = new Date(field * 1000);
      else revive(field);
    }
  }
  return value;
};

/** Given the prefix that names the service, returns its JSON. */
export const leanJson = (prefix: string): LeanProtocol => ({
  encode: (operation, input) => ({
    headers: { 'x-amz-target': `${prefix}.${operation}` },
    body: encode(input),
  }),
  decode: (body) => revive(JSON.parse(body)),
  decodeFailure: (body) => {
    const { __type, message, Message, ...more } = JSON.parse(body) as Readonly<Record<string, unknown>>;
    return { name: String(__type).replace(/^.*#/, ''), message: String(message ?? Message), more };
  },
});
