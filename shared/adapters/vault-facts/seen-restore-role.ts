import { GetRoleCommand, type IAMClient } from '@aws-sdk/client-iam';
import { ownFailure } from '../../model/failure.ts';
import type { Target } from '../../model/target.ts';
import type { Known, RestoreRoleFacts } from '../../model/vault-facts.ts';
import type { RestoreRoleReader } from '../../ports/restore.ts';
import { readingOf, statedText } from '../aws/reading.ts';
import { lackingRights } from './lacking-rights.ts';
import { type RestoredThing, restoreRights } from './role-rights.ts';
import { seenRole } from './seen-role.ts';

const ROOT = /^arn:[^:]+:iam::\d{12}:root$/;
const USER = /^arn:[^:]+:iam::\d{12}:user\//;
const SESSION = /^arn:[^:]+:sts::\d{12}:assumed-role\/([^/]+)\//;

const NO_PRINCIPAL = ownFailure(
  'depends',
  'what a session of this kind may do is not known to the simulation of IAM',
  { operation: 'SimulatePrincipalPolicy' },
);

interface Principal {
  readonly arn: string;
}

/** A session does not say the path of its role. */
const principalOf = async (iam: IAMClient, caller: string): Promise<Known<Principal>> => {
  if (USER.test(caller)) return { kind: 'found', value: { arn: caller } };
  const role = SESSION.exec(caller)?.[1];
  if (role === undefined) return { kind: 'unreadable', failure: NO_PRINCIPAL };
  return await readingOf('GetRole', async (): Promise<Principal | string> => {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: role }));
    const arn = statedText(Role?.Arn);
    return arn === undefined ? 'the answer has no ARN' : { arn };
  });
};

const PASSED = [{ key: 'iam:PassedToService', value: 'backup.amazonaws.com' }];

/** The root user may pass every role of its account. */
const isPassable = async (iam: IAMClient, caller: string, roleArn: string): Promise<Known<boolean>> => {
  if (ROOT.test(caller)) return { kind: 'found', value: true };
  const principal = await principalOf(iam, caller);
  if (principal.kind !== 'found') return principal;
  const rights = [{ actions: ['iam:PassRole'], resources: [roleArn] }];
  const lacking = await lackingRights(iam, principal.value.arn, rights, PASSED);
  return lacking.kind === 'found' ? { kind: 'found', value: lacking.value.length === 0 } : lacking;
};

/** Asks what a role that restores lacks, as far as anybody can know before the job does. */
export const seenRestoreRole = async (
  { iam, target }: { readonly iam: IAMClient; readonly target: Target },
  arn: string,
  thing: RestoredThing = {},
): Promise<RestoreRoleFacts> => {
  const [seen, lacking] = await Promise.all([
    seenRole(iam, arn),
    lackingRights(iam, arn, restoreRights(target, thing)),
  ]);
  return { arn, seen, lacking };
};

/** Creates what asks about the role of a restore into the Region of `target`; `caller` is the ARN of whoever restores. */
export const createRestoreRoleReader = ({
  caller,
  iam,
  target,
}: {
  readonly caller: () => Promise<string>;
  readonly iam: IAMClient;
  readonly target: Target;
}): RestoreRoleReader => ({
  read: async ({ roleArn, ...thing }) => ({
    ...(await seenRestoreRole({ iam, target }, roleArn, thing)),
    isPassable: await isPassable(iam, await caller(), roleArn),
  }),
});
