import * as z from 'zod/mini';
import { isFields, parsedJson } from '../../model/shape.ts';

/** What a tag policy says of one tag on tables. */
export interface TagRule {
  /** The key, as it has to be written. */
  readonly key: string;
  /** What its values may be, each with at most one `*` for anything; absent where any value will do. */
  readonly values?: readonly string[];
  /** Whether another tag is refused on tables, and not only reported. */
  readonly isEnforced: boolean;
}

/** Either way of naming tables, all of DynamoDB included. */
const TABLES = new Set(['dynamodb:table', 'dynamodb:*', 'dynamodb:all_supported']);

/** A document that was not merged yet says the same one level down. */
const assigned = (value: unknown): unknown =>
  isFields(value) && '@@assign' in value ? value['@@assign'] : value;

const assignable = <Schema extends z.ZodMiniType>(schema: Schema) => z.pipe(z.transform(assigned), schema);

const texts = z.array(z.string());

const statementSchema = z.looseObject({
  tag_key: assignable(z.nullish(z.string())),
  tag_value: assignable(z.optional(texts)),
  enforced_for: assignable(z.nullish(texts)),
});

const documentSchema = z.looseObject({ tags: z.optional(z.record(z.string(), z.unknown())) });

const toRule = (policyKey: string, statement: unknown): TagRule | undefined => {
  const read = statementSchema.safeParse(statement);
  if (!read.success) return undefined;
  const { tag_key, tag_value: values = [], enforced_for } = read.data;
  return {
    key: tag_key ?? policyKey.toLowerCase(),
    ...(values.length > 0 && { values }),
    isEnforced: (enforced_for ?? []).some((type) => TABLES.has(type.toLowerCase())),
  };
};

/**
 * Given the document of a tag policy that is in force and a tag's key, returns the rule for it: `silent` where there is none, `unclear` for a
 * document of another form. At the edge keys are found whatever their case, which is what the rule is about; a rule without a key of its
 * own wants it in lower case, and one without values takes any.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_example-tag-policies.html (checked 2026-11-25)
 */
export const tagRuleOf = (document: string, tagKey: string): TagRule | 'silent' | 'unclear' => {
  const policy = documentSchema.safeParse(parsedJson(document));
  if (!policy.success) return 'unclear';
  const { tags = {} } = policy.data;
  const found = Object.entries(tags).find(([key]) => key.toLowerCase() === tagKey.toLowerCase());
  if (found === undefined) return 'silent';
  const [policyKey, statement] = found;
  return toRule(policyKey, statement) ?? 'unclear';
};

const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** Given a rule and a value, returns whether the rule lets a tag have it. At the edge case counts, and `*` stands for anything or nothing. */
export const allowsValue = ({ values }: TagRule, value: string): boolean =>
  values === undefined ||
  values.some((pattern) => new RegExp(`^${pattern.split('*').map(literally).join('.*')}$`, 's').test(value));
