import { validationFailure } from '../failure.ts';
import type { Definition } from './table.ts';

/** The attributes that the keys of the table and of its indexes are made of. */
export const keyAttributes = (definition: Definition): ReadonlySet<string | undefined> => {
  const { keySchema, globalSecondaryIndexes = [], localSecondaryIndexes = [] } = definition;
  const schemas = [...globalSecondaryIndexes, ...localSecondaryIndexes].map(
    ({ KeySchema = [] }) => KeySchema,
  );
  return new Set([...keySchema, ...schemas.flat()].map(({ AttributeName }) => AttributeName));
};

/** The definition without attributes that no key is made of. Refuses a key whose attribute is not defined. */
export const usedAttributes = (definition: Definition): Definition => {
  const keys = keyAttributes(definition);
  const defined = definition.attributeDefinitions.map(({ AttributeName }) => AttributeName);
  if ([...keys].some((name) => !defined.includes(name))) {
    throw validationFailure(
      `One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [${[...keys].join(', ')}], AttributeDefinitions: [${defined.join(', ')}]`,
    );
  }
  const used = definition.attributeDefinitions.filter(({ AttributeName }) => keys.has(AttributeName));
  return { ...definition, attributeDefinitions: used };
};

/** Refuses attributes that no key is made of. */
export const refuseUnused = (definition: Definition): void => {
  const keys = keyAttributes(definition);
  const defined = definition.attributeDefinitions.map(({ AttributeName }) => AttributeName);
  if (defined.every((name) => keys.has(name))) return;
  throw validationFailure(
    `One or more parameter values were invalid: Some AttributeDefinitions are not used. AttributeDefinitions: [${defined.join(', ')}], KeySchema: [${[...keys].join(', ')}]`,
  );
};
