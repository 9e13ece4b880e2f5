import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { loadPolicies } from '../shared/core/policy/load.ts';
import { POLICIES_FILE, policiesFileText } from '../shared/core/policy/policies-file.ts';
import type { Bundles } from './bundles.ts';
import { FAR_VAULT, VAULT } from './stack.ts';

/** A zone whose clocks change within the 45 days. */
const TIMEZONE = 'Europe/Berlin';

/** The policies as they are deployed, and as someone edits them one morning. */
export type PolicyVersion = 'careful' | 'careless';

/** What the company adds: some tables are also kept in a vault, with copies elsewhere, and drills prove that they come back. */
const OFFSITE = {
  engine: 'aws-backup',
  schedule: '30 3 * * 1',
  vault: VAULT,
  retention: { weekly: 4, monthly: 3 },
  copyTo: [
    {
      vault: `arn:aws:backup:${FAR_VAULT.region}:111122223333:backup-vault:${FAR_VAULT.name}`,
      retention: { monthly: 3 },
    },
  ],
  rto: '4h',
  drill: { every: '30d', sample: 20 },
};

/** Returns the project's policy file as a company in Berlin has it and, for one day, with the mistake that keeps two of everything. */
export const policiesText = (text: string, version: PolicyVersion): string => {
  const document = parseDocument(text);
  document.set('timezone', TIMEZONE);
  document.setIn(['policies', 'offsite'], OFFSITE);
  if (version === 'careless') document.setIn(['policies', 'standard', 'retention'], { last: 2 });
  return document.toString();
};

/** Puts policies beside the functions, for the environments that start from now on. Bundles serve any policies. */
export const layBeside = async ({ folder, acting }: Bundles, text: string): Promise<void> => {
  const compiled = policiesFileText(loadPolicies(text, 'policies.yml'));
  await Promise.all(acting.map((name) => writeFile(join(folder, name, POLICIES_FILE), compiled)));
};
