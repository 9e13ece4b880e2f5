import type { LeanProtocol } from './lean-protocol.ts';

/** Instants are seconds; no command that is sent here has one below its first level. */
const encode = (input: object): string => {
  const fields = Object.entries(input);
  return JSON.stringify(
    fields.some(([, value]) => value instanceof Date)
      ? Object.fromEntries(
          fields.map(([key, value]) => [key, value instanceof Date ? value.getTime() / 1000 : value]),
        )
      : input,
  );
};

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
