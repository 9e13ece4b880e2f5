import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { templateText } from '../shared/core/deployment/fill-template.ts';
import type { StackTemplate } from '../shared/core/deployment/general-template.ts';

const SOURCE = 'stack/destination.yml';

/** As Serverless writes the content of another file, or of one key in it. */
const FILE = /^\$\{file\(([^)]+)\)(?::(\w+))?\}$/;

const included = (root: string, value: unknown): unknown => {
  if (typeof value === 'string') {
    const [, file, key] = FILE.exec(value) ?? [];
    if (file === undefined) return value;
    const content = parse(readFileSync(join(root, file), 'utf8')) as Record<string, unknown>;
    return included(root, key === undefined ? content : content[key]);
  }
  if (Array.isArray(value)) return value.map((one) => included(root, one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, included(root, one)]));
};

/** Makes the template of a vault that recovery points are copied into, of the files below a root. It is the same for every deployment. */
export const destinationTemplate = (root: string): StackTemplate =>
  included(root, parse(readFileSync(join(root, SOURCE), 'utf8'))) as StackTemplate;

export const destinationText = (root: string): string => templateText(destinationTemplate(root));
