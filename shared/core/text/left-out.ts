import { assertNever } from '../../model/errors.ts';
import { failureText } from '../../model/failure.ts';
import type { Drift, EmissionRefusal, LeftOut } from '../../model/infrastructure-code.ts';
import type { SettingFacet } from '../../model/table-settings.ts';
import { capped, counted } from './words.ts';

/** A service's own words are cut here, in characters. */
const REASON_CHARS = 300;

const FACETS: Readonly<Record<SettingFacet, string>> = {
  shape: 'keys, indexes and billing',
  tags: 'tags',
  ttl: 'TTL',
  pitr: 'point-in-time recovery',
  'resource-policy': 'the resource policy',
  'stream-policy': "the stream's policy",
  insights: 'Contributor Insights',
  kinesis: 'the Kinesis destination',
  'auto-scaling': 'auto scaling',
  replicas: 'replicas',
  attachments: 'alarms, event source mappings and pipes',
};

const unreadText = ({ facet, failure }: Extract<LeftOut, { kind: 'unread' }>): string =>
  `${FACETS[facet]}, which could not be read: ${capped(failureText(failure), REASON_CHARS)}`;

/** Writes what infrastructure code does not hold, and why. */
export const leftOutText = (one: LeftOut): string => {
  switch (one.kind) {
    case 'unread':
      return unreadText(one);
    case 'warm-throughput':
      return 'warm throughput, which grows with use and cannot go down again, so that no figure stays true';
    case 'second-kinesis-stream':
      return `a second Kinesis stream, ${one.streamArn}; the definition has room for one`;
    case 'scaling-policy':
      return `the scaling policy ${one.name}, which does not track a target`;
    case 'scheduled-action':
      return `the scheduled action ${one.name}, which cannot be imported`;
    case 'replicas':
      return `replicas in ${one.regions.join(', ')}, which stay as they are until they are written here`;
    case 'attachments':
      return `${counted(one.count, 'alarm, mapping or pipe', 'alarms, mappings and pipes')} that the cut-over moves`;
    default:
      return assertNever(one);
  }
};

/** Writes what infrastructure code will see of a table that kept its name. */
export const driftText = (one: Drift): string => {
  switch (one.kind) {
    case 'stream-arn':
      return `The stream has a new ARN, ${one.is}${one.was === undefined ? '' : `; it was ${one.was}`}. Whoever holds the old one reads nothing new.`;
    case 'setting':
      return `Not as it was: ${FACETS[one.facet]}.`;
    case 'unread':
      return `Not known: ${unreadText({ ...one, kind: 'unread' })}`;
    default:
      return assertNever(one);
  }
};

/** Writes why no infrastructure code was written, and what to do. */
export const refusalText = (refusal: EmissionRefusal): string => {
  switch (refusal.kind) {
    case 'shape-unread':
      return `No code was written, because the table could not be read: ${capped(failureText(refusal.failure), REASON_CHARS)}`;
    case 'capacity-unread':
      return 'No code was written, because the table is provisioned and its capacity is not known. Read it again.';
    case 'scaling-unread':
      return (
        'No code was written, because a global table with provisioned capacity holds its auto scaling in its definition, and that could not be read: ' +
        capped(failureText(refusal.failure), REASON_CHARS)
      );
    case 'writes-not-scaled':
      return (
        'No code was written: a global table with provisioned capacity has to scale its writes, on the table and on each index, and this one does not. ' +
        'Put auto scaling of writes back first, or switch the table to on-demand.'
      );
    case 'index-keys':
      return (
        `No code was written: the index ${refusal.index} has several attributes in a part of its key, and no argument for that is in the provider's schema that this ` +
        'was made for (hashicorp/aws 6.25.0). Use --emit cloudformation.'
      );
    case 'template-unreadable':
      return `No code was written, because the template of the stack ${refusal.stack} cannot be read or has no resources. Leave out --stack for the resource alone.`;
    case 'in-stack':
      return `Nothing is to be imported: the stack ${refusal.stack} holds a table of that name as ${refusal.logicalId}. Look at its drift instead.`;
    case 'replicas-not-retained':
      return (
        `Stop: the stack ${refusal.stack} makes replicas with ${refusal.logicalIds.join(', ')} (Custom::DynamoDBReplica), and deletes them when the old table leaves it. ` +
        'Deploy DeletionPolicy Retain on each of them first.'
      );
    default:
      return assertNever(refusal);
  }
};
