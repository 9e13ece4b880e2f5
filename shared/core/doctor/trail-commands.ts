import type { Command } from '../../model/advice.ts';
import type { FieldCondition, Trail, TrailSelector } from '../../model/trail.ts';
import { asciiJson } from '../text/ascii-json.ts';

/** The most classic selectors that a trail can have. */
const MAX_CLASSIC = 5;

const fieldOf = (condition: FieldCondition): object => ({
  Field: condition.field,
  Equals: condition.equals,
  StartsWith: condition.startsWith,
  EndsWith: condition.endsWith,
  NotEquals: condition.notEquals,
  NotStartsWith: condition.notStartsWith,
  NotEndsWith: condition.notEndsWith,
});

const readWriteOf = (reads: boolean, writes: boolean): string => {
  if (reads && writes) return 'All';
  return writes ? 'WriteOnly' : 'ReadOnly';
};

const wireOf = (selector: TrailSelector): object => {
  if (selector.kind === 'advanced')
    return { Name: selector.name, FieldSelectors: selector.conditions.map(fieldOf) };
  const { reads, writes, managementEvents, dataResources, excludedSources } = selector;
  return {
    ReadWriteType: readWriteOf(reads, writes),
    IncludeManagementEvents: managementEvents,
    DataResources: dataResources.map(({ type, values }) => ({ Type: type, Values: values })),
    ExcludeManagementEventSources: excludedSources,
  };
};

const ADVANCED: TrailSelector = {
  kind: 'advanced',
  name: 'Calls that change something',
  conditions: [
    { field: 'eventCategory', equals: ['Management'] },
    { field: 'readOnly', equals: ['false'] },
  ],
};

const CLASSIC: TrailSelector = {
  kind: 'classic',
  reads: false,
  writes: true,
  managementEvents: true,
  excludedSources: [],
  dataResources: [],
};

const cloudtrail = (operation: string, region: string, ...options: Command): Command => [
  ...['aws', 'cloudtrail', operation, '--region', region],
  ...options,
];

/** One way to change something: a description and the command. */
export interface Way {
  readonly advice: string;
  readonly command: Command;
}

/**
 * Builds the command that makes a trail log calls that change something, in addition to everything it logs now, because
 * a put replaces all selectors. For a trail without room for another selector, the command only shows them.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html (checked 2026-11-25)
 */
export const wayToWiden = (trail: Trail, selectors: readonly TrailSelector[]): Way => {
  const isAdvanced = selectors.every(({ kind }) => kind === 'advanced');
  if (!isAdvanced && selectors.length >= MAX_CLASSIC)
    return {
      advice: `let one of the selectors of ${trail.name} take in management events that write, for there is no room for one more`,
      command: cloudtrail('get-event-selectors', trail.homeRegion, '--trail-name', trail.name),
    };
  const wanted = [...selectors, isAdvanced ? ADVANCED : CLASSIC].map(wireOf);
  const option = isAdvanced ? '--advanced-event-selectors' : '--event-selectors';
  return {
    advice: `let ${trail.name} take in calls that change something, beside what it takes in now`,
    command: cloudtrail(
      'put-event-selectors',
      trail.homeRegion,
      ...['--trail-name', trail.name, option, asciiJson(wanted)],
    ),
  };
};

/** Builds the command that makes a trail log. */
export const wayToStart = ({ name, homeRegion }: Trail): Way => ({
  advice: `start ${name}`,
  command: cloudtrail('start-logging', homeRegion, '--name', name),
});

/** Builds the commands that create a trail with this home Region and start it; a person has to fill in the bucket. */
export const createCommands = (region: string): readonly Command[] => [
  cloudtrail(
    'create-trail',
    region,
    ...['--name', 'management-events', '--is-multi-region-trail', '--s3-bucket-name', 'BUCKET'],
  ),
  cloudtrail('start-logging', region, '--name', 'management-events'),
];
