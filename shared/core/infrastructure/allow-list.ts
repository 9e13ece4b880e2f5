import type { Json } from '../../model/table-settings.ts';

/** Which members a shape may have: a value, a shape, or a list of shapes. */
export interface AllowList {
  readonly [member: string]: true | AllowList | readonly [AllowList];
}

/** Checks for an object of JSON. */
export const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isOne = (rule: AllowList | readonly [AllowList]): rule is AllowList => !Array.isArray(rule);

const allowedValue = (value: Json, rule: AllowList[string]): Json | undefined => {
  if (rule === true) return value;
  if (isOne(rule)) return isObject(value) ? allowed(value, rule) : undefined;
  return Array.isArray(value) ? value.filter(isObject).map((entry) => allowed(entry, rule[0])) : undefined;
};

/** Takes the allowed members of what a service wrote, in the order of the list; null counts as absent. */
export const allowed = (
  content: { readonly [key: string]: Json },
  list: AllowList,
): { readonly [key: string]: Json } =>
  Object.fromEntries(
    Object.entries(list).flatMap(([member, rule]) => {
      const value = content[member];
      const taken = value === undefined || value === null ? undefined : allowedValue(value, rule);
      return taken === undefined ? [] : [[member, taken] as const];
    }),
  );
