import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildFunctions } from '../../tools/build-functions.ts';
import type { Bundle } from '../../tools/bundle.ts';

let building: Promise<readonly Bundle[]> | undefined;

/** Where they lie. Whoever changes something in it puts it back, or copies the folder first. */
export const BUILT = mkdtempSync(join(tmpdir(), 'tablekeeper-built-'));
process.once('exit', () => rmSync(BUILT, { recursive: true, force: true }));

/** Builds every function with the policies of this project, once for all test files that one worker runs. */
export const builtOnce = (): Promise<readonly Bundle[]> => {
  building ??= buildFunctions({ policiesFile: 'policies.yml', outdir: BUILT });
  return building;
};
