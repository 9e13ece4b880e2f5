import type { Finding } from '../shared/model/finding.ts';
import { type ExitCode, FINDINGS, FINE } from './exit-codes.ts';

/** Returns the exit code for findings. Those of severity information do not change it. */
export const findingsCode = (findings: readonly Finding[]): ExitCode =>
  findings.some(({ severity }) => severity !== 'info') ? FINDINGS : FINE;
