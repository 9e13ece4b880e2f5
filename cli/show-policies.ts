// Writes the policies that a built function carries, as JSON, or null if it exports none: node cli/show-policies.ts MODULE
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const [module = ''] = process.argv.slice(2);
const { builtWith } = (await import(pathToFileURL(module).href)) as { readonly builtWith?: unknown };
process.stdout.write(`${JSON.stringify(builtWith ?? null)}\n`);
