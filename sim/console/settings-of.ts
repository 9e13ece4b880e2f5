import type { SimAccount } from '../account.ts';
import { keyArn } from '../arn.ts';
import { warmOf } from '../dynamodb/index-shape.ts';
import { tableOf } from './tables.ts';

const sortedBy = <T>(values: Iterable<T>, keyOf: (value: T) => string): readonly T[] =>
  [...values].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

/** What a table's own streams and name are replaced by, so that two tables can be compared. */
const neutral = (text: string, name: string): string =>
  text.replaceAll(new RegExp(`table/${name}(?=[/"]|$)(/stream/[^/"]+)?`, 'g'), (_, stream) =>
    stream === undefined ? 'table/NAME' : 'table/NAME/stream/LABEL',
  );

const scalingOf = ({ state }: SimAccount, name: string) => {
  const isOfTable = ({ resourceId }: { readonly resourceId: string }): boolean =>
    resourceId === `table/${name}` || resourceId.startsWith(`table/${name}/`);
  const { actions, policies, targets } = state.scaling;
  return {
    targets: sortedBy(
      [...targets.values()].filter(isOfTable),
      (each) => each.resourceId + each.dimension,
    ).map(({ createdAt: _at, ...target }) => target),
    policies: sortedBy([...policies.values()].filter(isOfTable), (each) => each.name).map(
      ({ alarms: _alarms, arn: _arn, createdAt: _at, ...policy }) => policy,
    ),
    actions: sortedBy([...actions.values()].filter(isOfTable), (each) => each.name).map(
      ({ arn: _arn, createdAt: _at, ...action }) => action,
    ),
  };
};

const policiesOf = ({ state }: SimAccount, name: string, arns: readonly (string | undefined)[]) =>
  arns.map((arn) => {
    const document = state.resourcePolicies.get(arn ?? '')?.document;
    return document === undefined ? undefined : neutral(document, name);
  });

/**
 * Returns all settings of a table as they truly are, without its name, its ids and instants: two tables with the same settings give the same.
 * What takes time counts as done.
 */
export const settingsOf = (account: SimAccount, name: string) => {
  const table = tableOf(account, name);
  const { definition, settings } = table;
  const { sse, warmThroughput, formerDefinitions: _former, ...rest } = { ...table, ...definition };
  const { provisionedThroughput } = definition;
  const [policy, streamPolicy] = policiesOf(account, name, [table.arn, table.streamArn]);
  const indexes = sortedBy(definition.globalSecondaryIndexes ?? [], (each) => each.IndexName ?? '');
  return {
    keySchema: rest.keySchema,
    attributes: sortedBy(rest.attributeDefinitions, (each) => each.AttributeName ?? ''),
    billingMode: rest.billingMode,
    capacity: provisionedThroughput,
    onDemandMaximum: rest.onDemandThroughput,
    indexes: indexes.map(({ WarmThroughput: _warm, ...index }) => index),
    localIndexes: sortedBy(rest.localSecondaryIndexes ?? [], (each) => each.IndexName ?? ''),
    warm: warmOf(rest.billingMode, {
      ...(provisionedThroughput && { ProvisionedThroughput: provisionedThroughput }),
      ...(warmThroughput && { WarmThroughput: warmThroughput }),
    }),
    key: sse?.Enabled ? keyArn(account, sse.KMSMasterKeyId ?? 'alias/aws/dynamodb') : undefined,
    stream: definition.stream?.StreamEnabled ? definition.stream.StreamViewType : undefined,
    class: definition.tableClass ?? 'STANDARD',
    deletionProtection: table.deletionProtection,
    tags: table.tags,
    timeToLive: table.timeToLive?.enabled ? table.timeToLive.attributeName : undefined,
    pitrDays: table.pitr?.recoveryPeriodDays,
    policy,
    streamPolicy,
    kinesis: [...settings.kinesis.values()]
      .filter(({ status }) => status === 'ACTIVE')
      .map(({ streamArn, precision }) => ({ streamArn, precision })),
    insights: sortedBy(settings.insights, ([index]) => index)
      .filter(([, { enabled, failure }]) => enabled && failure === undefined)
      .map(([index, { mode }]) => ({ index, mode })),
    replicas: settings.replicas.map(({ region }) => region),
    scaling: JSON.parse(
      JSON.stringify(scalingOf(account, name)).replaceAll(`table/${name}`, 'table/NAME'),
    ) as ReturnType<typeof scalingOf>,
  };
};
