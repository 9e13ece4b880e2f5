import { policiesJsonSchema } from './schema.ts';

/** Returns the text of `policies.schema.json`, made from the schema that checks policy files. */
export const policiesSchemaText = (): string => `${JSON.stringify(policiesJsonSchema(), undefined, 2)}\n`;
