import * as z from 'zod/mini';
import { isFields, parsedJson } from '../../model/shape.ts';

/** What a tag policy requires of one tag on tables. */
export interface TagRule {
  /** The key in its required case. */
  readonly key: string;
  /** The allowed values, each with at most one `*` as a wildcard; absent when any value is allowed. */
  readonly values?: readonly string[];
  /** Whether noncompliant tags on tables are refused, not only reported. */
  readonly isEnforced: boolean;
}

/** The resource types that include tables. */
const TABLES = new Set(['dynamodb:table', 'dynamodb:*', 'dynamodb:all_supported']);

/** Unwraps `@@assign`, in which a document that was not merged yet holds its values. */
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
 * Finds the rule for a tag in a tag policy's document: `silent` when there is none, `unclear` when the document has an
 * unknown form. Keys match regardless of case, because the case is what the rule is about. A rule without a key of its
 * own requires lower case, and one without values allows any.
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

/** Checks whether the rule allows a value. Case counts, and `*` matches anything, including nothing. */
export const allowsValue = ({ values }: TagRule, value: string): boolean =>
  values === undefined ||
  values.some((pattern) => new RegExp(`^${pattern.split('*').map(literally).join('.*')}$`, 's').test(value));
