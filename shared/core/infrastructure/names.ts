/** Words of a table's or an index's name, which may hold letters, digits, `.`, `-` and `_`. */
const wordsOf = (name: string): readonly string[] =>
  name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');

/** Joins a name to one word that a logical id may be part of: `orders-restored` becomes `OrdersRestored`. */
export const pascal = (name: string): string =>
  wordsOf(name)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** The longest logical id is 255 characters; the rest is left to suffixes. */
const LONGEST_STEM = 200;

/** Makes a logical id that is not taken, and takes it. */
export const logicalId = (stem: string, suffix: string, taken: Set<string>): string => {
  const wanted = stem.slice(0, LONGEST_STEM) + suffix;
  let id = wanted;
  for (let count = 2; taken.has(id); count += 1) id = `${wanted}${count}`;
  taken.add(id);
  return id;
};

/** Makes a label of Terraform that is not taken, and takes it: `orders-restored` becomes `orders_restored`. */
export const label = (name: string, taken: Set<string>): string => {
  const stem = wordsOf(name).join('_').toLowerCase();
  const wanted = /^[a-z]/.test(stem) ? stem : `table_${stem}`;
  let chosen = wanted;
  for (let count = 2; taken.has(chosen); count += 1) chosen = `${wanted}_${count}`;
  taken.add(chosen);
  return chosen;
};
