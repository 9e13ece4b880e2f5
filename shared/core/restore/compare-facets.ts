import type { DifferenceReason, SettingComparison } from '../../model/setting-comparison.ts';
import { isFields } from '../../model/shape.ts';
import type {
  Attachment,
  AutoScaling,
  PitrSetting,
  ReplicaSettings,
  SettingFacet,
  TableSettings,
} from '../../model/table-settings.ts';
import type { RestoreContext } from './context.ts';
import { expectedTags, isReservedTag } from './expected.ts';
import {
  isInsightsOn,
  isSameDestination,
  isSameInsights,
  isSending,
  kinesisQuestion,
} from './observer-steps.ts';
import { isSetSince, periodDays } from './plain-steps.ts';
import { isSamePolicy } from './policy-text.ts';
import { isSame } from './same.ts';
import { canScale, ruleLike, targetLike } from './scaling-steps.ts';
import { better, differs, inHand, on, SAME, sameOr } from './verdict.ts';

/** One facet of the source, of the table as it should be and of the table as it is, with what decides about it. */
export interface FacetInput<Facet extends SettingFacet> {
  readonly source: TableSettings[Facet] | undefined;
  readonly expected: TableSettings[Facet];
  readonly live: TableSettings[Facet];
  readonly context: RestoreContext;
  /** All that was read of the restored table, and all that it should be. */
  readonly whole: { readonly live: Partial<TableSettings>; readonly expected: Partial<TableSettings> };
}

type Compare<Facet extends SettingFacet> = (input: FacetInput<Facet>) => readonly SettingComparison[];

type Tags = Readonly<Record<string, string>>;

const tagVerdict = (source: string | undefined, wanted: string | undefined, live: string | undefined) => {
  if (wanted === undefined)
    return live === undefined ? differs(source, live, 'chosen') : differs(source, live, 'added');
  if (wanted !== live) return differs(wanted, live, 'not-set');
  return source === live ? SAME : differs(source, live, 'chosen');
};

const comparedTags = (
  source: Tags,
  expected: Tags,
  live: Tags,
  context: RestoreContext,
): readonly SettingComparison[] => {
  const own = Object.keys(source).filter((key) => !isReservedTag(key));
  const keys = [...new Set([...own, ...Object.keys(expected), ...Object.keys(live)])].toSorted();
  return keys.map((key) => {
    const isOther = expected[key] !== live[key] && isSetSince(key, live[key], context);
    const verdict = isOther
      ? differs(source[key], live[key], 'set-since')
      : tagVerdict(source[key], expected[key], live[key]);
    return on('tags', verdict, key);
  });
};

const tags: Compare<'tags'> = ({ source = {}, expected, live, context }) =>
  comparedTags(source, expected, live, context);

const pitrVerdict = (wanted: PitrSetting, live: PitrSetting) => {
  const [wantedDays, liveDays] = [periodDays(wanted), periodDays(live)];
  if (liveDays > wantedDays) return better(wanted, live);
  return sameOr(liveDays === wantedDays, wanted, live);
};

const pitr: Compare<'pitr'> = ({ expected, live }) => [on('pitr', pitrVerdict(expected, live))];

const policy =
  (setting: 'resource-policy' | 'stream-policy'): Compare<typeof setting> =>
  ({ expected, live }) => {
    if (expected === null && live === null) return [on(setting, SAME)];
    if (expected === null) return [on(setting, differs(undefined, live, 'added'))];
    return [on(setting, sameOr(live !== null && isSamePolicy(expected, live), expected, live))];
  };

const insights: Compare<'insights'> = ({ expected, live, whole }) => {
  const parts = new Set(whole.live.shape?.globalIndexes.map(({ name }) => name));
  const wanted = expected.filter((one) => isInsightsOn(one));
  return [
    ...wanted
      .filter(({ index }) => index === undefined || whole.live.shape === undefined || parts.has(index))
      .map((one) => {
        const has = live.find(({ index }) => index === one.index);
        return on('insights', sameOr(isSameInsights(one, has), one, has), one.index);
      }),
    ...live
      .filter((one) => isInsightsOn(one) && !wanted.some(({ index }) => index === one.index))
      .map((one) => on('insights', better(undefined, one), one.index)),
  ];
};

const kinesis: Compare<'kinesis'> = ({ expected, live, context }) => {
  const wanted = expected.filter((one) => isSending(one));
  return [
    ...wanted.map((one) => {
      if (isSameDestination(one, live)) return on('kinesis', SAME, one.streamArn);
      const why = kinesisQuestion(one, live, context);
      const verdict = why === undefined ? differs(one, live, 'not-set') : inHand(one, live, why);
      return on('kinesis', verdict, one.streamArn);
    }),
    ...live
      .filter((one) => isSending(one) && !wanted.some(({ streamArn }) => streamArn === one.streamArn))
      .map((one) => on('kinesis', differs(undefined, one, 'added'), one.streamArn)),
  ];
};

/** A target or a rule by what it scales and, for a rule, its name. */
const partOf = (one: { readonly resourceId: string; readonly dimension: string; readonly name?: string }) =>
  [one.resourceId, one.dimension, one.name].filter((part) => part !== undefined).join(' ');

const kindOfRule = ({ kind }: AutoScaling['rules'][number]) =>
  kind === 'policy' ? 'scaling-policy' : 'scheduled-action';

const autoScaling: Compare<'auto-scaling'> = ({ expected, live, context, whole }) => {
  const mode = whole.expected.shape?.billingMode;
  /** Paid on demand because the person chose so; what scaled it is out of use. */
  const why = context.overrides.billingMode === 'PAY_PER_REQUEST' ? 'chosen' : 'not-set';
  const can = (one: AutoScaling['targets'][number] | AutoScaling['rules'][number]) =>
    why === 'chosen' || canScale(one, whole.live, mode);
  return [
    ...expected.targets.filter(can).map((one) => {
      const has = targetLike(one, live.targets);
      return on('scalable-target', isSame(one, has) ? SAME : differs(one, has, why), partOf(one));
    }),
    ...expected.rules.filter(can).map((one) => {
      const has = ruleLike(one, live.rules);
      return on(kindOfRule(one), isSame(one, has) ? SAME : differs(one, has, why), partOf(one));
    }),
    ...live.targets
      .filter((one) => targetLike(one, expected.targets) === undefined)
      .map((one) => on('scalable-target', differs(undefined, one, 'added'), partOf(one))),
    ...live.rules
      .filter((one) => ruleLike(one, expected.rules) === undefined)
      .map((one) => on(kindOfRule(one), differs(undefined, one, 'added'), partOf(one))),
  ];
};

const replicaParts = (
  wanted: ReplicaSettings,
  live: ReplicaSettings,
  context: RestoreContext,
): readonly SettingComparison[] => [
  on(
    'encryption',
    sameOr(wanted.keyArn === undefined || wanted.keyArn === live.keyArn, wanted.keyArn, live.keyArn),
    wanted.region,
  ),
  ...(wanted.tags && live.tags
    ? comparedTags(wanted.tags, expectedTags(wanted.tags, context), live.tags, context).map(
        ({ part, ...one }) => ({
          ...one,
          part: `${wanted.region} ${part}`,
        }),
      )
    : []),
  ...(wanted.pitr && live.pitr ? [on('pitr', pitrVerdict(wanted.pitr, live.pitr), wanted.region)] : []),
  ...(wanted.insights ?? [])
    .filter((one) => isInsightsOn(one) && live.insights !== undefined)
    .map((one) => {
      const has = live.insights?.find(({ index }) => index === one.index);
      const part = [wanted.region, one.index].filter((name) => name !== undefined).join(' ');
      return on('insights', sameOr(isSameInsights(one, has), one, has), part);
    }),
  ...(wanted.deletionProtection === true && live.deletionProtection === false
    ? [on('deletion-protection', differs(true, false, 'not-set'), wanted.region)]
    : []),
];

const whyWithout = ({ context, whole }: FacetInput<'replicas'>, region: string): DifferenceReason => {
  if (whole.expected.shape?.strongConsistency !== undefined) return 'needs-empty-table';
  return context.takenIn?.includes(region) === true ? 'name-taken' : 'not-set';
};

const replicas: Compare<'replicas'> = (input) => {
  const { expected, live, context } = input;
  const wanted = expected.filter(({ region }) => region !== context.names.to.region);
  return [
    ...wanted.flatMap((one) => {
      const has = live.find(({ region }) => region === one.region);
      if (has === undefined)
        return [on('replica', differs(one, undefined, whyWithout(input, one.region)), one.region)];
      return [on('replica', SAME, one.region), ...replicaParts(one, has, context)];
    }),
    ...live
      .filter(({ region }) => !wanted.some((one) => one.region === region))
      .map((one) => on('replica', differs(undefined, one, 'added'), one.region)),
  ];
};

/** What points at a table stays with its name: under the same name only what reads its stream has to move. */
const staysByName = ({ kind }: Attachment, { names: { from, to } }: RestoreContext): boolean =>
  kind === 'alarm' && from.table === to.table && from.region === to.region;

const STREAM_MEMBER: Partial<Record<Attachment['kind'], string>> = {
  'event-source-mapping': 'EventSourceArn',
  pipe: 'Source',
};

/** A reader is found by the name of the table, and may still read the stream of the table that had the name before. */
const readsAnother = ({ kind, content }: Attachment, streamArn: string | undefined): boolean => {
  const member = STREAM_MEMBER[kind];
  return member !== undefined && isFields(content) && content[member] !== streamArn;
};

const attachments: Compare<'attachments'> = ({ source = [], live, context, whole }) =>
  source.map((one) => {
    const has = live.find(({ kind, id }) => kind === one.kind && id === one.id);
    if (has === undefined && !staysByName(one, context))
      return on(one.kind, inHand(one.content, undefined, 'points-at-source'), one.id);
    const isOld = has !== undefined && readsAnother(has, whole.live.shape?.stream?.arn);
    return on(one.kind, isOld ? inHand(one.content, has.content, 'reads-old-stream') : SAME, one.id);
  });

const ttl: Compare<'ttl'> = ({ expected, live, context }) => {
  if (expected === null) return [on('ttl', live === null ? SAME : differs(undefined, live, 'added'))];
  if (live?.attribute === expected.attribute) return [on('ttl', SAME)];
  if (context.choices.ttl !== 'on') return [on('ttl', inHand(expected, live, 'ttl-asked-for'))];
  return [on('ttl', differs(expected, live, 'not-set'))];
};

/** How each facet besides the shape is compared, in the order in which they are shown. */
export const COMPARED_FACETS: { readonly [Facet in Exclude<SettingFacet, 'shape'>]: Compare<Facet> } = {
  tags,
  pitr,
  'resource-policy': policy('resource-policy'),
  'stream-policy': policy('stream-policy'),
  insights,
  kinesis,
  'auto-scaling': autoScaling,
  replicas,
  attachments,
  ttl,
};
