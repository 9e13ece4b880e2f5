import type { Finding } from '../shared/model/finding.ts';
import { type ExitCode, FINDINGS, FINE } from './exit-codes.ts';

/** Given findings, returns the exit code they ask for. At the edge what is only for information asks for nothing. */
export const findingsCode = (findings: readonly Finding[]): ExitCode =>
  findings.some(({ severity }) => severity !== 'info') ? FINDINGS : FINE;
