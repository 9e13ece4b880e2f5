import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ownFailure } from '../../model/failure.ts';
import type { SettingsReading } from '../../model/manifest.ts';
import type { SettingStep, StepOutcome } from '../../model/restore.ts';
import type { SettingFacet } from '../../model/table-settings.ts';
import type { Target } from '../../model/target.ts';
import type { Reading } from '../../ports/inventory.ts';
import type { SettingsReader, SettingsWriter } from '../../ports/restore.ts';
import type { Clock } from '../../ports/time.ts';
import { type ClientOptions, createDynamoDBClient, createSettingsClient } from '../aws/clients.ts';
import { readTableTags } from '../aws/table-tags.ts';
import { makeChange } from './change.ts';
import { type TableAt, tagsChange, ttlChange } from './change-plain.ts';
import { askClass, askStream, tableChange } from './change-table.ts';
import { readDescribedTable } from './described-table.ts';
import { readTtlState } from './read-facets.ts';

const GONE = (operation: string) => ownFailure('not-there', 'the service does not find it', { operation });

type Unread = Exclude<Reading<unknown>, { readonly kind: 'found' }>;

const NOTHING: SettingsReading = { settings: {}, gaps: [] };

const gapOf = (facet: SettingFacet, operation: string, reading: Unread): SettingsReading => ({
  settings: {},
  gaps: [{ facet, failure: reading.kind === 'unreadable' ? reading.failure : GONE(operation) }],
});

const readTags = async (
  dynamodb: DynamoDBClient,
  table: string,
  target: Target,
): Promise<SettingsReading> => {
  const tags = await readTableTags(dynamodb, table, target);
  return tags.kind === 'found'
    ? { settings: { tags: tags.value }, gaps: [] }
    : gapOf('tags', 'ListTagsOfResource', tags);
};

const readTtl = async (dynamodb: DynamoDBClient, table: string): Promise<SettingsReading> => {
  const ttl = await readTtlState(dynamodb, table);
  if (ttl.kind !== 'found') return gapOf('ttl', 'DescribeTimeToLive', ttl);
  const { status, attribute } = ttl.value;
  const isOn = attribute !== undefined && (status === 'ENABLED' || status === 'ENABLING');
  return { settings: { ttl: isOn ? { attribute } : null }, gaps: [] };
};

/**
 * Creates a reader of what drills look at: the shape of a table, and its tags and TTL where they are asked for. It needs the client of DynamoDB alone, where the
 * reader of all settings needs five.
 */
export const createDrillSettingsReader = (options: ClientOptions, target: Target): SettingsReader => {
  const dynamodb = createDynamoDBClient(options);
  return {
    read: async (table, facets = ['shape', 'tags', 'ttl']) => {
      const described = await readDescribedTable(dynamodb, table);
      if (described.kind !== 'found') {
        const failure = described.kind === 'unreadable' ? described.failure : GONE('DescribeTable');
        return { settings: {}, gaps: facets.map((facet) => ({ facet, failure })) };
      }
      const [tags, ttl] = await Promise.all([
        facets.includes('tags') ? readTags(dynamodb, table, target) : NOTHING,
        facets.includes('ttl') ? readTtl(dynamodb, table) : NOTHING,
      ]);
      return {
        settings: { shape: described.value.shape, ...tags.settings, ...ttl.settings },
        gaps: [...tags.gaps, ...ttl.gaps],
      };
    },
  };
};

const applied = (at: TableAt, step: SettingStep, clock: Clock): Promise<StepOutcome> => {
  switch (step.kind) {
    case 'tags':
      return makeChange(tagsChange(at, step));
    case 'stream':
      return makeChange(tableChange(at.dynamodb, at.table, askStream(step)));
    case 'table-class':
      return makeChange(tableChange(at.dynamodb, at.table, askClass(step)));
    case 'ttl':
      return makeChange(ttlChange(at, step, clock));
    default:
      throw new Error(`drills put nothing back of the kind ${step.kind}`);
  }
};

/** Creates what puts back the settings that drills put back. Throws for a step of another kind, which no drill plans. */
export const createDrillSettingsWriter = (options: ClientOptions, target: Target): SettingsWriter => {
  const dynamodb = createSettingsClient(options);
  return { apply: (table, step) => applied({ dynamodb, target, table }, step, options.clock) };
};
