import { resolve } from 'node:path';
import { buildParts, generalTemplate } from './release/parts.ts';
import { scriptOptions } from './script-options.ts';

// What `tablekeeper package` puts deployments together from, of this clone as it is now.
const { values } = scriptOptions(
  'node tools/release-parts.ts --out FOLDER: builds the functions and the template of any deployment',
  { out: { type: 'string', default: 'release/parts', value: 'FOLDER', says: 'where to' } },
);

await buildParts(resolve(values.out), generalTemplate(process.env));
