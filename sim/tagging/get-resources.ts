import type { SimAccount } from '../account.ts';
import type { Operation } from '../operation.ts';
import { pageSize } from '../operation.ts';
import {
  invalidParameter,
  passesFilters,
  refuseTooManyFilters,
  type TagFilter,
  wantsTables,
} from './filters.ts';
import { readToken, writeToken } from './page-token.ts';

interface GetResourcesInput {
  readonly PaginationToken?: string;
  readonly TagFilters?: readonly TagFilter[];
  readonly ResourcesPerPage?: number;
  readonly ResourceTypeFilters?: readonly string[];
  readonly ResourceARNList?: readonly string[];
}

const MAX_PER_PAGE = 100;

const describe = (account: SimAccount, arn: string): object => {
  const tags = Object.entries(account.state.tagIndex.get(arn) ?? {});
  return { ResourceARN: arn, Tags: tags.map(([key, value]) => ({ Key: key, Value: value })) };
};

const refuseUnfit = (input: GetResourcesInput): void => {
  const { ResourcesPerPage: perPage = MAX_PER_PAGE, ResourceARNList: arns } = input;
  if (perPage < 1 || perPage > MAX_PER_PAGE) {
    throw invalidParameter(`ResourcesPerPage must be between 1 and ${MAX_PER_PAGE}`);
  }
  refuseTooManyFilters(input.TagFilters ?? []);
  const others = [input.TagFilters, input.ResourceTypeFilters, input.ResourcesPerPage, input.PaginationToken];
  if (arns && others.some((other) => other !== undefined)) {
    throw invalidParameter('ResourceARNList cannot be combined with filters or paging');
  }
};

const listed = (account: SimAccount, arns: readonly string[]): object => ({
  PaginationToken: '',
  ResourceTagMappingList: arns
    .filter((arn) => account.state.tagIndex.get(arn) !== undefined)
    .map((arn) => describe(account, arn)),
});

/** The ARNs of a page, and one more where there is one. */
const foundArns = (
  account: SimAccount,
  input: GetResourcesInput,
  after: string | undefined,
  size: number,
): string[] => {
  const { tagIndex } = account.state;
  const arns: string[] = [];
  if (!wantsTables(input.ResourceTypeFilters ?? [])) return arns;
  for (const arn of tagIndex.arnsAfter(after)) {
    if (passesFilters(tagIndex.get(arn) ?? {}, input.TagFilters ?? [])) arns.push(arn);
    if (arns.length > size) break;
  }
  return arns;
};

/** Tables that are tagged or once were, and for hours those that are deleted. A page may be short while more follow. */
export const getResources: Operation = ({ account, now }, raw) => {
  const input = raw as GetResourcesInput;
  refuseUnfit(input);
  if (input.ResourceARNList) return listed(account, input.ResourceARNList);
  const after = readToken(input.PaginationToken, now);
  const size = pageSize(account, input.ResourcesPerPage ?? MAX_PER_PAGE);
  const arns = foundArns(account, input, after, size);
  const page = arns.slice(0, size);
  return {
    PaginationToken: arns.length > size ? writeToken(page.at(-1) ?? after ?? '', now) : '',
    ResourceTagMappingList: page.map((arn) => describe(account, arn)),
  };
};
