import type {
  AdvancedEventSelector,
  AdvancedFieldSelector,
  EventSelector,
  GetEventSelectorsCommandOutput,
} from '@aws-sdk/client-cloudtrail';
import type { FieldCondition, TrailSelector } from '../../model/trail.ts';

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
 * Given what GetEventSelectors answers, returns the selectors of the trail. At the edge a trail has those of one kind, and what a classic
 * one does not say is what the service takes it for.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html (checked 2026-11-25)
 */
export const toTrailSelectors = ({
  EventSelectors = [],
  AdvancedEventSelectors = [],
}: Pick<
  GetEventSelectorsCommandOutput,
  'EventSelectors' | 'AdvancedEventSelectors'
>): readonly TrailSelector[] => [...EventSelectors.map(toClassic), ...AdvancedEventSelectors.map(toAdvanced)];
