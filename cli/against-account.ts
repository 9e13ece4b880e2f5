import { describeVaultCommand } from '../shared/core/preflight/commands.ts';
import { destinationsOf } from '../shared/core/preflight/needs.ts';
import type { Preflight, Unknown } from '../shared/core/preflight/trouble.ts';
import { vaultPlaceText } from '../shared/core/text/vault-place.ts';
import { packagedCommand, wholeAdvice } from '../shared/core/text/whole-command.ts';
import { type Advice, withCommands } from '../shared/model/advice.ts';
import { failureText, ownFailure } from '../shared/model/failure.ts';
import { deployedAs, type Policies, type Policy } from '../shared/model/policy.ts';
import type { Target } from '../shared/model/target.ts';
import { parseVaultArn } from '../shared/model/vault-arn.ts';
import { BLIND, type ExitCode, FINDINGS, FINE } from './answer.ts';
import { seatWith } from './open.ts';
import { deploysFrom } from './own-files.ts';
import type { Session } from './session.ts';
import type { Screen } from './view/colour.ts';
import { preflightLines } from './view/preflight-text.ts';

/** What an account says of policies; without `found` no policy has a vault, and nothing was asked. */
export interface Against {
  readonly target: Target;
  readonly found?: Preflight;
}

/** Outside a clone there is no `npm run deploy`. */
const runnable = (advice: Advice, deployment: Parameters<typeof wholeAdvice>[1]): Advice => {
  const whole = wholeAdvice(advice, deployment);
  return deploysFrom() ? whole : withCommands(whole, packagedCommand);
};

/** A vault of another account is seen by nobody here, and most likely it is there. */
const farVaults = (policies: readonly Policy[], { accountId }: Target): readonly Unknown[] =>
  destinationsOf(policies).flatMap((arn): readonly Unknown[] => {
    const vault = parseVaultArn(arn);
    if (vault === undefined || vault.target.accountId === accountId) return [];
    const what = `the vault ${vaultPlaceText(arn)}, its access policy, key and lock`;
    const failure = ownFailure('depends', 'it is in another account: look with credentials of that account');
    return [{ kind: 'vault-missing', subject: [arn], what, failure, look: describeVaultCommand(vault) }];
  });

/** Holds policies against the account of the user's credentials. Throws a `UserError` where AWS does not answer the user. */
export const againstAccount = async (session: Session, policies: Policies): Promise<Against> => {
  const seat = await seatWith(session, policies);
  const { composeFromTerminal } = await import('../shared/run/compose.ts');
  const { examineVaults } = await import('../shared/run/examine-vaults.ts');
  const parts = await composeFromTerminal(seat);
  const found = await examineVaults(parts, policies.policies);
  if (found === undefined) return { target: parts.target };
  const deployment = { instance: parts.instance, target: parts.target, ...deployedAs(policies) };
  const troubles = found.troubles.map((one) => ({ ...one, advice: runnable(one.advice, deployment) }));
  const unknowns = [...found.unknowns, ...farVaults(policies.policies, parts.target)];
  return { target: parts.target, found: { ...found, troubles, unknowns } };
};

/** Formats it as lines below the policies; none where the account was not asked for. */
export const againstLines = (against: Against | undefined, screen: Screen): readonly string[] => {
  if (against === undefined) return [];
  const { found, target } = against;
  return [
    '',
    screen.paint('strong', `In ${target.region} of account ${target.accountId}`),
    ...(found === undefined ? ['  nothing to check: no policy has a vault'] : preflightLines(found, screen)),
  ];
};

/** The same for programs. */
export const againstFields = (against: Against | undefined) => {
  if (against === undefined) return {};
  const { found = { troubles: [], unknowns: [] }, target } = against;
  return {
    account: {
      accountId: target.accountId,
      region: target.region,
      troubles: found.troubles.map(({ advice, fact, kind, severity }) => ({ kind, severity, fact, advice })),
      unknown: found.unknowns.map(({ failure, look, what }) => ({
        what,
        failure: failureText(failure),
        look,
      })),
    },
  };
};

/** What could not be seen is no trouble, and no proof that there is none. */
export const againstCode = (against: Against | undefined): ExitCode => {
  const { troubles = [], unknowns = [] } = against?.found ?? {};
  if (troubles.some(({ severity }) => severity !== 'info')) return FINDINGS;
  return unknowns.length > 0 ? BLIND : FINE;
};
