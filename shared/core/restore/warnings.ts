import type { Failure } from '../../model/failure.ts';
import type { FormerReplica } from '../../model/former-replica.ts';
import type { Instant } from '../../model/instant.ts';
import type { RestoreChoices, RestoreOverrides } from '../../model/restore.ts';
import { lacksKey, type TableStatus } from '../../model/table.ts';
import type { Capacity, TableSettings, TableShape } from '../../model/table-settings.ts';
import type { Target } from '../../model/target.ts';
import type { Unknown } from '../preflight/trouble.ts';
import { customerKeyOf } from '../scene/key-spans.ts';
import type { Chosen } from './choice.ts';
import type { Companion } from './companions.ts';
import { monthlyUsd } from './cost.ts';
import type { ManifestUse } from './manifest-for.ts';
import { billingAfter } from './not-reapplied.ts';
import { isRestorable, type PointOption, secondOf } from './point-option.ts';
import type { UnseenPart } from './points-of-name.ts';
import type { KeyWarning } from './source-keys.ts';
import { isFromVault } from './vault-terms.ts';

/** What a person should know before they agree. */
export type PlanWarning =
  /** The table that has the name now is another one than the one that comes back. */
  | { readonly kind: 'other-incarnation'; readonly standingId: string; readonly standingSince?: Instant }
  /** No second was asked for, and another table had the name before this one: nothing of it comes back. */
  | {
      readonly kind: 'earlier-incarnation';
      readonly tableId: string;
      readonly until: Instant;
      readonly isDeletionKnown: boolean;
    }
  /** Whether it was deleted before the asked second is not known. */
  | { readonly kind: 'deletion-unknown'; readonly lastSeenAt: Instant }
  /** Could not be read: something closer may exist. */
  | { readonly kind: 'unseen'; readonly parts: readonly UnseenPart[] }
  | { readonly kind: 'someone-elses' }
  /** The vault is in another Region, where the table is made; nobody asked for that Region. */
  | { readonly kind: 'made-elsewhere'; readonly region: string }
  /** It is a copy of another account's or Region's table of the name. */
  | { readonly kind: 'of-elsewhere'; readonly home: Target }
  /** A copy in another account is nearer to the asked second: it would have to be copied back first. */
  | { readonly kind: 'nearer-in-another-account'; readonly point: PointOption }
  /** No settings of it were ever kept. */
  | { readonly kind: 'no-manifest' }
  /** The settings were first kept after the second that comes back. */
  | { readonly kind: 'later-manifest'; readonly capturedAt: Instant }
  /** Its key could not be used: what needs that key cannot be restored before it can. `archive`: the newest backup of it, which is not the one that comes back. */
  | { readonly kind: 'key-unusable'; readonly status: TableStatus; readonly archive?: string }
  | KeyWarning
  /** The copy is paid for like its source, as long as it exists. */
  | { readonly kind: 'provisioned-copy'; readonly capacity: Capacity; readonly usdAMonth: number }
  /** It was part of a global table, which still stands: a replica that is added again has newer items, and needs the name. */
  | ({ readonly kind: 'was-replica' } & FormerReplica)
  /** It comes back under the name that the lost one had, and no policy backs it up. */
  | { readonly kind: 'not-backed-up' }
  /** Items that an application encrypted with the table's name cannot be read under another one. */
  | { readonly kind: 'client-side-encrypted' }
  /** Tables that have a tag in common with this one and do not come back as of its second. */
  | { readonly kind: 'companions'; readonly tag: string; readonly tables: readonly Companion[] }
  /** It could not be seen beforehand whether AWS Backup can restore under the role that it is given. */
  | { readonly kind: 'role-unchecked'; readonly what: string; readonly failure: Failure }
  /** Whether there are any could not be read, or not to the end. */
  | { readonly kind: 'companions-unread'; readonly tag: string; readonly failure: Failure };

/** What the warnings are drawn from. */
export interface WarningInput {
  readonly choice: Chosen;
  readonly manifest?: ManifestUse | undefined;
  readonly overrides: RestoreOverrides;
  readonly choices: Pick<RestoreChoices, 'role'>;
  readonly keepsName: boolean;
  /** Set where sampled items are encrypted by the application. */
  readonly clientSideEncrypted?: boolean | undefined;
  readonly companions?: KnownCompanions | undefined;
  /** What is known of the keys that the source is read with; empty where that is none of a customer. */
  readonly keys?: readonly KeyWarning[];
  readonly formerReplica?: FormerReplica | undefined;
  /** What of the role that restores could not be seen. */
  readonly roleUnknowns?: readonly Pick<Unknown, 'failure' | 'what'>[];
}

/** What is known of the tables that belong with one. */
export interface KnownCompanions {
  /** As `key=value`. */
  readonly tag: string;
  readonly tables: readonly Companion[];
  /** Why there may be more. */
  readonly gap?: Failure | undefined;
}

const sumOf = (capacities: readonly (Capacity | undefined)[]): Capacity =>
  capacities.reduce<Capacity>(
    (sum, one) => ({ reads: sum.reads + (one?.reads ?? 0), writes: sum.writes + (one?.writes ?? 0) }),
    { reads: 0, writes: 0 },
  );

const provisioned = (shape: TableShape | undefined, overrides: RestoreOverrides): readonly PlanWarning[] => {
  if (shape === undefined || billingAfter(shape, overrides) !== 'PROVISIONED') return [];
  const indexes = overrides.globalIndexes ?? shape.globalIndexes;
  const capacity = sumOf([shape.capacity, ...indexes.map((index) => index.capacity)]);
  return [{ kind: 'provisioned-copy', capacity, usdAMonth: monthlyUsd(capacity) }];
};

const ofIncarnation = ({ choice: { view, incarnation, asked } }: WarningInput): readonly PlanWarning[] => {
  const standing = view.incarnations.find(({ state }) => state === 'standing');
  const { state, deletedAt, lastSeenAt } = incarnation;
  const isDeletionUnknown =
    state === 'deleted' && deletedAt === undefined && (asked ?? view.now) > lastSeenAt;
  return [
    ...(standing === undefined || standing.tableId === incarnation.tableId
      ? []
      : [
          {
            kind: 'other-incarnation',
            standingId: standing.tableId,
            ...(standing.createdAt !== undefined && { standingSince: standing.createdAt }),
          } as const,
        ]),
    ...(isDeletionUnknown ? [{ kind: 'deletion-unknown', lastSeenAt } as const] : []),
  ];
};

/** Whoever asks for the newest may mean the table that was lost, and get the empty one that was made in its place. */
const ofEarlier = ({
  choice: { view, incarnation, asked, because },
}: WarningInput): readonly PlanWarning[] => {
  if (asked !== undefined || because === 'named') return [];
  const before = view.incarnations.slice(0, view.incarnations.indexOf(incarnation));
  const last = before.findLast(({ points }) => points.some((point) => isRestorable(point, view.now)));
  if (last === undefined) return [];
  const { tableId, deletedAt, lastSeenAt } = last;
  const isDeletionKnown = deletedAt !== undefined;
  return [{ kind: 'earlier-incarnation', tableId, until: deletedAt ?? lastSeenAt, isDeletionKnown }];
};

const ofManifest = ({ manifest }: WarningInput): readonly PlanWarning[] => {
  if (manifest === undefined) return [{ kind: 'no-manifest' }];
  return manifest.of === 'later'
    ? [{ kind: 'later-manifest', capturedAt: manifest.manifest.capturedAt }]
    : [];
};

/** The key that the settings name encrypts the restored table, and may be another one than that of the source. */
const ofKeys = (settings: Partial<TableSettings>, keys: readonly KeyWarning[]): readonly PlanWarning[] => {
  const { encryption } = settings.shape ?? {};
  const keyArn = encryption === undefined ? undefined : customerKeyOf(encryption).keyArn;
  const isSaid = keyArn === undefined || keys.some((one) => one.keyArn === keyArn);
  return isSaid ? keys : [...keys, { kind: 'key-needed', keyArn }];
};

const ofUnusableKey = ({ choice: { incarnation, source } }: WarningInput): readonly PlanWarning[] => {
  const { archivalBackupArn: archive, status } = incarnation;
  if (status === undefined || !lacksKey(status)) return [];
  const isTaken = source.kind === 'recovery-point' && source.id === archive;
  return [{ kind: 'key-unusable', status, ...(archive !== undefined && !isTaken && { archive }) }];
};

const ofVault = ({ choice: { source, view } }: WarningInput): readonly PlanWarning[] => {
  if (!isFromVault(source)) return [];
  const { home, target } = source.vault;
  return [
    ...(target.region === view.target.region
      ? []
      : [{ kind: 'made-elsewhere', region: target.region } as const]),
    ...(home === undefined ? [] : [{ kind: 'of-elsewhere', home } as const]),
  ];
};

/** Of those in other accounts only the nearest one counts, and none where the very second is taken. */
const ofFarCopies = ({ choice }: WarningInput): readonly PlanWarning[] => {
  const { at, because, incarnation, view, asked = view.now } = choice;
  if (because === 'named' || because === 'in-window' || because === 'end-of-window') return [];
  const nearer = incarnation.points.findLast(
    ({ beyond, createdAt, status }) =>
      beyond === 'account' && status === 'available' && secondOf(createdAt) > at && createdAt <= asked,
  );
  return nearer === undefined ? [] : [{ kind: 'nearer-in-another-account', point: nearer }];
};

const ofCompanions = (known: KnownCompanions | undefined): readonly PlanWarning[] => {
  if (known === undefined) return [];
  const { tag, tables, gap } = known;
  return [
    ...(tables.length === 0 ? [] : [{ kind: 'companions', tag, tables } as const]),
    ...(gap === undefined ? [] : [{ kind: 'companions-unread', tag, failure: gap } as const]),
  ];
};

/** Lists what a person should know before they agree, the data first, then the settings, then the money. */
export const planWarnings = (input: WarningInput): readonly PlanWarning[] => {
  const { choice, choices, manifest, overrides, keepsName, clientSideEncrypted, companions } = input;
  const { formerReplica, keys = [], roleUnknowns = [] } = input;
  const settings = manifest?.manifest.settings ?? {};
  const { source, view } = choice;
  const isOfOthers = source.kind === 'recovery-point' && source.madeBy === 'someone-else';
  return [
    ...ofIncarnation(input),
    ...ofEarlier(input),
    ...(formerReplica === undefined ? [] : [{ kind: 'was-replica', ...formerReplica } as const]),
    ...ofUnusableKey(input),
    ...ofVault(input),
    ...ofFarCopies(input),
    ...(view.unseen.length === 0 ? [] : [{ kind: 'unseen', parts: view.unseen } as const]),
    ...roleUnknowns.map(({ failure, what }) => ({ kind: 'role-unchecked', what, failure }) as const),
    ...(isOfOthers ? [{ kind: 'someone-elses' } as const] : []),
    ...(clientSideEncrypted === true && !keepsName ? [{ kind: 'client-side-encrypted' } as const] : []),
    ...ofCompanions(companions),
    ...(keepsName && choices.role === 'look-only' ? [{ kind: 'not-backed-up' } as const] : []),
    ...ofManifest(input),
    ...ofKeys(settings, keys),
    ...provisioned(settings.shape, overrides),
  ];
};
