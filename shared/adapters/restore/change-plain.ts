import {
  type DynamoDBClient,
  PutResourcePolicyCommand,
  TagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { ownFailure } from '../../model/failure.ts';
import { HOUR_MS } from '../../model/instant.ts';
import { type SettingStep, STREAM_LABEL_TO_COME } from '../../model/restore.ts';
import { type Target, tableArn } from '../../model/target.ts';
import type { Clock } from '../../ports/time.ts';
import type { FailedCall } from '../aws/errors.ts';
import { readPitr } from '../aws/pitr.ts';
import { readTableTags } from '../aws/table-tags.ts';
import { AS_ASKED, type Change, open, unseen, wait } from './change.ts';
import { readDescribedTable } from './described-table.ts';
import { type PolicyState, readPolicy, readTtlState, type TtlState } from './read-facets.ts';
import { isSameJson } from './stated-json.ts';

type Step<Kind extends SettingStep['kind']> = Extract<SettingStep, { readonly kind: Kind }>;

/** A table in the account and Region of its client. */
export interface TableAt {
  readonly dynamodb: DynamoDBClient;
  readonly target: Target;
  readonly table: string;
}

/**
 * Puts tags on. Others stay, and so does the one to be left where the table bears it by now.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TagResource.html (checked 2026-11-28)
 */
export const tagsChange = (
  { dynamodb, target, table }: TableAt,
  { tags, leave }: Step<'tags'>,
): Change<readonly { readonly Key: string; readonly Value: string }[]> => ({
  operation: 'TagResource',
  look: async () => {
    const reading = await readTableTags(dynamodb, table, target);
    if (reading.kind !== 'found') return unseen(reading, 'ListTagsOfResource');
    const isLeft = (key: string): boolean => key === leave && reading.value[key] !== undefined;
    const missing = Object.entries(tags).filter(
      ([key, value]) => reading.value[key] !== value && !isLeft(key),
    );
    return missing.length === 0 ? AS_ASKED : open(missing.map(([Key, Value]) => ({ Key, Value })));
  },
  send: async (missing) => {
    await dynamodb.send(new TagResourceCommand({ ResourceArn: tableArn(table, target), Tags: [...missing] }));
    return undefined;
  },
});

/**
 * Switches point-in-time recovery on. SAFETY: a longer period is left as it is, because a shorter one drops history.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html (checked 2026-11-28)
 */
export const pitrChange = (
  { dynamodb, table }: TableAt,
  { recoveryPeriodDays }: Step<'pitr'>,
): Change<undefined> => ({
  operation: 'UpdateContinuousBackups',
  look: async () => {
    const reading = await readPitr(dynamodb, table);
    if (reading.kind !== 'found') return unseen(reading, 'DescribeContinuousBackups');
    const { enabled, recoveryPeriodDays: days = 0 } = reading.value;
    return enabled && days >= recoveryPeriodDays ? AS_ASKED : open(undefined);
  },
  send: async () => {
    const PointInTimeRecoverySpecification = {
      PointInTimeRecoveryEnabled: true,
      RecoveryPeriodInDays: recoveryPeriodDays,
    };
    await dynamodb.send(
      new UpdateContinuousBackupsCommand({ TableName: table, PointInTimeRecoverySpecification }),
    );
    return undefined;
  },
});

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** A policy that is to be put, and where. */
interface PolicyPut {
  readonly arn: string;
  readonly policy: string;
  readonly before: PolicyState | null;
}

const NO_POLICY = 'NO_POLICY';

/**
 * Puts the policy of a table or of its stream, under the condition that nobody has changed it since the look.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutResourcePolicy.html (checked 2026-11-28)
 */
export const policyChange = (
  { dynamodb, target, table }: TableAt,
  step: Step<'resource-policy'>,
): Change<PolicyPut> => ({
  operation: 'PutResourcePolicy',
  look: async () => {
    const described = await readDescribedTable(dynamodb, table);
    if (described.kind !== 'found') return unseen(described, 'DescribeTable');
    const { description, shape } = described.value;
    const arn = step.of === 'table' ? (description.TableArn ?? tableArn(table, target)) : shape.stream?.arn;
    if (arn === undefined) return wait('the table has no stream yet', 'PutResourcePolicy');
    const label = description.LatestStreamLabel ?? '';
    const policy = step.policy.replaceAll(STREAM_LABEL_TO_COME, () => label);
    const reading = await readPolicy(dynamodb, arn);
    if (reading.kind !== 'found') return unseen(reading, 'GetResourcePolicy');
    const before = reading.value.value;
    const isThere = before !== null && isSameJson(parsed(before.policy), parsed(policy));
    return isThere ? AS_ASKED : open({ arn, policy, before });
  },
  send: async ({ arn, policy, before }) => {
    await dynamodb.send(
      new PutResourcePolicyCommand({
        ResourceArn: arn,
        Policy: policy,
        ...(before === null && { ExpectedRevisionId: NO_POLICY }),
        ...(before?.revision !== undefined && { ExpectedRevisionId: before.revision }),
      }),
    );
    return undefined;
  },
});

/**
 * How often TTL of a table may change.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html (checked 2026-11-28)
 */
const BETWEEN_TTL_CHANGES_MS = HOUR_MS;

/** The service refuses a second change within the hour with a ValidationException that has nothing but these words for itself. */
const TOO_OFTEN = 'modified multiple times within a fixed interval';

const ttlCall = (TableName: string, AttributeName: string, Enabled: boolean) =>
  new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName, Enabled } });

/**
 * Switches TTL on. Where it is on for another attribute it is switched off, and on again in an hour at the earliest.
 */
export const ttlChange = (
  { dynamodb, table }: TableAt,
  { attribute }: Step<'ttl'>,
  clock: Pick<Clock, 'now'>,
): Change<TtlState> => ({
  operation: 'UpdateTimeToLive',
  look: async () => {
    const reading = await readTtlState(dynamodb, table);
    if (reading.kind !== 'found') return unseen(reading, 'DescribeTimeToLive');
    const { status, attribute: has } = reading.value;
    const isOn = status === 'ENABLED' || status === 'ENABLING';
    if (isOn && has === attribute) return AS_ASKED;
    if (status === 'ENABLING' || status === 'DISABLING') return wait(`TTL is ${status}`, 'UpdateTimeToLive');
    return open(reading.value);
  },
  send: async ({ status, attribute: has }) => {
    if (status !== 'ENABLED' || has === undefined) {
      await dynamodb.send(ttlCall(table, attribute, true));
      return undefined;
    }
    await dynamodb.send(ttlCall(table, has, false));
    const why = `it was on for ${has} and is off now`;
    return {
      kind: 'not-before',
      at: clock.now() + BETWEEN_TTL_CHANGES_MS,
      failure: ownFailure('not-ready', why, { operation: 'UpdateTimeToLive' }),
    };
  },
  notBefore: ({ name, failure }: FailedCall) =>
    name === 'ValidationException' && failure.message.includes(TOO_OFTEN)
      ? clock.now() + BETWEEN_TTL_CHANGES_MS
      : undefined,
});
