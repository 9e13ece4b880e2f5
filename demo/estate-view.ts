import { loadPolicies } from '../shared/core/policy/load.ts';
import { ageText } from '../shared/core/text/time.ts';
import type { OpenFinding } from '../shared/model/memory.ts';
import { DRILL_PREFIX } from '../shared/model/passing-table.ts';
import type { Verdict } from '../shared/model/plan.ts';
import { compose } from '../shared/run/compose.ts';
import { everyFinder } from '../shared/run/compose-finders.ts';
import { keyFacts } from '../shared/run/compose-key-facts.ts';
import { vaultFacts } from '../shared/run/compose-vault-facts.ts';
import { vaultEngine } from '../shared/run/compose-vaults.ts';
import type { Deps } from '../shared/run/deps.ts';
import { lookAtAll } from '../shared/run/look.ts';
import { backupsOf } from '../sim/console/backups.ts';
import { windowOf } from '../sim/dynamodb/pitr.ts';
import type { Table } from '../sim/dynamodb/table.ts';
import { requestHandlerOf } from '../sim/request-handler.ts';
import { HOLD_TAG, POLICY_TAG } from './estate.ts';
import { FAR_VAULT, INSTANCE } from './stack.ts';
import type { Stage } from './stage.ts';
import { tableText } from './table-text.ts';
import { inVaults } from './vault-checks.ts';

const HEADING = ['table', 'policies', 'verdict', 'points', 'oldest', 'newest', 'PITR window', 'note'];

/** Tablekeeper itself, as a reader with every right has it. */
export const partsOf = ({ account, policiesText }: Stage): Deps => {
  const { accountId, region, clock } = account;
  return compose({
    policies: loadPolicies(policiesText('careful'), 'policies.yml'),
    instance: INSTANCE,
    accountId,
    region,
    stateTable: `tablekeeper-${INSTANCE}-state`,
    topicArn: `arn:aws:sns:${region}:${accountId}:tablekeeper-${INSTANCE}-alerts`,
    clock,
    finders: everyFinder(),
    credentials: { accessKeyId: 'READER', secretAccessKey: 'simulated' },
    requestHandler: requestHandlerOf(account),
    vaultEngineOf: vaultEngine,
    keyFactsOf: keyFacts,
    vaultFactsOf: vaultFacts,
  });
};

/** What it says of every table, as `tablekeeper plan` would. */
const askTablekeeper = async (stage: Stage) => await stage.account.clock.run(lookAtAll(partsOf(stage)));

const vaultNote = (stage: Stage, { id }: Table): readonly string[] => {
  const { here, far } = inVaults(stage.account, id);
  return here + far === 0 ? [] : [`${here} more in a vault, ${far} copied to ${FAR_VAULT.region}`];
};

const noteOf = (stage: Stage, table: Table, findings: readonly OpenFinding[]): string => {
  const { name, tags } = table;
  return [
    ...findings.filter(({ table }) => table === name).map(({ kind }) => kind.replaceAll('-', ' ')),
    ...(tags[HOLD_TAG] === 'true' ? ['on hold: nothing expires'] : []),
    ...(tags[POLICY_TAG] === 'none' ? ['opted out'] : []),
    ...(tags[POLICY_TAG] === undefined ? ['no tag'] : []),
    ...vaultNote(stage, table),
  ].join('; ');
};

interface Shown {
  readonly verdict: Verdict | undefined;
  readonly note: string;
}

const ageOf = (now: number, at: number | undefined): string => (at === undefined ? '–' : ageText(now - at));

const rowOf = (stage: Stage, table: Table, { verdict, note }: Shown): readonly string[] => {
  const now = stage.account.clock.now();
  const points = backupsOf(stage.account, table.name).filter(({ name }) =>
    name.startsWith(`tablekeeper.${INSTANCE}.`),
  );
  const window = table.pitr && windowOf(table.pitr, now);
  return [
    table.name,
    table.tags[POLICY_TAG] ?? '–',
    verdict?.status ?? '–',
    String(points.length),
    ageOf(now, points.at(0)?.createdAt),
    ageOf(now, points.at(-1)?.createdAt),
    window === undefined ? 'off' : ageText(now - window.earliest),
    note,
  ];
};

/** Tables that are gone and of which recovery points are left. */
const goneRows = ({ account }: Stage): readonly (readonly string[])[] => {
  const now = account.clock.now();
  const names = new Set(account.ledger.of('table-deleted').map(({ tableName }) => tableName));
  return [...names]
    .filter((name) => account.state.tables.get(name) === undefined && !name.startsWith(DRILL_PREFIX))
    .map((name) => {
      const points = backupsOf(account, name).filter(({ type }) => type === 'USER');
      const ages = [points.at(0), points.at(-1)].map((point) => ageOf(now, point?.createdAt));
      return [name, '–', '–', String(points.length), ...ages, '–', 'deleted; what is left is kept'];
    });
};

/** Of what no policy governs nothing is kept, and nothing is to be seen. */
const isOfInterest = ([, , verdict, points]: readonly string[]): boolean => verdict !== '–' || points !== '0';

/** Rows that say the same of several tables become one, under the first name. */
const joined = (rows: readonly (readonly string[])[]): readonly (readonly string[])[] =>
  [...Map.groupBy(rows, ([, ...said]) => said.join('\n')).values()].map((alike) => {
    const [name = '', ...said] = alike[0] ?? [];
    return alike.length === 1 ? [name, ...said] : [`${name} and ${alike.length - 1} more`, ...said];
  });

/**
 * Formats the tables at the end of the demonstration: what the account holds of each, and what Tablekeeper says about it. Unless `isEach`, tables with
 * the same values share a row, and those without a policy are counted.
 */
export const estateView = async (stage: Stage, { isEach = false } = {}): Promise<readonly string[]> => {
  const { plan, openFindings } = await askTablekeeper(stage);
  const verdicts = new Map(plan.verdicts.map((verdict) => [verdict.table, verdict]));
  const tables = [...stage.account.state.tables.all()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const rows = tables.map((table) =>
    rowOf(stage, table, {
      verdict: verdicts.get(table.name),
      note: noteOf(stage, table, openFindings),
    }),
  );
  const all = [...rows, ...goneRows(stage)];
  if (isEach) return tableText(HEADING, all);
  const kept = all.filter(isOfInterest);
  return [
    ...tableText(HEADING, joined(kept)),
    `and ${all.length - kept.length} tables that opted out or carry no tag`,
  ];
};
