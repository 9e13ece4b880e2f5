import type { SimAccount } from '../../sim/account.ts';
import { openAccount } from '../../sim/console/accounts.ts';
import { openRegion } from '../../sim/console/regions.ts';
import { createVault } from '../../sim/console/vaults.ts';
import type { VaultName } from '../story/vault-event.ts';
import { ACCOUNT_ID, ELSEWHERE, FAR_ACCOUNT_ID } from '../story/vault-spec.ts';

/** The role of the jobs, as the deployment names it. */
export const JOB_ROLE = `arn:aws:iam::${ACCOUNT_ID}:role/tablekeeper-prod-us-east-1-vault`;

/** The places with vaults: home, another Region, another account. */
export interface Places {
  readonly home: SimAccount;
  readonly dr: SimAccount;
  readonly far: SimAccount;
}

/** The place that a vault is in. */
export const placeOf = ({ dr, far, home }: Places, vault: VaultName): SimAccount => {
  if (vault === 'dr') return dr;
  return vault === 'far' ? far : home;
};

export type Denied = string | null;

const allowsCopies = {
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${ACCOUNT_ID}:root` },
  Action: 'backup:CopyIntoBackupVault',
  Resource: '*',
};

/** The access policy of a vault: the other account lets copies in, and somebody may have denied something. */
export const policyOf = (vault: VaultName, denied: Denied): object | undefined => {
  const statements = [
    ...(vault === 'far' ? [allowsCopies] : []),
    ...(denied === null ? [] : [{ Effect: 'Deny', Principal: '*', Action: denied, Resource: '*' }]),
  ];
  return statements.length === 0 ? undefined : { Version: '2012-10-17', Statement: statements };
};

/** Makes a vault of the bench where it is not there. */
export const makeVault = (places: Places, name: VaultName): void => {
  const account = placeOf(places, name);
  if (account.state.backup.vaults.has(name)) return;
  const policy = policyOf(name, null);
  createVault(account, {
    name,
    // Nothing of another account is copied under the key of AWS.
    ...(name === 'far' && { encryptionKeyArn: `arn:aws:kms:${ELSEWHERE}:${FAR_ACCOUNT_ID}:key/far` }),
    ...(policy !== undefined && { policy }),
  });
};

export const ALL_VAULTS: readonly VaultName[] = ['tablekeeper', 'archive', 'dr', 'far'];

/** Opens the other places, with a vault in each and two at home. */
export const openPlaces = (home: SimAccount): Places => {
  const dr = openRegion(home, ELSEWHERE);
  const far = openAccount(home, FAR_ACCOUNT_ID, { region: ELSEWHERE });
  const organization = { isMember: true };
  for (const { state } of [home, far]) Object.assign(state.organization, organization);
  home.state.world.crossAccountBackup.isEnabled = true;
  const places = { home, dr, far };
  for (const name of ALL_VAULTS) makeVault(places, name);
  return places;
};
