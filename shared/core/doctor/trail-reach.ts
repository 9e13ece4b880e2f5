import type { FieldCondition, TrailSelector } from '../../model/trail.ts';
import { TELLING_CALLS } from '../hint/table-of-event.ts';

/** How many of the calls that change tables a trail logs; `some` also when it depends on more than the call. */
export type TrailReach = 'all' | 'some' | 'none';

/** The fields of a call that changes a table that are the same in every CloudTrail event of it. */
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
 * Determines how many of the calls that trigger the audit of a table a trail logs. One selector that logs a call is
 * enough. A condition on a field that differs between such events makes it `some`; without selectors it is `none`.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html (checked 2026-11-25)
 */
export const trailReach = (selectors: readonly TrailSelector[]): TrailReach => {
  const answers = TELLING_CALLS.map((call) => selectors.map((selector) => takesIn(selector, toldOf(call))));
  if (answers.every((ofCall) => ofCall.includes('yes'))) return 'all';
  return answers.some((ofCall) => ofCall.some((answer) => answer !== 'no')) ? 'some' : 'none';
};
