import type { FieldCondition, TrailSelector } from '../../model/trail.ts';
import { TELLING_CALLS } from '../hint/table-of-event.ts';

/** How much of the calls that change tables a trail takes in; `some` also where it depends on more than the call. */
export type TrailReach = 'all' | 'some' | 'none';

/** A call that changes a table, as CloudTrail tells of it. What else its event holds differs from call to call. */
type Told = Readonly<Record<string, string>>;

const toldOf = (call: string): Told => ({
  eventCategory: 'Management',
  eventName: call,
  eventSource: 'dynamodb.amazonaws.com',
  eventType: 'AwsApiCall',
  readOnly: 'false',
});

type Answer = 'yes' | 'no' | 'depends';

const isMet = (value: string, condition: FieldCondition): boolean => {
  const { equals, startsWith, endsWith, notEquals = [], notStartsWith = [], notEndsWith = [] } = condition;
  const isOne =
    (equals === undefined && startsWith === undefined && endsWith === undefined) ||
    (equals?.includes(value) ?? false) ||
    (startsWith?.some((start) => value.startsWith(start)) ?? false) ||
    (endsWith?.some((end) => value.endsWith(end)) ?? false);
  const isOut =
    notEquals.includes(value) ||
    notStartsWith.some((start) => value.startsWith(start)) ||
    notEndsWith.some((end) => value.endsWith(end));
  return isOne && !isOut;
};

const ofConditions = (conditions: readonly FieldCondition[], told: Told): Answer => {
  const values = conditions.map((condition) => ({ condition, value: told[condition.field] }));
  if (values.some(({ value, condition }) => value !== undefined && !isMet(value, condition))) return 'no';
  return values.some(({ value }) => value === undefined) ? 'depends' : 'yes';
};

const takesIn = (selector: TrailSelector, told: Told): Answer => {
  if (selector.kind === 'advanced') return ofConditions(selector.conditions, told);
  const { writes, managementEvents, excludedSources } = selector;
  return writes && managementEvents && !excludedSources.includes(told.eventSource ?? '') ? 'yes' : 'no';
};

/**
 * Given the selectors of a trail, returns how much it takes in of the calls that wake the audit of a table. One selector that takes a call in
 * is enough. At the edge a condition on a field that is not the same for every such call makes it `some`, and no selectors take in nothing.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html (checked 2026-11-25)
 */
export const trailReach = (selectors: readonly TrailSelector[]): TrailReach => {
  const answers = TELLING_CALLS.map((call) => selectors.map((selector) => takesIn(selector, toldOf(call))));
  if (answers.every((ofCall) => ofCall.includes('yes'))) return 'all';
  return answers.some((ofCall) => ofCall.some((answer) => answer !== 'no')) ? 'some' : 'none';
};
