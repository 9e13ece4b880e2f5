import type { Tags } from './dynamodb/table.ts';
import { indexAfter } from './sorted.ts';

/** What the tagging API knows: resources that are tagged or once were, by ARN. */
export interface TagIndex {
  get(arn: string): Tags | undefined;
  /** `owner` distinguishes tables that have the same ARN one after the other. */
  set(arn: string, tags: Tags, owner: string): void;
  /** Does nothing when the entry belongs to another owner by now. */
  remove(arn: string, owner: string): void;
  /** The ARNs greater than the given one, in order. */
  arnsAfter(arn: string | undefined): Iterable<string>;
}

export const createTagIndex = (): TagIndex => {
  const byArn = new Map<string, { readonly tags: Tags; readonly owner: string }>();
  let sorted: readonly string[] | undefined;
  return {
    get: (arn) => byArn.get(arn)?.tags,
    set(arn, tags, owner) {
      if (!byArn.has(arn)) sorted = undefined;
      byArn.set(arn, { tags, owner });
    },
    remove(arn, owner) {
      if (byArn.get(arn)?.owner !== owner) return;
      byArn.delete(arn);
      sorted = undefined;
    },
    *arnsAfter(arn) {
      sorted ??= [...byArn.keys()].sort();
      const arns = sorted;
      for (let index = indexAfter(arns, arn); index < arns.length; index += 1) yield arns[index] ?? '';
    },
  };
};
