import type { RestoreChoices, RestoreOverrides, SettingStep } from '../../model/restore.ts';
import type { Attachment, Capacity, TableSettings, TableShape } from '../../model/table-settings.ts';
import type { Target } from '../../model/target.ts';
import { isSending, isStreamElsewhere } from './observer-steps.ts';

/** What a restored table will not have by itself, with what a sentence about it needs. */
export type NotReapplied =
  /** `--without-settings`. */
  | { readonly kind: 'settings'; readonly facets: readonly (keyof TableSettings)[] }
  | { readonly kind: 'global-indexes'; readonly names: readonly string[] }
  /** They can never be added. */
  | { readonly kind: 'local-indexes'; readonly names: readonly string[] }
  /** Asked for on its own, because it deletes. */
  | { readonly kind: 'ttl'; readonly attribute: string }
  /** It cannot go down again and costs money. */
  | { readonly kind: 'warm-throughput'; readonly was: Capacity; readonly startsAt: Capacity }
  /** A person has to decide whether two tables send their changes to one stream; `elsewhere`: this one cannot. */
  | { readonly kind: 'kinesis'; readonly streamArn: string; readonly why: 'asked' | 'left' | 'elsewhere' }
  /** AWS gives it only to a table without items: no replica is made either. */
  | {
      readonly kind: 'strong-consistency';
      readonly replicas: readonly string[];
      readonly witnesses: readonly string[];
    }
  /** Another table has the name there. */
  | { readonly kind: 'replica-name-taken'; readonly regions: readonly string[] }
  /** They read a stream that the new table does not have. */
  | { readonly kind: 'stream-consumers'; readonly attachments: readonly Attachment[] }
  /** They watch the source's name. */
  | { readonly kind: 'alarms'; readonly names: readonly string[] }
  /** The copy opts out of backups. */
  | { readonly kind: 'backup-policy' }
  /** IAM policies that name the source's ARN; only where the name is another one. */
  | { readonly kind: 'iam-policies' }
  /** What nobody looked at: AppSync data sources, zero-ETL, DAX, search indexes, caches, exports. */
  | { readonly kind: 'never-looked-at' };

/** What the list is drawn from. */
export interface ReapplyInput {
  /** As far as they are known. */
  readonly settings: Partial<TableSettings>;
  readonly overrides: RestoreOverrides;
  readonly choices: RestoreChoices;
  /** What will be put back. */
  readonly steps: readonly SettingStep[];
  /** Where the table is made. */
  readonly to: Target;
  /** Regions of replicas in which another table has the name of the one that is made. */
  readonly takenIn?: readonly string[];
  /** Whether the table that is made has the source's name, in the source's Region. */
  readonly keepsName: boolean;
}

/**
 * What a new on-demand table can serve at once.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput-scenarios.html (checked 2026-11-28)
 */
export const WARM_START: Capacity = { reads: 12_000, writes: 4_000 };

/** How the table that is made is paid for. */
export const billingAfter = (
  shape: TableShape,
  { billingMode = shape.billingMode }: RestoreOverrides,
): TableShape['billingMode'] => billingMode;

const leftOut = (
  kind: 'global-indexes' | 'local-indexes',
  had: readonly { readonly name: string }[] | undefined,
  kept: readonly { readonly name: string }[] | undefined,
): readonly NotReapplied[] => {
  if (kept === undefined || had === undefined) return [];
  const names = had.map(({ name }) => name).filter((name) => !kept.some((one) => one.name === name));
  return names.length === 0 ? [] : [{ kind, names }];
};

const warm = ({ settings: { shape }, overrides, choices }: ReapplyInput): readonly NotReapplied[] => {
  const was = shape?.warmThroughput;
  if (shape === undefined || was === undefined || choices.warm === 'as-was') return [];
  if (billingAfter(shape, overrides) !== 'PAY_PER_REQUEST') return [];
  const isMore = was.reads > WARM_START.reads || was.writes > WARM_START.writes;
  return isMore ? [{ kind: 'warm-throughput', was, startsAt: WARM_START }] : [];
};

/** The table's own facets; what is attached from outside is listed on its own. */
const settingsLeft = ({ settings, choices }: ReapplyInput): readonly NotReapplied[] => {
  if (choices.settings === 'all') return [];
  const facets = (Object.keys(settings) as (keyof TableSettings)[]).filter(
    (facet) => facet !== 'shape' && facet !== 'attachments',
  );
  return facets.length === 0 ? [] : [{ kind: 'settings', facets }];
};

const ttl = ({ settings, choices }: ReapplyInput): readonly NotReapplied[] =>
  choices.settings === 'all' && choices.ttl === 'later' && settings.ttl
    ? [{ kind: 'ttl', attribute: settings.ttl.attribute }]
    : [];

const attached = ({ settings, keepsName }: ReapplyInput): readonly NotReapplied[] => {
  const all = settings.attachments ?? [];
  const consumers = all.filter(({ kind }) => kind !== 'alarm');
  const alarms = all.filter(({ kind }) => kind === 'alarm').map(({ id }) => id);
  return [
    ...(consumers.length === 0 ? [] : [{ kind: 'stream-consumers', attachments: consumers } as const]),
    // Under its own name the table is watched as before.
    ...(alarms.length === 0 || keepsName ? [] : [{ kind: 'alarms', names: alarms } as const]),
  ];
};

const kinesis = ({ settings, choices, steps, to }: ReapplyInput): readonly NotReapplied[] =>
  choices.settings === 'none'
    ? []
    : (settings.kinesis ?? [])
        .filter(isSending)
        .filter(
          ({ streamArn }) => !steps.some((step) => step.kind === 'kinesis' && step.streamArn === streamArn),
        )
        .map(({ streamArn }) => {
          const asked = choices.kinesis === 'leave' ? 'left' : 'asked';
          return { kind: 'kinesis', streamArn, why: isStreamElsewhere(streamArn, to) ? 'elsewhere' : asked };
        });

const strongConsistency = ({ settings, choices }: ReapplyInput): readonly NotReapplied[] => {
  const { replicas = [], shape } = settings;
  if (shape?.strongConsistency === undefined || choices.settings === 'none') return [];
  const { witnesses } = shape.strongConsistency;
  return [{ kind: 'strong-consistency', replicas: replicas.map(({ region }) => region), witnesses }];
};

const taken = ({ settings, choices, takenIn = [] }: ReapplyInput): readonly NotReapplied[] =>
  choices.settings === 'none' || takenIn.length === 0 || settings.shape?.strongConsistency !== undefined
    ? []
    : [{ kind: 'replica-name-taken', regions: takenIn }];

/** Lists what the table that is made will not have by itself, what can never be had again first. */
export const notReapplied = (input: ReapplyInput): readonly NotReapplied[] => {
  const { settings, overrides, choices, keepsName } = input;
  return [
    ...leftOut('local-indexes', settings.shape?.localIndexes, overrides.localIndexes),
    ...leftOut('global-indexes', settings.shape?.globalIndexes, overrides.globalIndexes),
    ...strongConsistency(input),
    ...taken(input),
    ...settingsLeft(input),
    ...ttl(input),
    ...warm(input),
    ...kinesis(input),
    ...attached(input),
    ...(choices.role === 'look-only' && choices.settings === 'all'
      ? [{ kind: 'backup-policy' } as const]
      : []),
    ...(keepsName ? [] : [{ kind: 'iam-policies' } as const]),
    { kind: 'never-looked-at' },
  ];
};
