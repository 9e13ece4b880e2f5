import type { Drill, DrillCheck } from '../../model/drill.ts';
import { failureText } from '../../model/failure.ts';
import { utcText } from '../text/time.ts';
import { quotedReason } from '../text/words.ts';

/** Words what a drill restored from: `the backup of 2026-11-23 03:01 UTC`. */
export const drillSourceText = ({ source }: Pick<Drill, 'source'>): string =>
  source.kind === 'point-in-time'
    ? `the second ${utcText(source.second)}`
    : `${source.vault === undefined ? 'the backup' : `the recovery point in the vault ${source.vault.name}`} of ${utcText(source.createdAt)}`;

const checkText = ({ name, verdict, expected, found, failure }: DrillCheck): string => {
  if (failure !== undefined) return `${name}: ${failureText(failure)}`;
  if (expected === undefined && found === undefined) return `${name} ${verdict}`;
  return `${name}: ${expected === undefined ? '' : `expected ${expected}, `}found ${found ?? 'nothing'}`;
};

/** Words why a drill failed: its checks that did not pass, or else what stood in its way. */
export const drillFailureText = ({ checks, failure }: Pick<Drill, 'checks' | 'failure'>): string => {
  const wrong = checks.filter(({ verdict }) => verdict === 'failed').map(checkText);
  if (wrong.length > 0) return wrong.join('; ');
  return failure === undefined ? 'what was restored could not be read' : quotedReason(failureText(failure));
};
