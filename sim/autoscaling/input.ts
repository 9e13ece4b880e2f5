import type { SimAccount } from '../account.ts';
import type { Input } from '../call.ts';
import { type ServiceFailure, serviceFailure } from '../failure.ts';
import { pageBy } from '../paging.ts';
import { type Constraints, validated } from '../validation.ts';
import type { Place } from './scaling.ts';

export const NAMESPACE = {
  ServiceNamespace: {
    required: true,
    oneOf: ['dynamodb', 'ecs', 'ec2', 'lambda', 'rds', 'sagemaker', 'kafka', 'elasticache', 'cassandra'],
  },
} as const;

export const DIMENSIONS = [
  'dynamodb:table:ReadCapacityUnits',
  'dynamodb:table:WriteCapacityUnits',
  'dynamodb:index:ReadCapacityUnits',
  'dynamodb:index:WriteCapacityUnits',
] as const;

export const PLACE: Constraints = {
  ...NAMESPACE,
  ResourceId: { required: true, length: [1, 1600] },
  ScalableDimension: { required: true, oneOf: DIMENSIONS },
};

/** Reads the place that a change is about. */
export const placeOf = (input: Input): Place => {
  const { ServiceNamespace, ResourceId, ScalableDimension } = validated<{
    readonly ServiceNamespace: string;
    readonly ResourceId: string;
    readonly ScalableDimension: Place['dimension'];
  }>(input, PLACE);
  const isIndex = /^table\/[^/]+\/index\/[^/]+$/.test(ResourceId);
  if (isIndex === ScalableDimension.startsWith('dynamodb:table')) {
    throw serviceFailure(
      'ValidationException',
      `Unsupported service namespace, resource type or scalable dimension`,
    );
  }
  return { namespace: ServiceNamespace, resourceId: ResourceId, dimension: ScalableDimension };
};

interface Filter {
  readonly ServiceNamespace: string;
  readonly ScalableDimension?: string;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

const invalidToken = (): ServiceFailure =>
  serviceFailure('InvalidNextTokenException', 'The next token supplied was invalid');

const PAGE_SIZE = 50;

/** Lists what stands at the places asked for, in pages. */
export const listed = <T extends Place>(
  account: SimAccount,
  found: ReadonlyMap<string, T>,
  raw: Input,
  isWanted: (value: T) => boolean,
): { readonly page: readonly T[]; readonly next: object } => {
  const input = validated<Filter>(raw, {
    ...NAMESPACE,
    ScalableDimension: { oneOf: DIMENSIONS },
    MaxResults: { range: [1, PAGE_SIZE] },
  });
  const entries = [...found].filter(
    ([, value]) =>
      value.namespace === input.ServiceNamespace &&
      (input.ScalableDimension ?? value.dimension) === value.dimension &&
      isWanted(value),
  );
  const wanted = { token: input.NextToken, size: input.MaxResults ?? PAGE_SIZE, refuse: invalidToken };
  const { page, token } = pageBy(account, entries, ([key]) => key, wanted);
  return { page: page.map(([, value]) => value), next: token === undefined ? {} : { NextToken: token } };
};

/** A list of names in an input, or undefined when there is none: then all are wanted. */
export const namesIn = (value: unknown): ReadonlySet<string> | undefined =>
  Array.isArray(value) && value.length > 0 ? new Set(value as readonly string[]) : undefined;
