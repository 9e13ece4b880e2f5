import { MINUTE_MS } from '../../shared/model/instant.ts';
import type { Mode } from '../../shared/model/plan.ts';
import { hint } from '../../shared/run/hint.ts';
import type { Parts } from '../../shared/run/parts.ts';
import { requestHandlerOf, type SdkRequestHandler } from '../../sim/request-handler.ts';
import type { AuthorizationRequest } from '../../sim/settings.ts';
import { type Deployment, deploy } from './deployment.ts';
import { covers, type Grant } from './roles.ts';

/** The roles of the template, which are the access keys of the functions. */
export type RoleName = 'BackupRole' | 'PruneRole' | 'AuditRole' | 'HintRole' | 'SlackRole';
const ROLE_OF: Readonly<Record<Mode, RoleName>> = {
  protect: 'BackupRole',
  expire: 'PruneRole',
  audit: 'AuditRole',
};
/** What the roles allow, and which of it was used. */
export interface Rights {
  readonly grants: Readonly<Record<string, readonly Grant[]>>;
  readonly used: Set<string>;
}

/** A grant as text. */
export const grantText = (role: string, { action, resource }: Grant): string =>
  `${role}: ${action} on ${resource}`;

/** Whoever is not one of our functions is a person, who may do anything. Notes what was used and what was refused. */
const guardOf =
  ({ grants, used }: Rights, refused: string[]) =>
  (request: AuthorizationRequest) => {
    const { accessKeyId: role, operation, resource } = request;
    const own = grants[role];
    if (own === undefined) return true;
    const grant = own.find((one) => covers(one, operation, resource));
    if (grant === undefined) refused.push(`${role}: ${operation} on ${resource}`);
    else used.add(grantText(role, grant));
    return grant !== undefined;
  };

/** The wire of a function: everything it sends is signed with the key of its role. */
const signedAs = (role: RoleName, wire: SdkRequestHandler): SdkRequestHandler => ({
  ...wire,
  handle: (request, options) => {
    const headers = Object.entries(request.headers).map(([name, value]) => [
      name,
      name.toLowerCase() === 'authorization'
        ? value.replace('Credential=simulated', `Credential=${role}`)
        : value,
    ]);
    return wire.handle({ ...request, headers: Object.fromEntries(headers) }, options);
  },
});

interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** A deployment whose functions have nothing but their roles. */
export interface Guarded {
  readonly tablekeeper: Deployment;
  readonly refused: readonly string[];
  partsOf(role: RoleName): Parts;
  run(mode: Mode, role?: RoleName): Promise<readonly string[]>;
  hint(table: string): Promise<void>;
}

const POLICIES = `
timezone: UTC
policies:
  standard:
    schedule: "0 3 * * *"
    retention: { daily: 2 }
    pitr: { required: true, recoveryPeriodDays: 35, onDrift: repair }
`;

/** Given rights, deploys into an account that refuses what they do not allow. */
export const guarded = async (place: Place, rights: Rights): Promise<Guarded> => {
  const refused: string[] = [];
  const authorize = guardOf(rights, refused);
  const tablekeeper = await deploy({
    ...place,
    startAt: '2026-03-02T10:00:00Z',
    policies: POLICIES,
    authorize,
  });
  const { account, clock } = tablekeeper;
  const wire = requestHandlerOf(account);
  const partsOf = (role: RoleName) => tablekeeper.partsWith({ requestHandler: signedAs(role, wire) });
  return {
    tablekeeper,
    refused,
    partsOf,
    run: async (mode, role = ROLE_OF[mode]) =>
      (await tablekeeper.run(mode, { parts: partsOf(role) })).failures,
    hint: async (table) => {
      const deadline = clock.now() + 5 * MINUTE_MS;
      await clock.run(hint(partsOf('HintRole'), { table, runId: `hint-${clock.now()}`, deadline }));
    },
  };
};
