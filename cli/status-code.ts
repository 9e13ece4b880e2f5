import type { Status } from '../shared/run/status.ts';
import { type ExitCode, FINDINGS, findingsCode } from './answer.ts';
import { isSomebodyAlerted } from './view/status-text.ts';

/** Maps how a deployment stands to an exit code. */
export const statusCode = (status: Status): ExitCode => {
  const isBroken = status.tables.some(({ verdict }) => ['unprotected', 'at-risk'].includes(verdict.status));
  const isSilent = status.functions.some((one) => one.status === 'missing');
  if (isBroken || isSilent || isSomebodyAlerted(status) === false) return FINDINGS;
  return findingsCode(status.findings);
};
