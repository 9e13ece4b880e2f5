/** Returns the key of a tag as it is meant: letters of another width, capitals, spaces and what nobody sees make no other word of it. */
export const plainKey = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/[\p{C}\p{Z}]/gu, '')
    .toLowerCase();
