/** Returns an equal text that was seen before, if any, so that equal texts are stored once. */
export type Sharer = (text: string) => string;

/** Creates an empty sharer. It keeps every text that it has seen until it is released itself. */
export const createSharer = (): Sharer => {
  const seen = new Map<string, string>();
  return (text) => {
    const known = seen.get(text);
    if (known === undefined) seen.set(text, text);
    return known ?? text;
  };
};
