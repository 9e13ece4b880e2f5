import type { Tags } from '../dynamodb/table.ts';
import { serviceFailure } from '../failure.ts';

export interface TagFilter {
  readonly Key?: string;
  readonly Values?: readonly string[];
}

const MAX_FILTERS = 50;
const MAX_VALUES = 20;

export const invalidParameter = (message: string): Error =>
  serviceFailure('InvalidParameterException', message);

export const refuseTooManyFilters = (filters: readonly TagFilter[]): void => {
  if (filters.length > MAX_FILTERS) throw invalidParameter(`At most ${MAX_FILTERS} tag filters are allowed`);
  if (filters.some((filter) => (filter.Values?.length ?? 0) > MAX_VALUES)) {
    throw invalidParameter(`At most ${MAX_VALUES} values are allowed in a tag filter`);
  }
};

/** Every key must be there, with one of its values; a key without values with any. */
export const passesFilters = (tags: Tags, filters: readonly TagFilter[]): boolean =>
  filters.every(({ Key: key = '', Values: values = [] }) => {
    const value = tags[key];
    return value !== undefined && (values.length === 0 || values.includes(value));
  });

/** `dynamodb` and `dynamodb:table` are what this account has. Other services' types are right, and find nothing. */
export const wantsTables = (types: readonly string[]): boolean => {
  const wrong = types.find(
    (type) => !/^[a-z0-9-]+(:[a-zA-Z0-9-]+)?$/.test(type) || /^dynamodb:(?!table$)/.test(type),
  );
  if (wrong !== undefined) throw invalidParameter(`The resource type ${wrong} is not supported`);
  return types.length === 0 || types.some((type) => type === 'dynamodb' || type === 'dynamodb:table');
};
