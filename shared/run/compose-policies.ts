import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { missingPoliciesFile, POLICIES_FILE, parsePoliciesFile } from '../core/policy/policies-file.ts';
import type { Policies } from '../model/policy.ts';

const textOf = (file: URL): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw missingPoliciesFile(basename(fileURLToPath(file)), error);
  }
};

/** Reads the policies that were packaged beside a module, named by its `import.meta.url`. Throws a `UserError` for a file that is missing or damaged. */
export const policiesBeside = (module: string): Policies =>
  parsePoliciesFile(textOf(new URL(POLICIES_FILE, module)), POLICIES_FILE);
