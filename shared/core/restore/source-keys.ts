import { type Advice, advise, followedBy } from '../../model/advice.ts';
import { UserError } from '../../model/errors.ts';
import type { Failure } from '../../model/failure.ts';
import type { Instant } from '../../model/instant.ts';
import type { AskedKey, LockingKey, PointLock } from '../../model/key-facts.ts';
import type { Manifest, ManifestHead } from '../../model/manifest.ts';
import type { Withheld } from '../../model/picture.ts';
import type { RestoreSource } from '../../model/restore.ts';
import { lacksKey } from '../../model/table.ts';
import { isKeptByAwsBackup } from '../../model/vault-arn.ts';
import { cancelKeyDeletionCommand, describeKeyCommand, enableKeyCommand } from '../preflight/commands.ts';
import { keysNeededAt, type NeededKeys, spansOfHead, spansOfVersions } from '../scene/key-spans.ts';
import { lastKeyOf, lockingKeyOf } from '../scene/table-keys.ts';
import { restoreCommand } from '../text/commands.ts';
import { keyStateText } from '../text/key-state.ts';
import { utcText } from '../text/time.ts';
import type { NameView } from './choice.ts';
import { pointSource } from './choose-point.ts';
import type { Incarnation } from './incarnations.ts';
import type { PointOption } from './point-option.ts';
import { type FromVault, isFromVault } from './vault-terms.ts';

/** What is kept of the tables that had a name. */
export interface KeptOfName {
  readonly manifests: readonly Pick<Manifest, 'capturedAt' | 'settings' | 'tableId'>[];
  readonly heads: readonly ManifestHead[];
}

const isOfVaultKey = (source: RestoreSource): source is FromVault =>
  isFromVault(source) && isKeptByAwsBackup(source.id);

/** Whether a source may need a customer's key: that of its vault, or one that its table had, as far as is kept. */
export const mayNeedKey = ({ manifests }: Pick<KeptOfName, 'manifests'>, source: RestoreSource): boolean =>
  isOfVaultKey(source)
    ? source.vault.keyArn !== undefined
    : spansOfVersions(manifests.filter(({ tableId }) => tableId === source.tableId)).length > 0;

/**
 * Finds the keys that a source is read with. A backup needs the key that its table had when it was made; point-in-time recovery the one that the table has, which may
 * be another one since an audit has looked. What AWS Backup keeps itself is read with the key of its vault.
 */
export const keysOfSource = (source: RestoreSource, { heads, manifests }: KeptOfName): NeededKeys => {
  const head = heads.find(({ tableId }) => tableId === source.tableId);
  const spans =
    head?.keys === undefined
      ? spansOfVersions(manifests.filter(({ tableId }) => tableId === source.tableId))
      : spansOfHead(head);
  if (source.kind === 'recovery-point')
    return isOfVaultKey(source)
      ? { keys: [source.vault.keyArn ?? []].flat(), isSure: true }
      : keysNeededAt(spans, source.createdAt);
  return { keys: [lastKeyOf({ spans }) ?? []].flat(), isSure: false };
};

/** What a person should know of the keys of a source before they agree. */
export type KeyWarning =
  /** The key of the source has to stay enabled until the table is ACTIVE. */
  | { readonly kind: 'key-needed'; readonly keyArn: string }
  /** It most likely is the key of the source, and cannot be used. */
  | {
      readonly kind: 'key-locked';
      readonly keyArn: string;
      readonly state: LockingKey['state'];
      readonly deletesAt?: Instant;
    }
  /** How it stands could not be read. */
  | { readonly kind: 'key-unread'; readonly keyArn: string; readonly failure: Failure };

const warningOf = (asked: AskedKey): KeyWarning => {
  const { arn: keyArn, seen } = asked;
  if (seen.kind === 'unreadable') return { kind: 'key-unread', keyArn, failure: seen.failure };
  const locking = lockingKeyOf(asked);
  if (locking === undefined) return { kind: 'key-needed', keyArn };
  const { deletesAt, state } = locking;
  return { kind: 'key-locked', keyArn, state, ...(deletesAt !== undefined && { deletesAt }) };
};

/** Warns of the keys of a source, in their order. That of a vault stays with the vault: only what stands in the way of it is said. */
export const keyWarnings = (asked: readonly AskedKey[], source: RestoreSource): readonly KeyWarning[] =>
  asked.map(warningOf).filter(({ kind }) => kind !== 'key-needed' || !isOfVaultKey(source));

/** Says what to do about a key that cannot be used. */
export const wayOut = ({ arn, state }: Pick<LockingKey, 'arn' | 'state'>): Advice => {
  if (state === 'disabled') return advise('Enable it:', enableKeyCommand(arn));
  if (state === 'ending')
    return advise(
      'Take its deletion back and enable it:',
      cancelKeyDeletionCommand(arn),
      enableKeyCommand(arn),
    );
  return advise('See what KMS says of it:', describeKeyCommand(arn));
};

/** Refuses a source whose key surely cannot be used. Undefined where it can, or that is not known. */
export const refusedByKey = (
  source: RestoreSource,
  asked: readonly AskedKey[],
  { isSure }: Pick<NeededKeys, 'isSure'>,
): UserError | undefined => {
  const [key] = isSure ? asked.flatMap((one) => lockingKeyOf(one) ?? []) : [];
  if (key === undefined || source.kind !== 'recovery-point') return undefined;
  return new UserError({
    code: 'key-unusable',
    what: `The recovery point of ${source.table} of ${utcText(source.createdAt)} is encrypted with the key ${key.arn}, which ${keyStateText(key)}: it cannot be restored${key.state === 'gone' ? ' any more' : ''}.`,
    fix: followedBy(
      wayOut(key),
      advise(
        'Or restore from one that needs another key. All that is possible:',
        restoreCommand(source.table),
      ),
    ),
    facts: { id: source.id, keyArn: key.arn, state: key.state },
  });
};

const keysOfPointOption = (point: PointOption, incarnation: Incarnation, kept: KeptOfName): NeededKeys =>
  keysOfSource(pointSource(point, incarnation.table), kept);

const lastKeyNeeded = ({ arn = '', table, tableId, window }: Incarnation, kept: KeptOfName): NeededKeys =>
  window === undefined
    ? { keys: [], isSure: false }
    : keysOfSource({ kind: 'point-in-time', table, tableId, tableArn: arn, second: window.to }, kept);

/** Lists the keys that anything needs which a name has, sorted. */
export const keysOfView = (
  { incarnations }: Pick<NameView, 'incarnations'>,
  kept: KeptOfName,
): readonly string[] => {
  const needed = incarnations.flatMap((one) => [
    lastKeyNeeded(one, kept),
    ...one.points.map((point) => keysOfPointOption(point, one, kept)),
  ]);
  return [...new Set(needed.flatMap(({ keys }) => keys))].toSorted();
};

const lockOf = (
  { isSure, keys }: NeededKeys,
  locking: ReadonlyMap<string, LockingKey>,
): PointLock | undefined => {
  const key = keys.flatMap((arn) => locking.get(arn) ?? [])[0];
  if (key === undefined) return undefined;
  return isSure ? key : { ...key, isUnsure: true };
};

const withheldFrom = ({ status, window }: Incarnation, lock: PointLock | undefined): Withheld | undefined =>
  window !== undefined && (lock !== undefined || (status !== undefined && lacksKey(status)))
    ? 'key'
    : undefined;

/** Adds to what a name has what its keys keep from being restored, as KMS or the table's own status says it. */
export const withLocks = (view: NameView, kept: KeptOfName, asked: readonly AskedKey[]): NameView => {
  const locking = new Map(asked.flatMap((key) => lockingKeyOf(key) ?? []).map((lock) => [lock.arn, lock]));
  return {
    ...view,
    incarnations: view.incarnations.map((one) => {
      const withheld = withheldFrom(one, lockOf(lastKeyNeeded(one, kept), locking));
      return {
        ...one,
        ...(withheld !== undefined && { withheld }),
        points: one.points.map((point) => {
          const lock = lockOf(keysOfPointOption(point, one, kept), locking);
          return lock === undefined ? point : { ...point, lock };
        }),
      };
    }),
  };
};
