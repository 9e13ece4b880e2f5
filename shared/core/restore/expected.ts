import { STREAM_LABEL_TO_COME } from '../../model/restore.ts';
import type {
  AutoScaling,
  GlobalIndex,
  Json,
  TableSettings,
  TableShape,
} from '../../model/table-settings.ts';
import { OPT_OUT } from '../policy/govern.ts';
import type { RestoreContext, RestoreNames } from './context.ts';
import { renamedPolicy } from './policy-text.ts';
import { renamed, renamedResource, streamLabelOf } from './rename.ts';

type Tags = Readonly<Record<string, string>>;
type Settings = Partial<TableSettings>;

/** Says whether the key of a tag belongs to AWS, which puts it on itself and refuses it from others. */
export const isReservedTag = (key: string): boolean => key.startsWith('aws:');

const carried = (tags: Tags): Tags =>
  Object.fromEntries(Object.entries(tags).filter(([key]) => !isReservedTag(key)));

/**
 * Returns the tags of a restored table: those of its source, but a copy to look at opts out of all policies, so that nothing is backed up twice
 * and nothing is reported about it.
 */
export const expectedTags = (wanted: Tags, context: RestoreContext): Tags => {
  const own = context.choices.settings === 'none' ? {} : carried(wanted);
  return context.choices.role === 'replacement' ? own : { ...own, [context.names.policyTag]: OPT_OUT };
};

const withoutCapacity = ({ capacity: _capacity, ...index }: GlobalIndex): GlobalIndex => index;

/** Returns whether the restore leaves an index out on purpose. */
export const isLeftOut = (index: string, chosen: readonly { readonly name: string }[] | undefined): boolean =>
  chosen !== undefined && !chosen.some(({ name }) => name === index);

/** What the person chose with the call that starts the restore outranks the source. */
const expectedShape = (wanted: TableShape, { overrides }: RestoreContext): TableShape => {
  const billingMode = overrides.billingMode ?? wanted.billingMode;
  const { capacity, ...shape } = wanted;
  const isProvisioned = billingMode === 'PROVISIONED';
  return {
    ...shape,
    billingMode,
    ...(isProvisioned && capacity !== undefined && { capacity }),
    globalIndexes: isProvisioned ? wanted.globalIndexes : wanted.globalIndexes.map(withoutCapacity),
    encryption: overrides.encryption ?? wanted.encryption,
    deletionProtection: true,
  };
};

const moved = <Part extends { readonly resourceId: string }>(part: Part, names: RestoreNames): Part => ({
  ...part,
  resourceId: renamedResource(part.resourceId, names),
});

type Content = { readonly [key: string]: Json };

const expectedScaling = ({ targets, rules }: AutoScaling, { names }: RestoreContext): AutoScaling => ({
  targets: targets.map((target) => moved(target, names)),
  rules: rules.map((rule) => ({
    ...moved(rule, names),
    content: renamed(rule.content, names, STREAM_LABEL_TO_COME) as Content,
  })),
});

/** The stream that it has keeps its label only where its type is the wanted one. */
const comingLabel = (wanted: Settings, live: Settings): string => {
  const [source, own] = [wanted.shape?.stream, live.shape?.stream];
  const stays = own !== undefined && (source === undefined || source.viewType === own.viewType);
  return (stays ? streamLabelOf(own.arn) : undefined) ?? STREAM_LABEL_TO_COME;
};

const policyOf = (text: string | null | undefined, label: string, { names }: RestoreContext) =>
  typeof text === 'string' ? renamedPolicy(text, names, label) : text;

/**
 * Returns the settings that a restored table should have: those of its source under the names of the restored table, with what the person chose.
 * Deletion protection is on whatever the source had. A facet that is not known of the source stays absent, but for the tag that opts a copy out.
 */
export const expectedSettings = (wanted: Settings, live: Settings, context: RestoreContext): Settings => {
  const label = comingLabel(wanted, live);
  const tablePolicy = policyOf(wanted['resource-policy'], label, context);
  const streamPolicy = policyOf(wanted['stream-policy'], label, context);
  const isOptedOut = context.choices.role === 'look-only';
  return {
    ...wanted,
    ...(wanted.shape && { shape: expectedShape(wanted.shape, context) }),
    ...((wanted.tags !== undefined || isOptedOut) && { tags: expectedTags(wanted.tags ?? {}, context) }),
    ...(tablePolicy !== undefined && { 'resource-policy': tablePolicy }),
    ...(streamPolicy !== undefined && { 'stream-policy': streamPolicy }),
    ...(wanted['auto-scaling'] && { 'auto-scaling': expectedScaling(wanted['auto-scaling'], context) }),
  };
};
