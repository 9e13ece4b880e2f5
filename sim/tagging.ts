import type { SimAccount } from './account.ts';
import { parseBackupArn } from './arn.ts';
import { statusOf, type Table, type Tags } from './dynamodb/table.ts';
import { changeTags } from './dynamodb/tags.ts';
import { serviceFailure } from './failure.ts';
import { type Context, type Operation, type Operations, pageSize } from './operation.ts';

interface TagFilter {
  readonly Key?: string;
  readonly Values?: readonly string[];
}

const MAX_FILTERS = 50;
const MAX_VALUES = 20;

const invalidParameter = (message: string): Error => serviceFailure('InvalidParameterException', message);

const refuseTooManyFilters = (filters: readonly TagFilter[]): void => {
  if (filters.length > MAX_FILTERS) throw invalidParameter(`At most ${MAX_FILTERS} tag filters are allowed`);
  if (filters.some((filter) => (filter.Values?.length ?? 0) > MAX_VALUES)) {
    throw invalidParameter(`At most ${MAX_VALUES} values are allowed in a tag filter`);
  }
};

/** Every key must be there, with one of its values; a key without values with any. */
const passesFilters = (tags: Tags, filters: readonly TagFilter[]): boolean =>
  filters.every(({ Key: key = '', Values: values = [] }) => {
    const value = tags[key];
    return value !== undefined && (values.length === 0 || values.includes(value));
  });

/** `dynamodb` and `dynamodb:table` are what this account has. Other services' types are right, and find nothing. */
const wantsTables = (types: readonly string[]): boolean => {
  const wrong = types.find(
    (type) => !/^[a-z0-9-]+(:[a-zA-Z0-9-]+)?$/.test(type) || /^dynamodb:(?!table$)/.test(type),
  );
  if (wrong !== undefined) throw invalidParameter(`The resource type ${wrong} is not supported`);
  return types.length === 0 || types.some((type) => type === 'dynamodb' || type === 'dynamodb:table');
};

const LIFE_MS = 15 * 60_000;

interface Place {
  readonly after: string;
  readonly issuedAt: number;
}

/** Writes a token that says after which ARN to go on. It is valid for 15 minutes. */
const writeToken = (after: string, issuedAt: number): string =>
  Buffer.from(JSON.stringify({ after, issuedAt } satisfies Place)).toString('base64');

const parseToken = (token: string): Partial<Place> => {
  try {
    return JSON.parse(Buffer.from(token, 'base64').toString('utf8')) as Partial<Place>;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    return {};
  }
};

const readToken = (token: string | undefined, now: number): string | undefined => {
  if (token === undefined || token === '') return undefined;
  const { after, issuedAt } = parseToken(token);
  if (after === undefined || issuedAt === undefined) throw invalidParameter('PaginationToken is invalid');
  if (now - issuedAt > LIFE_MS) {
    throw serviceFailure('PaginationTokenExpiredException', 'The pagination token has expired');
  }
  return after;
};

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
const getResources: Operation = ({ account, now }, raw) => {
  const input = raw as GetResourcesInput;
  refuseUnfit(input);
  if (input.ResourceARNList) return listed(account, input.ResourceARNList);
  const after = readToken(input.PaginationToken, now);
  // Only the first page may be empty: a second empty one would end with the token of the first.
  const least = input.PaginationToken ? 1 : 0;
  const size = Math.max(least, pageSize(account, input.ResourcesPerPage ?? MAX_PER_PAGE));
  const arns = foundArns(account, input, after, size);
  const page = arns.slice(0, size);
  return {
    PaginationToken: arns.length > size ? writeToken(page.at(-1) ?? after ?? '', now) : '',
    ResourceTagMappingList: page.map((arn) => describe(account, arn)),
  };
};

const knownTags = (account: SimAccount): Tags[] =>
  [...account.state.tagIndex.arnsAfter(undefined)].map((arn) => account.state.tagIndex.get(arn) ?? {});

/** All keys, on one page. */
const getTagKeys: Operation = ({ account }) => ({
  PaginationToken: '',
  TagKeys: [...new Set(knownTags(account).flatMap((tags) => Object.keys(tags)))].sort(),
});

/** All values of a key, on one page. */
const getTagValues: Operation = ({ account }, input) => {
  const values = knownTags(account).map((tags) => tags[String(input.Key)]);
  const present = values.filter((value) => value !== undefined);
  return { PaginationToken: '', TagValues: [...new Set(present)].sort() };
};

interface ChangeInput {
  readonly ResourceARNList?: readonly string[];
  readonly Tags?: Readonly<Record<string, string>>;
  readonly TagKeys?: readonly string[];
}

const MAX_RESOURCES = 20;

const tableByArn = (account: SimAccount, arn: string, now: number): Table | undefined => {
  const parts = parseBackupArn(arn);
  const table = parts && parts.backupId === undefined ? account.state.tables.get(parts.tableName) : undefined;
  return table && table.arn === arn && statusOf(table, now) !== 'CREATING' ? table : undefined;
};

const notFound = (arn: string) => ({
  StatusCode: 400,
  ErrorCode: 'InvalidParameterException',
  ErrorMessage: `Requested resource not found: ${arn}`,
});

/** Resources that could not be changed are named in the answer; the call itself goes well. */
const changeAll = (
  { account, now }: Context,
  arns: readonly string[],
  change: (tags: Tags) => Tags,
): object => {
  if (arns.length < 1 || arns.length > MAX_RESOURCES) {
    throw invalidParameter(`ResourceARNList must hold between 1 and ${MAX_RESOURCES} ARNs`);
  }
  const failed: [string, object][] = [];
  for (const arn of arns) {
    const table = tableByArn(account, arn, now);
    if (table) changeTags(account, table, change(table.tags), account.state.settings.tagLagMs);
    else failed.push([arn, notFound(arn)]);
  }
  return { FailedResourcesMap: Object.fromEntries(failed) };
};

const tagResources: Operation = (context, raw) => {
  const input = raw as ChangeInput;
  return changeAll(context, input.ResourceARNList ?? [], (tags) => ({ ...tags, ...input.Tags }));
};

const untagResources: Operation = (context, raw) => {
  const input = raw as ChangeInput;
  const removed = new Set(input.TagKeys);
  return changeAll(context, input.ResourceARNList ?? [], (tags) =>
    Object.fromEntries(Object.entries(tags).filter(([key]) => !removed.has(key))),
  );
};

export const TAGGING_OPERATIONS: Operations = {
  GetResources: getResources,
  GetTagKeys: getTagKeys,
  GetTagValues: getTagValues,
  TagResources: tagResources,
  UntagResources: untagResources,
};
