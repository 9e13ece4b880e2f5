/** Returns an equal text that was seen before, where there is one, so that equal texts take room once. */
export type Sharer = (text: string) => string;

/** Given nothing, returns a sharer with nothing seen. At the edge it holds on to every text it has seen for as long as it lives. */
export const createSharer = (): Sharer => {
  const seen = new Map<string, string>();
  return (text) => {
    const known = seen.get(text);
    if (known === undefined) seen.set(text, text);
    return known ?? text;
  };
};
