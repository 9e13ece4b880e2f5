import {
  type AdvancedEventSelector,
  type AdvancedFieldSelector,
  CloudTrailClient,
  type Trail as DescribedTrail,
  DescribeTrailsCommand,
  type EventSelector,
  GetEventSelectorsCommand,
  type GetEventSelectorsCommandOutput,
  GetTrailStatusCommand,
} from '@aws-sdk/client-cloudtrail';
import { type Failure, ownFailure } from '../../model/failure.ts';
import type { FieldCondition, Trail, TrailSelector } from '../../model/trail.ts';
import type { Trails } from '../../ports/doctor.ts';
import type { Reading } from '../../ports/inventory.ts';
import { type ClientOptions, clientConfig, paceClient } from './clients.ts';
import { readPages } from './paginate.ts';
import { readingOf } from './reading.ts';

/** What is not said of a classic selector is what the service takes it for: all management events. */
const toClassic = (selector: EventSelector): TrailSelector => {
  const { ReadWriteType = 'All', IncludeManagementEvents = true, DataResources = [] } = selector;
  return {
    kind: 'classic',
    reads: ReadWriteType !== 'WriteOnly',
    writes: ReadWriteType !== 'ReadOnly',
    managementEvents: IncludeManagementEvents,
    excludedSources: selector.ExcludeManagementEventSources ?? [],
    dataResources: DataResources.map(({ Type = '', Values = [] }) => ({ type: Type, values: Values })),
  };
};

const toCondition = (selector: AdvancedFieldSelector): FieldCondition => {
  const { Field = '', Equals, StartsWith, EndsWith, NotEquals, NotStartsWith, NotEndsWith } = selector;
  return {
    field: Field,
    ...(Equals && { equals: Equals }),
    ...(StartsWith && { startsWith: StartsWith }),
    ...(EndsWith && { endsWith: EndsWith }),
    ...(NotEquals && { notEquals: NotEquals }),
    ...(NotStartsWith && { notStartsWith: NotStartsWith }),
    ...(NotEndsWith && { notEndsWith: NotEndsWith }),
  };
};

const toAdvanced = ({ Name, FieldSelectors = [] }: AdvancedEventSelector): TrailSelector => ({
  kind: 'advanced',
  ...(Name !== undefined && { name: Name }),
  conditions: FieldSelectors.map(toCondition),
});

/**
 * Converts the selectors of a trail. A trail has selectors of one kind only, and fields that a classic one omits have the service's defaults.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html (checked 2026-11-25)
 */
export const toTrailSelectors = ({
  EventSelectors = [],
  AdvancedEventSelectors = [],
}: Pick<
  GetEventSelectorsCommandOutput,
  'EventSelectors' | 'AdvancedEventSelectors'
>): readonly TrailSelector[] => [...EventSelectors.map(toClassic), ...AdvancedEventSelectors.map(toAdvanced)];

const isLogging = (
  client: CloudTrailClient,
  arn: string,
): Promise<Reading<{ readonly isLogging: boolean }>> =>
  readingOf('GetTrailStatus', async () => {
    const { IsLogging } = await client.send(new GetTrailStatusCommand({ Name: arn }));
    return IsLogging === undefined ? 'the answer does not say whether it logs' : { isLogging: IsLogging };
  });

const selectorsOf = (client: CloudTrailClient, arn: string): Promise<Reading<readonly TrailSelector[]>> =>
  readingOf('GetEventSelectors', async () =>
    toTrailSelectors(await client.send(new GetEventSelectorsCommand({ TrailName: arn }))),
  );

const gapOf = (reading: Reading<unknown>): Failure | undefined => {
  if (reading.kind === 'unreadable') return reading.failure;
  return reading.kind === 'missing' ? ownFailure('not-there', 'it is gone') : undefined;
};

/** Both are asked of the target's Region, by ARN: a trail of several Regions logs in each by itself. */
const toTrail = async (client: CloudTrailClient, described: DescribedTrail): Promise<Trail | string> => {
  const { Name = '', TrailARN: arn, HomeRegion: homeRegion, IsOrganizationTrail = false } = described;
  if (arn === undefined || homeRegion === undefined) return `an entry is no trail: ${Name}`;
  const [status, selectors] = await Promise.all([isLogging(client, arn), selectorsOf(client, arn)]);
  const gap = gapOf(status) ?? gapOf(selectors);
  return {
    name: Name,
    arn,
    homeRegion,
    ofOrganization: IsOrganizationTrail,
    ...(status.kind === 'found' && status.value),
    ...(selectors.kind === 'found' && { selectors: selectors.value }),
    ...(gap !== undefined && { gap }),
  };
};

const byName = (a: Trail, b: Trail): number => (a.arn < b.arn ? -1 : 1);

/**
 * Lists the trails that reach a Region. A trail that cannot be read completely is listed with a gap of its own, because one of the organization may
 * be visible but not readable.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html (checked 2026-11-25)
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html (checked 2026-11-25)
 */
export const createTrails = (options: ClientOptions): Trails => {
  const client = paceClient(new CloudTrailClient(clientConfig(options)), options);
  return {
    list: async () => {
      const listing = await readPages('DescribeTrails', async () => {
        const { trailList = [] } = await client.send(
          new DescribeTrailsCommand({ includeShadowTrails: true }),
        );
        const entries = await Promise.all(trailList.map((described) => toTrail(client, described)));
        return {
          items: entries.filter((entry) => typeof entry === 'object'),
          gap: entries.find((entry) => typeof entry === 'string'),
        };
      });
      return { ...listing, items: listing.items.toSorted(byName) };
    },
  };
};
