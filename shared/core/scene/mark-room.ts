import type { TableTags } from '../../model/table.ts';
import { POINT_TAG } from '../../model/vault-tag.ts';

/**
 * A recovery point carries the tags of its table and those that it is given; with more than these its job fails.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html (checked 2026-11-28): 50 tags
 */
const MOST_TAGS = 50;

/** Whether a recovery point of a table with these tags takes the one that says whose it is. */
export const hasRoomForMark = (tags: TableTags): boolean =>
  new Set([...Object.keys(tags).filter((key) => !key.startsWith('aws:')), POINT_TAG]).size <= MOST_TAGS;
