import { vaultQuestion } from '../shared/core/preflight/needs.ts';
import { vaultsThere } from '../shared/core/preflight/vault-there.ts';
import { withWholeCommands } from '../shared/core/text/whole-command.ts';
import { deployedAs } from '../shared/model/policy.ts';
import { commandText } from '../shared/model/shell.ts';
import { parseVaultArn } from '../shared/model/vault-arn.ts';
import type { Deps } from '../shared/run/deps.ts';

/** What a deployment says before it begins: which vaults of its policies are not there, but for the one that it makes. Empty where all are, or cannot be seen. */
export const vaultsWarning = async (
  {
    instance,
    policies: file,
    target,
    vaultFacts,
  }: Pick<Deps, 'instance' | 'policies' | 'target' | 'vaultFacts'>,
  made: string,
): Promise<string> => {
  const { policies } = file;
  const question = vaultQuestion(policies, target);
  if (question === undefined || vaultFacts === undefined) return '';
  const facts = await vaultFacts.read(question);
  const missing = vaultsThere(policies, facts, target).troubles.filter(({ subject: [arn = ''] }) => {
    const vault = parseVaultArn(arn);
    return vault?.name !== made || vault.target.region !== target.region;
  });
  return withWholeCommands(missing, { instance, target, ...deployedAs(file) })
    .map(({ advice, fact }) =>
      [
        `\nWARNING: ${fact}`,
        `  ${advice.say}`,
        ...advice.commands.map((command) => `    ${commandText(command)}`),
        '',
      ].join('\n'),
    )
    .join('');
};
