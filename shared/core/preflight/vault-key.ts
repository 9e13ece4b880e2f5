import { type Advice, advise } from '../../model/advice.ts';
import { parseVaultArn } from '../../model/vault-arn.ts';
import type { SeenKey, VaultFacts } from '../../model/vault-facts.ts';
import { utcText } from '../text/time.ts';
import { listed } from '../text/words.ts';
import { cancelKeyDeletionCommand, describeKeyCommand, enableKeyCommand } from './commands.ts';
import { joined, NOTHING, type Preflight, troubled, unknown } from './trouble.ts';

/** The vaults whose recovery points are encrypted with the key. */
const vaultsWith = (keyArn: string, { vaults }: Pick<VaultFacts, 'vaults'>): readonly string[] =>
  vaults
    .filter(({ seen }) => seen.kind === 'found' && seen.value.keyArn === keyArn)
    .map(({ arn }) => parseVaultArn(arn)?.name ?? arn);

const TEXT: Readonly<Record<Exclude<SeenKey['state'], 'usable'>, string>> = {
  disabled: 'is disabled',
  'pending-deletion': 'waits for its deletion',
  unusable: 'cannot be used',
};

const adviceFor = (arn: string, { state }: SeenKey): Advice => {
  if (state === 'disabled')
    return advise('See in CloudTrail who disabled it, and enable it:', enableKeyCommand(arn));
  if (state === 'pending-deletion')
    return advise(
      'Take the deletion back before that day, and enable the key: nothing brings a deleted key back, and nobody can restore what it encrypted:',
      cancelKeyDeletionCommand(arn),
      enableKeyCommand(arn),
    );
  return advise('See what state it is in:', describeKeyCommand(arn));
};

const unusable = (arn: string, key: SeenKey, state: Exclude<SeenKey['state'], 'usable'>, vaults: string) => {
  const until = key.deletesAt === undefined ? '' : ` on ${utcText(key.deletesAt)}`;
  return troubled({
    kind: 'vault-key-unusable',
    subject: [arn],
    severity: 'critical',
    fact: `The key ${arn} of the backup vault ${vaults} ${TEXT[state]}${until}. Without it nothing in the vault can be restored or copied, and no job can back up into it.`,
    measured: `${key.word}${until}`,
    promised: 'Enabled',
    advice: adviceFor(arn, key),
  });
};

/** Finds keys of vaults that cannot be used, or will be deleted: what they encrypt can be restored by nobody. */
export const vaultKeys = (facts: Pick<VaultFacts, 'keys' | 'vaults'>): Preflight =>
  joined(
    facts.keys.map(({ arn, seen }): Preflight => {
      const vaults = listed(vaultsWith(arn, facts));
      if (seen.kind === 'unreadable')
        return unknown({
          kind: 'vault-key-unusable',
          subject: [arn],
          what: `the key of the vault ${vaults}`,
          failure: seen.failure,
        });
      if (seen.kind === 'missing') {
        const gone = { state: 'unusable', word: 'not there' } as const;
        return unusable(arn, gone, gone.state, vaults);
      }
      const { state } = seen.value;
      return state === 'usable' ? NOTHING : unusable(arn, seen.value, state, vaults);
    }),
  );
