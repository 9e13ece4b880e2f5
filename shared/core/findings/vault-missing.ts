import type { KnownPoint, VaultRecord } from '../../model/vault-record.ts';
import { missingVault } from '../preflight/vault-there.ts';
import { isMissingVault } from '../scene/missing-vaults.ts';
import { utcText } from '../text/time.ts';
import { counted, listed } from '../text/words.ts';
import type { CheckContext } from './context.ts';
import type { Finder, KindTraits } from './kind.ts';
import { findingOfTrouble } from './troubles-of.ts';

declare module '../../model/finding.ts' {
  interface FindingKinds {
    readonly 'vault-missing': true;
  }
}

/** A recovery point that was last seen in the vault, itself or as a copy. */
interface Lost {
  readonly table: string;
  readonly point: KnownPoint;
  /** Whether it is known to be in another vault as well. */
  readonly isElsewhere: boolean;
}

const placesOf = ({ copies = [], goneAt, vault }: KnownPoint): readonly string[] => [
  ...(goneAt === undefined ? [vault] : []),
  ...copies
    .filter(({ isEnded, state }) => isEnded !== true && state === 'completed')
    .map((copy) => copy.vault),
];

const lostWith = (arn: string, records: readonly VaultRecord[]): readonly Lost[] =>
  records.flatMap(({ points, recordedTable }) =>
    points.flatMap((point) => {
      const places = placesOf(point);
      const isElsewhere = places.some((place) => place !== arn);
      return places.includes(arn) ? [{ table: recordedTable, point, isElsewhere }] : [];
    }),
  );

const elsewhereText = (lost: readonly Lost[]): string => {
  const elsewhere = lost.filter(({ isElsewhere }) => isElsewhere).length;
  if (elsewhere === 0) return 'no other vault is known to have any of them';
  return elsewhere === lost.length
    ? 'all of them are in another vault'
    : `${elsewhere} of them are in another vault`;
};

/** Says what is lost with the vault, as the runs before remember it. */
const lossText = (lost: readonly Lost[]): string => {
  if (lost.length === 0) return '';
  const newest = Math.max(...lost.map(({ point }) => point.createdAt));
  const tables = [...new Set(lost.map(({ table }) => table))];
  return ` Last seen in it: ${counted(lost.length, 'recovery point')} of ${listed(tables)}, the newest of ${utcText(newest)}; ${elsewhereText(lost)}.`;
};

const find = ({ memory: { vaultRecords = [] }, now, observation, policies }: CheckContext) =>
  observation.gaps.filter(isMissingVault).map(({ vault = '' }) => {
    const { fact, ...trouble } = missingVault(vault, policies.policies, observation.target);
    const said = `${fact}${lossText(lostWith(vault, vaultRecords))}`;
    return findingOfTrouble({ ...trouble, kind: 'vault-missing' as const, fact: said }, now);
  });

/** What is known of it wherever it is open. */
export const vaultMissing: KindTraits<'vault-missing'> = {
  kind: 'vault-missing',
  title: 'backup vault not there',
  facets: ['vaults'],
};

/**
 * Finds backup vaults that a policy names or that are remembered and that are not there. SAFETY: only a whole list of vaults shows it; one that could not be
 * read is a gap.
 */
export const vaultMissingFinder: Finder<'vault-missing'> = {
  kind: 'vault-missing',
  findsFrom: ['vaults'],
  find,
};
