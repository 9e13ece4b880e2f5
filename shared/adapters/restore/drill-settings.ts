import { ownFailure } from '../../model/failure.ts';
import type { SettingGap } from '../../model/manifest.ts';
import type { SettingStep, StepOutcome } from '../../model/restore.ts';
import type { TableSettings } from '../../model/table-settings.ts';
import type { Target } from '../../model/target.ts';
import type { SettingsReader, SettingsWriter } from '../../ports/restore.ts';
import { type ClientOptions, createDynamoDBClient, createSettingsClient } from '../aws/clients.ts';
import { readTableTags } from '../aws/table-tags.ts';
import { makeChange } from './change.ts';
import { type TableAt, tagsChange } from './change-plain.ts';
import { askClass, askStream, tableChange } from './change-table.ts';
import { readDescribedTable } from './described-table.ts';

const GONE = (operation: string) => ownFailure('not-there', 'the service does not find it', { operation });

/**
 * Creates a reader of what drills look at: the shape of a table, and its tags where they are asked for. It needs the client of DynamoDB alone, where the
 * reader of all settings needs five.
 */
export const createDrillSettingsReader = (options: ClientOptions, target: Target): SettingsReader => {
  const dynamodb = createDynamoDBClient(options);
  return {
    read: async (table, facets = ['shape', 'tags']) => {
      const described = await readDescribedTable(dynamodb, table);
      if (described.kind !== 'found') {
        const failure = described.kind === 'unreadable' ? described.failure : GONE('DescribeTable');
        return { settings: {}, gaps: facets.map((facet) => ({ facet, failure })) };
      }
      const settings: Partial<TableSettings> = { shape: described.value.shape };
      if (!facets.includes('tags')) return { settings, gaps: [] };
      const tags = await readTableTags(dynamodb, table, target);
      if (tags.kind === 'found') return { settings: { ...settings, tags: tags.value }, gaps: [] };
      const failure = tags.kind === 'unreadable' ? tags.failure : GONE('ListTagsOfResource');
      const gaps: readonly SettingGap[] = [{ facet: 'tags', failure }];
      return { settings, gaps };
    },
  };
};

const applied = (at: TableAt, step: SettingStep): Promise<StepOutcome> => {
  switch (step.kind) {
    case 'tags':
      return makeChange(tagsChange(at, step));
    case 'stream':
      return makeChange(tableChange(at.dynamodb, at.table, askStream(step)));
    case 'table-class':
      return makeChange(tableChange(at.dynamodb, at.table, askClass(step)));
    default:
      throw new Error(`drills put nothing back of the kind ${step.kind}`);
  }
};

/** Creates what puts back the settings that drills put back. Throws for a step of another kind, which no drill plans. */
export const createDrillSettingsWriter = (options: ClientOptions, target: Target): SettingsWriter => {
  const dynamodb = createSettingsClient(options);
  return { apply: (table, step) => applied({ dynamodb, target, table }, step) };
};
