import type { SimAccount } from '../account.ts';
import { legalHoldArn } from '../arn.ts';
import type { Input } from '../call.ts';
import type { Tags } from '../dynamodb/table.ts';
import type { Operation } from '../operation.ts';
import { invalidParameter, limitExceeded, namedFailure, notFound } from './failures.ts';
import { requiredText, tagsIn } from './input.ts';
import { listed } from './listing.ts';

const MAX_TAGS = 50;

interface Tagged {
  tags: Tags;
}

/** What bears tags of AWS Backup: vaults, plans, holds and the points that it manages whole. Those that DynamoDB makes have none. */
const taggedThing = (account: SimAccount, input: Input): Tagged => {
  const { backup, settings } = account.state;
  const arn = requiredText(input, 'ResourceArn');
  if (/^arn:aws:dynamodb:.*\/backup\//.test(arn)) {
    throw namedFailure(settings.plainTags, `The resource ${arn} does not support tags`);
  }
  if (!arn.startsWith('arn:aws:backup:')) throw invalidParameter(`Invalid resource ARN: ${arn}`);
  const found =
    backup.points.find(arn) ??
    [...backup.vaults.values()].find((vault) => vault.arn === arn) ??
    [...backup.plans.values()].find((plan) => plan.arn === arn) ??
    [...backup.legalHolds.values()].find(({ id }) => legalHoldArn(account, id) === arn);
  if (!found) throw notFound(`Cannot find resource ${arn}`);
  return found;
};

export const listTags: Operation = ({ account }, input) => {
  const tags = Object.entries(taggedThing(account, input).tags);
  const list = { name: 'Tags', values: tags, keyOf: ([key]: (typeof tags)[number]) => key };
  const { Tags: page, ...rest } = listed(account, input, {
    ...list,
    shapeOf: ([Key, Value]) => ({ Key, Value }),
  }) as { readonly Tags: readonly { readonly Key: string; readonly Value: string }[] };
  return { Tags: Object.fromEntries(page.map(({ Key, Value }) => [Key, Value])), ...rest };
};

export const tagResource: Operation = ({ account }, input) => {
  const thing = taggedThing(account, input);
  const tags = { ...thing.tags, ...tagsIn(input, 'Tags') };
  if (Object.keys(tags).length > MAX_TAGS) throw limitExceeded('More than 50 tags specified');
  thing.tags = tags;
  return {};
};

export const untagResource: Operation = ({ account }, input) => {
  const thing = taggedThing(account, input);
  const keys = Array.isArray(input.TagKeyList) ? input.TagKeyList.map(String) : [];
  thing.tags = Object.fromEntries(Object.entries(thing.tags).filter(([key]) => !keys.includes(key)));
  return {};
};
