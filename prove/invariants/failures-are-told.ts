import { policiesOf } from '../truth/all-series.ts';
import { mutedIn } from '../truth/mutes.ts';
import { originOf } from '../truth/names.ts';
import { toldBy } from '../truth/told.ts';
import { type CallRecord, failedCalls, type RunRecord } from '../world/record.ts';
import type { Invariant } from './invariant.ts';
import type { Life } from './life.ts';
import { vaultFindingOf } from './vaults/failed-calls.ts';

/** Responses that mean "not now": it is still due at the next run, and needs no report. */
const LATER = /Throttl|LimitExceeded|InUse|NotFound|Unavailable/;

const LISTS: Readonly<Record<string, string>> = {
  GetResources: 'observation-gap/tags',
  ListTables: 'observation-gap/table-names',
};

interface Input {
  readonly TableName?: string;
  readonly BackupName?: string;
  readonly BackupArn?: string;
}

/** Where it is not promised it is read for the settings alone. */
const isPitrPromised = (name: string | undefined, { before: { file, tables } }: RunRecord): boolean =>
  tables.some(
    (table) => table.name === name && policiesOf(table, file).some(({ pitr }) => pitr !== undefined),
  );

/** The finding that must reach a person when this call has failed for good; undefined where another rule speaks. */
const findingOf = ({ operation, body, answer }: CallRecord, run: RunRecord): string | undefined => {
  const list = LISTS[operation];
  if (list !== undefined) return list;
  if (LATER.test(answer) || !body.startsWith('{')) return undefined;
  const { TableName, BackupName = '', BackupArn } = JSON.parse(body) as Input;
  const policyOf = (name: string): string | undefined => originOf(name)?.policy;
  switch (operation) {
    case 'CreateBackup':
      return run.made.some(({ name, tableName }) => name === BackupName && tableName === TableName)
        ? undefined
        : `backups-failing/${TableName}/${policyOf(BackupName)}`;
    case 'DeleteBackup':
      return run.deleted.some(({ arn }) => arn === BackupArn)
        ? undefined
        : `expiries-failing/${policyOf(run.before.backups.find(({ arn }) => arn === BackupArn)?.name ?? '')}`;
    case 'UpdateContinuousBackups':
      return `pitr-repair-failing/${TableName}`;
    case 'DescribeContinuousBackups':
      return isPitrPromised(TableName, run) ? `observation-gap/pitr/${TableName}` : undefined;
    case 'DescribeTable':
      return `observation-gap/details/${TableName}`;
    default:
      return vaultFindingOf(operation, body, run);
  }
};

const LEFT: readonly string[] = ['no-longer-protected', 'protection-changed'];

/** Of a table that lost its policy, or was opted out, no more is read than what its report can include; it is reported without. */
const isOfLost = (id: string, { report }: RunRecord): boolean =>
  id.startsWith('observation-gap/') &&
  (report?.openFindings.some(({ kind, table }) => LEFT.includes(kind) && id.endsWith(`/${table}`)) ?? false);

/** What was read once in the same run is read again only for its settings: what is not read then is a gap of the manifest, and no finding. */
const wasRead = ({ operation, body }: CallRecord, { calls }: RunRecord): boolean =>
  operation.startsWith('Describe') &&
  calls.some((one) => one.operation === operation && one.body === body && one.answer === 'ok');

/** 9. What failed for good is known to a person when the run ends, unless the run itself ended as an error, which an alarm reports. */
export const failuresAreTold: Invariant = (run, life: Life) => {
  if (run.end !== 'whole' || run.overlapped) return [];
  const { opened, again } = toldBy(run, life);
  const heard = new Set([...life.toldOpen, ...opened, ...again]);
  const wanted = failedCalls(run)
    .filter((call) => !wasRead(call, run))
    .flatMap((call) => findingOf(call, run) ?? []);
  const muted = mutedIn(run);
  return [...new Set(wanted)]
    .filter((id) => !isOfLost(id, run))
    .filter((id) => !heard.has(id) && !id.split('/').some((part) => muted.has(part)))
    .map((id) => `nobody was told of ${id}`);
};

/** What is only said beside something else: settings as they were, and how long restores took. */
const SAID_BESIDE = /manifest|"restore#/;

/** The run could not observe, alert or remember: then Lambda counts it as failed. */
export const blindnessIsLoud: Invariant = (run) => {
  if (run.end !== 'whole') return [];
  return failedCalls(run)
    .filter(({ operation, body }) =>
      operation === 'ListBackups'
        ? !body.includes('"TableName"') && !body.includes('"SYSTEM"')
        : ['GetResources', 'Publish', 'Query'].includes(operation) && !SAID_BESIDE.test(body),
    )
    .map(({ operation, answer }) => `${operation} ended in ${answer}, and the run ended as if nothing was`);
};
