/** What a tag policy says of one tag on tables. */
export interface TagRule {
  /** The key, as it has to be written. */
  readonly key: string;
  /** What its values may be, each with at most one `*` for anything; absent where any value will do. */
  readonly values?: readonly string[];
  /** Whether another tag is refused on tables, and not only reported. */
  readonly isEnforced: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** Either way of naming tables, all of DynamoDB included. */
const TABLES = new Set(['dynamodb:table', 'dynamodb:*', 'dynamodb:all_supported']);

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

/** A document that was not merged yet says the same one level down. */
const assigned = (value: unknown): unknown =>
  isFields(value) && '@@assign' in value ? value['@@assign'] : value;

const toRule = (policyKey: string, statement: Fields): TagRule | undefined => {
  const { tag_key, tag_value, enforced_for } = statement;
  const key = assigned(tag_key) ?? policyKey.toLowerCase();
  const values = assigned(tag_value);
  const types = assigned(enforced_for) ?? [];
  if (typeof key !== 'string' || !isTexts(types) || !(values === undefined || isTexts(values)))
    return undefined;
  return {
    key,
    ...(values !== undefined && values.length > 0 && { values }),
    isEnforced: types.some((type) => TABLES.has(type.toLowerCase())),
  };
};

const parsed = (document: string): unknown => {
  try {
    return JSON.parse(document);
  } catch {
    return undefined;
  }
};

/**
 * Given the document of a tag policy that is in force and a tag's key, returns the rule for it: `silent` where there is none, `unclear` for a
 * document of another form. At the edge keys are found whatever their case, which is what the rule is about; a rule without a key of its
 * own wants it in lower case, and one without values takes any.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_example-tag-policies.html (checked 2026-11-25)
 */
export const tagRuleOf = (document: string, tagKey: string): TagRule | 'silent' | 'unclear' => {
  const policy = parsed(document);
  if (!isFields(policy)) return 'unclear';
  const { tags = {} } = policy;
  if (!isFields(tags)) return 'unclear';
  const found = Object.entries(tags).find(([key]) => key.toLowerCase() === tagKey.toLowerCase());
  if (found === undefined) return 'silent';
  const [policyKey, statement] = found;
  return (isFields(statement) ? toRule(policyKey, statement) : undefined) ?? 'unclear';
};

const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** Given a rule and a value, returns whether the rule lets a tag have it. At the edge case counts, and `*` stands for anything or nothing. */
export const allowsValue = ({ values }: TagRule, value: string): boolean =>
  values === undefined ||
  values.some((pattern) => new RegExp(`^${pattern.split('*').map(literally).join('.*')}$`, 's').test(value));
