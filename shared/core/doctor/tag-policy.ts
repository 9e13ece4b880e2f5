import { advise, type Command } from '../../model/advice.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import type { Policies } from '../../model/policy.ts';
import type { TagPolicy } from '../../model/tag-policy.ts';
import { OPT_OUT } from '../policy/govern.ts';
import { asciiJson } from '../text/ascii-json.ts';
import { listed, quotedKey } from '../text/words.ts';
import { reasonText } from './reason-text.ts';
import { allowsValue, type TagRule, tagRuleOf } from './tag-policy-document.ts';

const ITEM = 'tag policy';
const SHOW: Command = ['aws', 'organizations', 'describe-effective-policy', '--policy-type', 'TAG_POLICY'];

/** Lists the common tag values: a single policy name, or `none`, which the state table also carries. */
const singleValues = ({ policies }: Policies): readonly string[] => [
  ...policies.map(({ name }) => name),
  OPT_OUT,
];

/** Lists two names at once, in either order, and all of them together; other combinations are too many to try. */
const severalValues = ({ policies }: Policies): readonly string[] => {
  const names = policies.map(({ name }) => name);
  const pairs = names.flatMap((name) =>
    names.filter((other) => other !== name).map((other) => `${name}+${other}`),
  );
  return names.length > 2 ? [...pairs, names.join('+')] : pairs;
};

/** Lists the values that a tag policy would have to allow. */
const wantedValues = (policies: Policies): readonly string[] => [
  ...singleValues(policies),
  ...(policies.policies.length > 1 ? policies.policies.map(({ name }) => `${name}+*`) : []),
];

const askFor = (
  rule: TagRule,
  { tag }: Policies,
  values: readonly string[],
): Pick<Diagnosis, 'fix' | 'details'> => ({
  fix: advise(
    `Ask those who manage the organization to let ${tag} have these values; the command shows the policy in force:`,
    SHOW,
  ),
  details: [asciiJson([...new Set([...(rule.values ?? []), ...values])])],
});

/** Describes what happens to a tag that the policy does not allow. */
const consequence = ({ isEnforced }: TagRule): string =>
  isEnforced ? 'such tags are refused on tables' : 'such tags are only reported as noncompliant';

const ofKey = (rule: TagRule, policies: Policies): Diagnosis => ({
  item: ITEM,
  status: rule.isEnforced ? 'missing' : 'advised',
  says: `wants the key written ${quotedKey(rule.key)}, not ${policies.tag}; ${consequence(rule)}`,
  fix: advise(
    `Ask those who manage the organization to write the key as ${policies.tag}; the command shows the policy in force:`,
    SHOW,
  ),
});

const ofValues = (rule: TagRule, policies: Policies): Diagnosis | undefined => {
  const refused = singleValues(policies).filter((value) => !allowsValue(rule, value));
  const several = severalValues(policies).filter((value) => !allowsValue(rule, value));
  if (refused.length + several.length === 0) return undefined;
  const isOnlySeveral = refused.length === 0;
  const what = isOnlySeveral
    ? `does not know several policies at once, such as ${several[0]},`
    : `does not know ${listed(refused)}`;
  return {
    item: ITEM,
    status: rule.isEnforced && !isOnlySeveral ? 'missing' : 'advised',
    says: `${what} as ${policies.tag}; ${consequence(rule)}`,
    ...askFor(rule, policies, wantedValues(policies)),
  };
};

const ofDocument = (document: string, policies: Policies): Diagnosis => {
  const rule = tagRuleOf(document, policies.tag);
  if (rule === 'silent')
    return { item: ITEM, status: 'fine', says: `the one in force says nothing of ${policies.tag}` };
  if (rule === 'unclear') {
    const says = 'the one in force has a form that this version does not know';
    return { item: ITEM, status: 'unknown', says, fix: advise('Read it:', SHOW) };
  }
  if (rule.key !== policies.tag) return ofKey(rule, policies);
  const says = `the one in force lets ${policies.tag} have every value of the policy file`;
  return ofValues(rule, policies) ?? { item: ITEM, status: 'fine', says };
};

/**
 * Reports whether tables may be tagged as the policy file requires. An account without an organization or without a tag
 * policy in force is fine, a policy that only reports is not a fault, and a denied request leaves it unknown.
 */
export const tagPolicyDiagnosis = (seen: TagPolicy, policies: Policies): Diagnosis => {
  switch (seen.kind) {
    case 'no-organization':
      return { item: ITEM, status: 'fine', says: 'none: the account belongs to no organization' };
    case 'none':
      return { item: ITEM, status: 'fine', says: 'none is in force in this account' };
    case 'unreadable': {
      const advice = 'Allow yourself organizations:DescribeEffectivePolicy, or ask those who manage it for:';
      return {
        item: ITEM,
        status: 'unknown',
        says: `could not be seen: ${reasonText(seen.failure)}`,
        fix: advise(advice, SHOW),
      };
    }
    case 'found':
      return ofDocument(seen.document, policies);
  }
};
