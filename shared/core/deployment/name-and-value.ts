/** Splits `NAME=VALUE` at its first `=`; all of it is the name where there is none. */
export const nameAndValue = (text: string): readonly [name: string, value: string] => {
  const at = text.indexOf('=');
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
};
