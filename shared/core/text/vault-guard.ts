import type { Command } from '../../model/advice.ts';
import type { RecoveryPoint } from '../../model/recovery-point.ts';
import type { Vault } from '../../model/vault-arn.ts';

/** Where a person keeps the policy meanwhile. */
const FILE = 'policy.json';

const ofVault = (operation: string, { name, target }: Vault, ...options: Command): Command => [
  ...['aws', 'backup', operation, '--region', target.region],
  ...['--backup-vault-name', name, ...options],
];

/** Shows what the access policy of a vault says, as it has to be written to put it back. */
const showPolicyCommand = (vault: Vault): Command =>
  ofVault('get-backup-vault-access-policy', vault, '--query', 'Policy', '--output', 'text');

/** Takes the access policy of a vault away. */
const takePolicyCommand = (vault: Vault): Command => ofVault('delete-backup-vault-access-policy', vault);

/** Gives a vault the access policy that is in the file. */
export const putPolicyCommand = (vault: Vault): Command =>
  ofVault('put-backup-vault-access-policy', vault, '--policy', `file://${FILE}`);

/** Says what stands around commands that the access policy of a vault denies. */
const GUARD_TEXT = `The access policy of a vault that a deployment makes denies it to everybody but prune: save what the first command prints as ${FILE}, and put it back at the end. Where the first command finds no policy, only what stands between the policies is needed.`;

/** Ends words about recovery points, which come without their last sign, with what stands around the commands of those that are in a vault. */
export const guardedText = (say: string, points: readonly Pick<RecoveryPoint, 'location'>[]): string =>
  points.some(({ location }) => location.vault !== undefined) ? `${say}. ${GUARD_TEXT}` : `${say}:`;

/** Adds to commands that delete or change recovery points of a vault those that take its access policy away before and put it back at the end. */
export const throughGuard = (vault: Vault, ...commands: readonly Command[]): readonly Command[] => [
  showPolicyCommand(vault),
  takePolicyCommand(vault),
  ...commands,
  putPolicyCommand(vault),
];
