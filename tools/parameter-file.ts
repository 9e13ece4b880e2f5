import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  PARAMETER_FILE,
  parseStages,
  type StageParameters,
} from '../shared/core/deployment/parameter-file.ts';

/** Reads the file of a folder; empty where there is none. Throws a `UserError` for a file that says anything but parameters. */
export const readParameterFile = (folder: string): StageParameters => {
  try {
    return parseStages(readFileSync(join(folder, PARAMETER_FILE), 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map();
    throw error;
  }
};
