import type { Withheld } from '../../model/picture.ts';

const TEXTS: Readonly<Record<Withheld, string>> = {
  deletion: 'the table is being deleted',
  key: 'the key that the table is encrypted with cannot be used',
};

/** Words why no second of a table can be restored. */
export const withheldText = (withheld: Withheld): string => TEXTS[withheld];
