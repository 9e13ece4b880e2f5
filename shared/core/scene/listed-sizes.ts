import type { RecoveryPoint } from '../../model/recovery-point.ts';

/** Returns the size of a listed recovery point by its id, looked up only where anybody asks: most accounts have no copies that are only noted. */
export const listedSizes = (
  points: () => Iterable<Pick<RecoveryPoint, 'id' | 'sizeBytes'>>,
): ((id: string) => Pick<RecoveryPoint, 'sizeBytes'>) => {
  let sizes: ReadonlyMap<string, number | undefined> | undefined;
  return (id) => {
    sizes ??= new Map(Array.from(points(), (point) => [point.id, point.sizeBytes]));
    const sizeBytes = sizes.get(id);
    return sizeBytes === undefined ? {} : { sizeBytes };
  };
};
