import { serviceFailure, validationFailure } from '../failure.ts';
import type { Context, Operation } from '../operation.ts';
import { pageBy } from '../paging.ts';
import { type Constraints, TABLE_NAME_OR_ARN, validated } from '../validation.ts';
import { createdTable } from './find.ts';
import type { Table } from './table.ts';
import type { Insights } from './table-settings.ts';

interface InsightsInput {
  readonly TableName: string;
  readonly IndexName?: string;
  readonly ContributorInsightsAction?: 'DISABLE' | 'ENABLE';
  readonly ContributorInsightsMode?: Insights['mode'];
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

const CONSTRAINTS: Constraints = {
  TableName: TABLE_NAME_OR_ARN,
  IndexName: { length: [3, 255] },
  ContributorInsightsAction: { required: true, oneOf: ['ENABLE', 'DISABLE'] },
  ContributorInsightsMode: { oneOf: ['ACCESSED_AND_THROTTLED_KEYS', 'THROTTLED_KEYS'] },
};

const statusOf = (insights: Insights | undefined, now: number): string => {
  if (!insights) return 'DISABLED';
  if (now < insights.underWayUntil) return insights.enabled ? 'ENABLING' : 'DISABLING';
  if (insights.failure) return 'FAILED';
  return insights.enabled ? 'ENABLED' : 'DISABLED';
};

/** The table, and the index where one is named. */
const subjectOf = (context: Context, input: InsightsInput): Table => {
  const table = createdTable(context, input.TableName);
  const indexes = table.definition.globalSecondaryIndexes ?? [];
  if (input.IndexName === undefined || indexes.some(({ IndexName }) => IndexName === input.IndexName)) {
    return table;
  }
  throw serviceFailure(
    'ResourceNotFoundException',
    `Requested resource not found: Table: ${table.name} has no index ${input.IndexName}`,
  );
};

const named = (table: Table, index: string | undefined): object => ({
  TableName: table.name,
  ...(index === undefined || index === '' ? {} : { IndexName: index }),
});

/** Rules of the table before it that were left behind make it fail, after a while. */
export const updateContributorInsights: Operation = (context, raw) => {
  const input = validated<InsightsInput>(raw, CONSTRAINTS);
  const table = subjectOf(context, input);
  const { account, now } = context;
  const { insightsMs, leftInsightsRules } = account.state.settings;
  const key = input.IndexName ?? '';
  const former = table.settings.insights.get(key);
  if (former && now < former.underWayUntil) {
    throw validationFailure(`Contributor Insights of ${table.name} is being changed. Please retry later`);
  }
  const enabled = input.ContributorInsightsAction === 'ENABLE';
  const mode = input.ContributorInsightsMode ?? former?.mode ?? 'ACCESSED_AND_THROTTLED_KEYS';
  const failure = {
    name: 'LimitExceededException',
    description: 'Contributor Insights rules of that name exist already.',
  };
  const insights: Insights = {
    mode,
    enabled,
    ...(enabled && leftInsightsRules.includes(table.name) ? { failure } : {}),
    changedAt: now,
    underWayUntil: now + insightsMs,
  };
  table.settings.insights.set(key, insights);
  return {
    ...named(table, key),
    ContributorInsightsStatus: statusOf(insights, now),
    ContributorInsightsMode: mode,
  };
};

const rulesOf = (table: Table, index: string | undefined): readonly string[] => {
  const kind = index === undefined ? 'PKC' : 'GSI-PKC';
  return [`DynamoDBContributorInsights-${kind}-${table.name}-${table.createdAt}`];
};

export const describeContributorInsights: Operation = (context, raw) => {
  const { TableName, IndexName } = CONSTRAINTS;
  const input = validated<InsightsInput>(raw, {
    ...(TableName && { TableName }),
    ...(IndexName && { IndexName }),
  });
  const table = subjectOf(context, input);
  const insights = table.settings.insights.get(input.IndexName ?? '');
  const status = statusOf(insights, context.now);
  return {
    ...named(table, input.IndexName),
    ContributorInsightsStatus: status,
    ...(status === 'ENABLED' ? { ContributorInsightsRuleList: rulesOf(table, input.IndexName) } : {}),
    ...(insights
      ? { LastUpdateDateTime: insights.changedAt / 1000, ContributorInsightsMode: insights.mode }
      : {}),
    ...(status === 'FAILED' && insights?.failure
      ? {
          FailureException: {
            ExceptionName: insights.failure.name,
            ExceptionDescription: insights.failure.description,
          },
        }
      : {}),
  };
};

const PAGE_SIZE = 100;

/** Of one table, or of all. What was never switched on is not listed. */
export const listContributorInsights: Operation = (context, raw) => {
  const input = validated<InsightsInput>(raw, { MaxResults: { range: [0, PAGE_SIZE] } });
  const { account, now } = context;
  const tables =
    input.TableName === undefined
      ? [...account.state.tables.all()]
      : [createdTable(context, input.TableName)];
  const entries = tables.flatMap((table) =>
    [...table.settings.insights].map(([index, insights]) => ({ table, index, insights })),
  );
  const refuse = (): Error => validationFailure('Invalid NextToken');
  const size = input.MaxResults ? input.MaxResults : PAGE_SIZE;
  const wanted = { token: input.NextToken, size, refuse };
  const { page, token } = pageBy(account, entries, ({ table, index }) => `${table.name} ${index}`, wanted);
  return {
    ContributorInsightsSummaries: page.map(({ table, index, insights }) => ({
      ...named(table, index),
      ContributorInsightsStatus: statusOf(insights, now),
      ContributorInsightsMode: insights.mode,
    })),
    ...(token === undefined ? {} : { NextToken: token }),
  };
};
