import { assertNever } from '../../shared/model/errors.ts';
import { type SettingStep, STREAM_LABEL_TO_COME } from '../../shared/model/restore.ts';
import type {
  GlobalIndex,
  ReplicaSettings,
  ScalableTarget,
  ScalingRule,
  TableSettings,
  TableShape,
} from '../../shared/model/table-settings.ts';
import { NEW_STREAM } from './table-settings.ts';

// What each step does to a table, from the words of the service's reference; the service's refusals throw.

const shaped = (settings: TableSettings, part: Partial<TableShape>): TableSettings => ({
  ...settings,
  shape: { ...settings.shape, ...part },
});

const replicaChanged = (
  settings: TableSettings,
  region: string,
  part: Partial<ReplicaSettings>,
): TableSettings => {
  if (!settings.replicas.some((one) => one.region === region)) throw new Error(`no replica in ${region}`);
  const replicas = settings.replicas.map((one) => (one.region === region ? { ...one, ...part } : one));
  return { ...settings, replicas };
};

const throughput = (
  settings: TableSettings,
  step: Extract<SettingStep, { kind: 'throughput' }>,
): TableSettings => {
  const { shape } = settings;
  const { capacity: oldCapacity, onDemandMaximum: oldMaximum, ...rest } = shape;
  const isProvisioned = step.billingMode === 'PROVISIONED';
  const capacity = step.capacity ?? oldCapacity;
  if (isProvisioned && capacity === undefined) throw new Error('a provisioned table needs a capacity');
  const isOff = (limit: { reads: number } | undefined) => limit === undefined || limit.reads === -1;
  const maximum = step.onDemandMaximum ?? oldMaximum;
  const globalIndexes = shape.globalIndexes.map((index): GlobalIndex => {
    const { capacity: own, onDemandMaximum: most, ...kept } = index;
    const change = step.indexes.find(({ name }) => name === index.name);
    const nextCapacity = change?.capacity ?? own;
    const nextMaximum = change?.onDemandMaximum ?? most;
    if (isProvisioned && nextCapacity === undefined) throw new Error(`${index.name} needs a capacity`);
    return {
      ...kept,
      ...(isProvisioned && nextCapacity !== undefined && { capacity: nextCapacity }),
      ...(!isProvisioned &&
        !isOff(nextMaximum) && { onDemandMaximum: nextMaximum as NonNullable<typeof most> }),
    };
  });
  for (const { name } of step.indexes)
    if (!shape.globalIndexes.some((index) => index.name === name)) throw new Error(`no index ${name}`);
  return {
    ...settings,
    shape: {
      ...rest,
      billingMode: step.billingMode,
      globalIndexes,
      ...(isProvisioned && capacity !== undefined && { capacity }),
      ...(!isProvisioned &&
        !isOff(maximum) && { onDemandMaximum: maximum as NonNullable<typeof oldMaximum> }),
    },
  };
};

const warm = (
  settings: TableSettings,
  { table, indexes }: Extract<SettingStep, { kind: 'warm-throughput' }>,
): TableSettings => {
  const refuseLower = (old: TableShape['warmThroughput'], next: NonNullable<typeof old>): void => {
    if (old !== undefined && (next.reads < old.reads || next.writes < old.writes))
      throw new Error('decreasing WarmThroughput is not supported');
  };
  if (table !== undefined) refuseLower(settings.shape.warmThroughput, table);
  return shaped(settings, {
    ...(table !== undefined && { warmThroughput: table }),
    globalIndexes: settings.shape.globalIndexes.map((index) => {
      const next = indexes.find(({ name }) => name === index.name)?.warmThroughput;
      if (next === undefined) return index;
      refuseLower(index.warmThroughput, next);
      return { ...index, warmThroughput: next };
    }),
  });
};

const isSameScaled = (a: ScalableTarget | ScalingRule, b: ScalableTarget | ScalingRule): boolean =>
  a.resourceId === b.resourceId && a.dimension === b.dimension;

const scaling = (
  settings: TableSettings,
  step: Extract<SettingStep, { kind: 'scalable-target' | 'scaling-rule' }>,
): TableSettings => {
  const { targets, rules } = settings['auto-scaling'];
  if (step.kind === 'scalable-target') {
    const others = targets.filter((one) => !isSameScaled(one, step.target));
    return { ...settings, 'auto-scaling': { targets: [...others, step.target], rules } };
  }
  if (!targets.some((one) => isSameScaled(one, step.rule))) throw new Error('no scalable target');
  const others = rules.filter(
    (one) => !(isSameScaled(one, step.rule) && one.name === step.rule.name && one.kind === step.rule.kind),
  );
  return { ...settings, 'auto-scaling': { targets, rules: [...others, step.rule] } };
};

const streamOn = (settings: TableSettings, viewType: NonNullable<TableShape['stream']>['viewType']) => {
  if (settings.shape.stream !== undefined) throw new Error('Table already has an enabled stream');
  return shaped(settings, { stream: { viewType, arn: NEW_STREAM } });
};

const streamOff = (settings: TableSettings): TableSettings => {
  const { stream, ...shape } = settings.shape;
  if (stream === undefined) throw new Error('Table has no stream to disable');
  return { ...settings, shape, 'stream-policy': null };
};

const policyPut = (
  settings: TableSettings,
  { of, policy }: Extract<SettingStep, { kind: 'resource-policy' }>,
): TableSettings => {
  const label = settings.shape.stream?.arn.split('/stream/')[1];
  if (of === 'stream' && label === undefined) throw new Error('no stream');
  const text = policy.replaceAll(STREAM_LABEL_TO_COME, label ?? '');
  return { ...settings, [of === 'table' ? 'resource-policy' : 'stream-policy']: text };
};

const kinesis = (
  settings: TableSettings,
  step: Extract<SettingStep, { kind: 'kinesis' }>,
): TableSettings => ({
  ...settings,
  kinesis: [
    ...settings.kinesis.filter(({ streamArn }) => streamArn !== step.streamArn),
    {
      streamArn: step.streamArn,
      status: 'ACTIVE',
      ...(step.precision !== undefined && { precision: step.precision as 'MICROSECOND' }),
    },
  ],
});

const insights = (
  settings: TableSettings,
  step: Extract<SettingStep, { kind: 'insights' }>,
): TableSettings => {
  const { kind: _kind, region, ...wanted } = step;
  if (region !== undefined) {
    const old = settings.replicas.find((one) => one.region === region)?.insights ?? [];
    const others = old.filter(({ index }) => index !== step.index);
    return replicaChanged(settings, region, { insights: [...others, { ...wanted, status: 'ENABLED' }] });
  }
  if (step.index !== undefined && !settings.shape.globalIndexes.some(({ name }) => name === step.index))
    throw new Error(`no index ${step.index}`);
  const others = settings.insights.filter(({ index }) => index !== step.index);
  return { ...settings, insights: [...others, { ...wanted, status: 'ENABLED' }] };
};

const replica = (settings: TableSettings, step: Extract<SettingStep, { kind: 'replica' }>): TableSettings => {
  const { kind: _kind, tableClass, ...made } = step;
  const { billingMode } = settings.shape;
  const writes = settings['auto-scaling'].targets.some(
    ({ dimension }) => dimension === 'dynamodb:table:WriteCapacityUnits',
  );
  if (billingMode === 'PROVISIONED' && !writes)
    throw new Error('Table write capacity should either be Pay-Per-Request or AutoScaled.');
  const own: ReplicaSettings = {
    ...made,
    ...(tableClass !== undefined && { tableClass: tableClass as TableShape['tableClass'] }),
    tags: {},
    pitr: { enabled: false },
    deletionProtection: false,
    insights: [],
  };
  return { ...settings, replicas: [...settings.replicas, own] };
};

const inRegion = (
  settings: TableSettings,
  step: Extract<SettingStep, { kind: 'deletion-protection' | 'tags' | 'pitr' }>,
): TableSettings => {
  const { region } = step;
  if (step.kind === 'deletion-protection')
    return region === undefined
      ? shaped(settings, { deletionProtection: step.on })
      : replicaChanged(settings, region, { deletionProtection: step.on });
  if (step.kind === 'tags') {
    if (region === undefined) return { ...settings, tags: { ...settings.tags, ...step.tags } };
    const old = settings.replicas.find((one) => one.region === region)?.tags;
    return replicaChanged(settings, region, { tags: { ...old, ...step.tags } });
  }
  const pitr = { enabled: true, recoveryPeriodDays: step.recoveryPeriodDays };
  return region === undefined ? { ...settings, pitr } : replicaChanged(settings, region, { pitr });
};

/** Returns the table after the step. */
export const afterStep = (settings: TableSettings, step: SettingStep): TableSettings => {
  switch (step.kind) {
    case 'deletion-protection':
    case 'tags':
    case 'pitr':
      return inRegion(settings, step);
    case 'stream-off':
      return streamOff(settings);
    case 'stream':
      return streamOn(settings, step.viewType);
    case 'table-class':
      return shaped(settings, { tableClass: step.tableClass });
    case 'encryption':
      return shaped(settings, { encryption: step.encryption });
    case 'throughput':
      return throughput(settings, step);
    case 'warm-throughput':
      return warm(settings, step);
    case 'global-index':
      return shaped(settings, { globalIndexes: [...settings.shape.globalIndexes, step.index] });
    case 'resource-policy':
      return policyPut(settings, step);
    case 'insights':
      return insights(settings, step);
    case 'kinesis':
      return kinesis(settings, step);
    case 'scalable-target':
    case 'scaling-rule':
      return scaling(settings, step);
    case 'replica':
      return replica(settings, step);
    case 'ttl':
      return { ...settings, ttl: { attribute: step.attribute } };
    default:
      return assertNever(step);
  }
};
