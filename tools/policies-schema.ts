import { writeFileSync } from 'node:fs';
import { policiesSchemaText } from '../shared/core/policy/schema.ts';
import { scriptOptions } from './script-options.ts';

scriptOptions('npm run schema: writes policies.schema.json, which editors read', {});

// Writes policies.schema.json, which editors read: node tools/policies-schema.ts
writeFileSync(new URL('../policies.schema.json', import.meta.url), policiesSchemaText());
