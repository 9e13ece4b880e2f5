import { invalidParameter } from './topic-operations.ts';

/** What each protocol is sent; `default` is for those without a text of their own. */
export type Texts = Readonly<Record<string, string>> & { readonly default: string };

const readObject = (message: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(message);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw invalidParameter('Message Structure - JSON message body failed to parse');
};

/** Given a message and how it is structured, returns the texts by protocol. Values that are no strings are ignored, as SNS does. */
export const textsOf = (message: string, structure: unknown): Texts => {
  if (structure === undefined) return { default: message };
  if (structure !== 'json') throw invalidParameter('MessageStructure');
  const values = readObject(message);
  const texts = Object.entries(values).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const { default: fallback, ...rest } = Object.fromEntries(texts);
  if (fallback === undefined)
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  return { ...rest, default: fallback };
};

export const textFor = (texts: Texts, protocol: string): string => texts[protocol] ?? texts.default;
