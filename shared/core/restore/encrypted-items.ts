import type { Item } from '../../model/restore.ts';

/**
 * What the AWS Database Encryption SDK and the DynamoDB Encryption Client before it add to each item that they encrypt.
 * @see https://docs.aws.amazon.com/database-encryption-sdk/latest/devguide/ddb-java-using.html (checked 2026-11-29)
 */
const ADDED = ['aws_dbe_head', 'aws_dbe_foot', '*amzn-ddb-map-desc*', '*amzn-ddb-map-sig*'];

/** Says whether an application encrypted an item, with the name of its table: it cannot be read under another one. */
export const isClientSideEncrypted = (item: Item): boolean => ADDED.some((name) => name in item);
