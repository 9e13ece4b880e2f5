import {
  type DynamoDBClient,
  type SSESpecification,
  UpdateTableCommand,
  type UpdateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { SettingStep } from '../../model/restore.ts';
import type { TableShape } from '../../model/table-settings.ts';
import { AS_ASKED, blocked, type Change, type Look, open, unseen, wait } from './change.ts';
import { type DescribedTable, readDescribedTable } from './described-table.ts';

const OPERATION = 'UpdateTable';

type Update = Omit<UpdateTableCommandInput, 'TableName'>;
type Step<Kind extends SettingStep['kind']> = Extract<SettingStep, { readonly kind: Kind }>;

/** What one step asks of a table: `undefined` where it stands so already. */
type Asked = (described: DescribedTable) => Update | undefined | Look<never>;

const isLook = (asked: Update | Look<never>): asked is Look<never> => 'kind' in asked;

/** States in which the service takes no change of a table. */
const BUSY: readonly (string | undefined)[] = ['CREATING', 'DELETING', 'UPDATING'];

/**
 * Makes a step that is one UpdateTable: it is sent only to a table that is in no other change.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html (checked 2026-11-28)
 */
export const tableChange = (dynamodb: DynamoDBClient, table: string, asked: Asked): Change<Update> => ({
  operation: OPERATION,
  look: async () => {
    const reading = await readDescribedTable(dynamodb, table);
    if (reading.kind !== 'found') return unseen(reading, 'DescribeTable');
    const update = asked(reading.value);
    if (update === undefined) return AS_ASKED;
    if (isLook(update)) return update;
    const status = reading.value.description.TableStatus;
    return BUSY.includes(status) ? wait(`the table is ${status}`, OPERATION) : open(update);
  },
  send: async (update) => {
    await dynamodb.send(new UpdateTableCommand({ TableName: table, ...update }));
    return undefined;
  },
});

/** Asks for deletion protection. */
export const askProtection =
  ({ on }: Step<'deletion-protection'>): Asked =>
  ({ shape }) =>
    shape.deletionProtection === on ? undefined : { DeletionProtectionEnabled: on };

/** Asks for a stream. One of another type is not taken for it: switching it off ends what others read. */
export const askStream =
  ({ viewType }: Step<'stream'>): Asked =>
  ({ shape: { stream } }) => {
    if (stream === undefined)
      return { StreamSpecification: { StreamEnabled: true, StreamViewType: viewType } };
    if (stream.viewType === viewType) return undefined;
    return blocked(`the table has a stream of the type ${stream.viewType}`, OPERATION);
  };

/** Asks for no stream, or for none of that type. */
export const askNoStream =
  ({ viewType }: Step<'stream-off'>): Asked =>
  ({ shape: { stream } }) =>
    stream === undefined || (viewType !== undefined && stream.viewType !== viewType)
      ? undefined
      : { StreamSpecification: { StreamEnabled: false } };

/** Asks for a table class. */
export const askClass =
  ({ tableClass }: Step<'table-class'>): Asked =>
  ({ shape }) =>
    shape.tableClass === tableClass ? undefined : { TableClass: tableClass };

/** Converts encryption to what the service takes. The key that AWS manages is meant where none is named. */
export const sseOf = (encryption: TableShape['encryption']): SSESpecification => {
  if (encryption.kind === 'aws-owned') return { Enabled: false };
  const { keyArn, isAwsManaged } = encryption;
  return { Enabled: true, SSEType: 'KMS', ...(isAwsManaged !== true && { KMSMasterKeyId: keyArn }) };
};

/** A key that was named by an alias, or as the one that AWS manages, is shown by another name. */
const isEncryptedSo = ({ encryption: has }: TableShape, asked: TableShape['encryption']): boolean => {
  if (has.kind !== 'kms' || asked.kind !== 'kms') return has.kind === asked.kind;
  const isOtherName = asked.isAwsManaged === true || asked.keyArn.includes('alias/');
  return isOtherName || has.keyArn === asked.keyArn;
};

/** Asks for a key, or for none of the account's. */
export const askEncryption =
  ({ encryption }: Step<'encryption'>): Asked =>
  ({ shape, description }) => {
    if (isEncryptedSo(shape, encryption)) return undefined;
    if (description.SSEDescription?.Status === 'UPDATING') return wait('its key is being changed', OPERATION);
    return { SSESpecification: sseOf(encryption) };
  };

/** Asks for a replica. */
export const askReplica =
  ({ region, keyArn, tableClass }: Step<'replica'>): Asked =>
  ({ description }) => {
    const has = description.Replicas?.find(({ RegionName }) => RegionName === region);
    const status = has?.ReplicaStatus;
    if (status === 'ACTIVE' || status === 'UPDATING') return undefined;
    if (status === 'CREATING') return wait(`the replica in ${region} is CREATING`, OPERATION);
    if (status !== undefined)
      return blocked(
        `the replica in ${region} is ${status}: ${has?.ReplicaStatusDescription ?? ''}`,
        OPERATION,
      );
    const Create = {
      RegionName: region,
      ...(keyArn !== undefined && { KMSMasterKeyId: keyArn }),
      ...(tableClass !== undefined && { TableClassOverride: tableClass as TableShape['tableClass'] }),
    };
    return { ReplicaUpdates: [{ Create }] };
  };
