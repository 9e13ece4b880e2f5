import { isFields, parsedJson } from '../../model/shape.ts';
import { partitionOf, type Target } from '../../model/target.ts';
import type { MadeVault } from '../../model/vault-facts.ts';

/** What only prune may do in a vault that a deployment makes. */
const GUARDED = ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'];

const EXCEPTS: readonly string[] = ['ArnNotLike', 'ArnNotEquals', 'StringNotLike', 'StringNotEquals'];

const pruneOf = (instance: string, target: Target): string =>
  `arn:${partitionOf(target)}:iam::${target.accountId}:role/tablekeeper-${instance}-PruneRole-`;

/** Writes the access policy that the deployment gave the vault (stack/vaults.yml), with the names that prune's role can have. */
export const packagedPolicy = ({ accounts, instance }: MadeVault, target: Target): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'OnlyPruneDeletes',
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: GUARDED,
        Resource: '*',
        Condition: { ArnNotLike: { 'aws:PrincipalArn': [`${pruneOf(instance, target)}*`] } },
      },
      ...(accounts.length === 0
        ? []
        : [
            {
              Sid: 'CopiesComeBack',
              Effect: 'Allow',
              Principal: { AWS: accounts },
              Action: ['backup:CopyIntoBackupVault'],
              Resource: '*',
            },
          ]),
    ],
  });

const textsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');

const isEverybody = (principal: unknown): boolean =>
  textsOf(isFields(principal) ? principal.AWS : principal).includes('*');

/** Whether nobody but prune is left out. */
const exceptsPruneAlone = (condition: unknown, prune: string): boolean => {
  if (condition === undefined) return true;
  if (!isFields(condition)) return false;
  return Object.entries(condition).every(
    ([operator, keys]) =>
      EXCEPTS.includes(operator) &&
      isFields(keys) &&
      Object.entries(keys).every(
        ([key, values]) =>
          key.toLowerCase() === 'aws:principalarn' &&
          textsOf(values).length > 0 &&
          textsOf(values).every((value) => value.startsWith(prune)),
      ),
  );
};

const covers = (actions: readonly string[], action: string): boolean =>
  actions.some((one) => one === '*' || one === 'backup:*' || one.toLowerCase() === action.toLowerCase());

/** Lists what an access policy leaves to others than prune, which the one of the deployment denies. */
export const unguardedIn = (document: string, instance: string, target: Target): readonly string[] => {
  const policy = parsedJson(document);
  const { Statement } = isFields(policy) ? policy : {};
  const denials = (Array.isArray(Statement) ? Statement : [Statement])
    .filter(isFields)
    .filter(({ Effect, Principal }) => Effect === 'Deny' && isEverybody(Principal))
    .filter(({ Resource = '*' }) => textsOf(Resource).includes('*'))
    .filter(({ Condition }) => exceptsPruneAlone(Condition, pruneOf(instance, target)));
  return GUARDED.filter((action) => !denials.some(({ Action }) => covers(textsOf(Action), action)));
};
