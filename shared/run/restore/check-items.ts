import { checkItems, itemKeyOf } from '../../core/restore/item-check.ts';
import { type Failure, ownFailure } from '../../model/failure.ts';
import type { Item, ItemCheck } from '../../model/restore.ts';
import type { KeyPart } from '../../model/table-settings.ts';
import type { Reading } from '../../ports/inventory.ts';
import type { RestoreDeps } from './deps.ts';

/** What is compared. */
export interface ItemQuestion {
  /** Absent where the table that was restored from does not stand: another one may have its name. */
  readonly source?: string | undefined;
  readonly target: string;
  readonly keys: readonly KeyPart[];
  readonly most: number;
  readonly ttlAttribute?: string;
  readonly sourceBytes?: number;
}

const failureIn = (reading: Reading<unknown>): readonly Failure[] =>
  reading.kind === 'unreadable' ? [reading.failure] : [];

type Pairs = readonly (readonly [Item, Item | undefined])[];

/** Looks up in the copy what the source holds now. A source that is gone is no failure. */
const comparePairs = async (
  { items, sourceItems }: RestoreDeps,
  { target, keys, most }: ItemQuestion,
  source: string,
): Promise<{ readonly pairs?: Pairs; readonly failures: readonly Failure[] }> => {
  const sample = await sourceItems.sample(source, most);
  if (sample.kind !== 'found') return { failures: failureIn(sample) };
  const found = await items.byKeys(
    target,
    sample.value.map((item) => itemKeyOf(item, keys)),
  );
  if (found.kind !== 'found') return { failures: failureIn(found) };
  return { pairs: sample.value.map((item, at) => [item, found.value[at]]), failures: [] };
};

const MISSING = ownFailure('not-there', 'the restored table is not there', { operation: 'Scan' });

/**
 * Reads a sample of the copy, and what the copy holds under keys of the source if that is still
 * there. What cannot be read is counted as a failure of the check, never as missing items.
 */
export const readItemCheck = async (deps: RestoreDeps, question: ItemQuestion): Promise<ItemCheck> => {
  const { target, source, sourceBytes, most, ttlAttribute } = question;
  const restored = await deps.items.sample(target, most);
  const compared =
    source === undefined || source === target ? { failures: [] } : await comparePairs(deps, question, source);
  return checkItems({
    restored: restored.kind === 'found' ? restored.value : [],
    ...compared,
    ...(ttlAttribute !== undefined && { ttlAttribute }),
    ...(sourceBytes !== undefined && { sourceBytes }),
    now: deps.clock.now(),
    failures: [...(restored.kind === 'missing' ? [MISSING] : failureIn(restored)), ...compared.failures],
  });
};
