import type { RecoveryPoint } from '../../model/recovery-point.ts';
import { utcText } from '../text/time.ts';

/** Says when AWS Backup deletes the last of some recovery points, where it deletes them all by itself; an empty text otherwise. */
export const endingText = (points: readonly Pick<RecoveryPoint, 'deletesAt'>[]): string => {
  const ends = points.flatMap(({ deletesAt }) => deletesAt ?? []);
  return ends.length === 0 || ends.length < points.length
    ? ''
    : ` AWS Backup deletes the last of them by itself on ${utcText(Math.max(...ends))}.`;
};
