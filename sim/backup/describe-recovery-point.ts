import type { Operation } from '../operation.ts';
import { existingPoint } from './find.ts';
import { pointShape } from './point-shape.ts';

export const describeRecoveryPoint: Operation = ({ account }, input) => {
  const point = existingPoint(account, input);
  return { ...pointShape(account, point), StorageClass: point.storage };
};
