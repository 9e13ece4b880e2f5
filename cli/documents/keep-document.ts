import { isoInstant } from '../../shared/model/instant.ts';
import type { KeptTable } from '../../shared/model/memory.ts';
import type { Deps } from '../../shared/run/deps.ts';
import type { KeptNow } from '../../shared/run/keep-deleted.ts';
import { headFields } from './fields.ts';

type Parts = Pick<Deps, 'clock' | 'instance' | 'target'>;

/** Without a policy file and before any run nothing says which policies end it. */
type Kept = Omit<KeptNow, 'endedBy'> & { readonly endedBy: KeptNow['endedBy'] | undefined };

/** Builds the document of what is left of a deleted table being kept, or not any more. */
export const keepDocument = (
  { table, isKept, isThere, unchecked, endedBy, endsInVaults, others }: Kept,
  { clock, instance, target }: Parts,
) => ({
  ...headFields('keep', instance, { target, plannedAt: clock.now() }),
  table,
  kept: isKept,
  endedBy,
  unchecked,
  tableIsThere: isThere,
  otherDeployments: others,
  endsInVaults: endsInVaults && {
    points: endsInVaults.points,
    firstAt: isoInstant(endsInVaults.firstAt),
    lastAt: isoInstant(endsInVaults.lastAt),
  },
});

/** Builds the document of all that is kept. */
export const keptListDocument = (kept: readonly KeptTable[], { clock, instance, target }: Parts) => ({
  ...headFields('keep', instance, { target, plannedAt: clock.now() }),
  keptTables: kept.map(({ keptAt, keptTable }) => ({ table: keptTable, keptAt: isoInstant(keptAt) })),
});
