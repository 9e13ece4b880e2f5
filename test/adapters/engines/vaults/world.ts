import { clientsByRegion } from '../../../../shared/adapters/engines/vaults/vault-clients.ts';
import { createVaultEngine } from '../../../../shared/adapters/engines/vaults/vault-engine.ts';
import type { CopyAction, CreateAction, ExpireAction, JobRequest } from '../../../../shared/model/action.ts';
import type { RecoveryPoint } from '../../../../shared/model/recovery-point.ts';
import type { Vault } from '../../../../shared/model/vault-arn.ts';
import { pointTagValue } from '../../../../shared/model/vault-tag.ts';
import type { RecoveryPointQuery } from '../../../../shared/ports/engine.ts';
import type { AccountOptions } from '../../../../sim/account.ts';
import type { RecoveryPoint as SimPoint } from '../../../../sim/backup/points.ts';
import { createTable, tableOf } from '../../../../sim/console/tables.ts';
import { type ConsolePoint, createPoint, createVault } from '../../../../sim/console/vaults.ts';
import { ALWAYS, NOW, onSim, TARGET } from '../../connect.ts';

// The engine of backup vaults at the wire, on an account with the table `orders` and the vault `main`.

export const ROLE = `arn:aws:iam::${TARGET.accountId}:role/jobs`;
export const THEIRS = `arn:aws:iam::${TARGET.accountId}:role/theirs`;
export const MAIN: Vault = { target: TARGET, name: 'main' };
export const DAY = 86_400_000;
export const MINUTE = 60_000;

export interface Sent {
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A wire that notes what is sent. */
const noting = <Handler extends { handle: (...given: never[]) => unknown }>(
  handler: Handler,
  sent: Sent[],
) => ({
  ...handler,
  handle: (...given: never[]) => {
    const [request] = given as unknown as readonly [
      { readonly path: string; readonly query: Sent['query']; readonly body?: Uint8Array },
    ];
    const text = request.body === undefined ? '' : new TextDecoder().decode(request.body);
    sent.push({ path: request.path, query: request.query, body: text === '' ? {} : JSON.parse(text) });
    return handler.handle(...given);
  },
});

export const vaultWorld = (settings: Partial<AccountOptions> = {}) => {
  const world = onSim({ accountId: TARGET.accountId, ...settings });
  const { account, clock, options } = world;
  const sent: Sent[] = [];
  const logged: string[] = [];
  createTable(account, { name: 'orders', createdAt: NOW - 400 * DAY, tags: { team: 'shop' } });
  createVault(account, { name: 'main' });
  const requestHandler = noting(options.requestHandler as never, sent) as never;
  const log = {
    info: () => undefined,
    warn: (text: string) => void logged.push(text),
    error: () => undefined,
  };
  const clientIn = clientsByRegion({ ...options, requestHandler });
  const engine = createVaultEngine({ clientIn, clock, jobRole: ROLE, log, target: TARGET });
  const list = (query: RecoveryPointQuery = { vaults: [MAIN] }) => world.run(engine.list(query));
  return {
    ...world,
    sent,
    logged,
    list,
    jobs: () => world.run(engine.jobs?.() ?? Promise.reject(new Error('the engine has no jobs'))),
    apply: (action: CreateAction | CopyAction | ExpireAction) => world.run(engine.apply(action, ALWAYS)),
    /** A recovery point of this deployment, ready since then. */
    own: (given: Partial<ConsolePoint> = {}): SimPoint =>
      createPoint(account, {
        table: 'orders',
        vault: 'main',
        iamRoleArn: ROLE,
        form: 'advanced',
        createdAt: NOW - DAY,
        tags: { 'tablekeeper:recovery-point': markOf(tableOf(account, 'orders').id) },
        ...given,
      }),
  };
};

export const SLOT = NOW - DAY;

export const markOf = (tableId: string, slot = SLOT): string =>
  pointTagValue({ origin: { instance: 'prod', policy: 'offsite', slot }, vault: MAIN, tableId });

export const aCreate = (job: Partial<JobRequest> = {}, given: Partial<CreateAction> = {}): CreateAction => ({
  kind: 'create',
  engine: 'aws-backup',
  table: 'orders',
  tableId: 'id',
  policy: 'offsite',
  slot: SLOT,
  name: 'any',
  urgency: 1,
  job: { vault: 'main', attempt: 1, startWindowMinutes: 480, ...job },
  reason: 'due',
  ...given,
});

export const aCopy = (recoveryPoint: RecoveryPoint, given: Partial<CopyAction> = {}): CopyAction => ({
  kind: 'copy',
  engine: 'aws-backup',
  table: 'orders',
  policy: 'offsite',
  recoveryPoint,
  destination: `arn:aws:backup:eu-west-1:${TARGET.accountId}:backup-vault:dr`,
  attempt: 1,
  deleteAfterDays: 8,
  reason: 'wanted',
  ...given,
});

export const anExpire = (recoveryPoint: RecoveryPoint): ExpireAction => ({
  kind: 'expire',
  engine: 'aws-backup',
  table: 'orders',
  policy: 'offsite',
  recoveryPoint,
  reason: 'not kept',
});
