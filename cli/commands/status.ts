import { Option } from 'commander';
import { explainCommand } from '../../shared/core/text/commands.ts';
import { minuteText } from '../../shared/core/text/time.ts';
import { capped, listed } from '../../shared/core/text/words.ts';
import { type Advice, advise } from '../../shared/model/advice.ts';
import { UserError } from '../../shared/model/errors.ts';
import type { Status } from '../../shared/run/status.ts';
import { type Answer, BLIND, type ExitCode } from '../answer.ts';
import type { CliCommand } from '../command.ts';
import { deployedBlock } from '../deployed.ts';
import { statusDocument } from '../documents/status-document.ts';
import { openParts } from '../open.ts';
import type { Session } from '../session.ts';
import { statusCode } from '../status-code.ts';
import { blindnessOf } from '../unreadable-lists.ts';
import { statusLines } from '../view/status-text.ts';

interface StatusOptions {
  readonly table?: string;
  readonly policy?: string;
  readonly live?: boolean;
}

/** Refuses a name that no opted-in table, or no policy of the file, has: an empty screen would look like all is well. */
const refuseUnknown = (
  kind: 'table' | 'policy',
  name: string,
  known: readonly string[],
  elsewhere: Advice = advise(''),
): void => {
  if (known.includes(name)) return;
  throw new UserError({
    code: `unknown-${kind}`,
    what: `${kind === 'table' ? 'No table that opted in' : 'No policy'} is called ${capped(name, 80)}.`,
    fix: {
      ...elsewhere,
      say: [known.length === 0 ? 'Leave the option out.' : `There are ${listed(known)}.`, elsewhere.say]
        .join(' ')
        .trim(),
    },
  });
};

/** A table that was tagged since the last audit is not known to it, and a deleted one may have left recovery points. */
const whereElse = ({ origin }: Status, table: string): Advice => {
  const since =
    origin.kind === 'audit' || origin.kind === 'too-old'
      ? `If it was tagged since the audit of ${minuteText(origin.at)}, add --live. `
      : '';
  return advise(
    `${since}What is left of a table that was deleted, or that no tag names:`,
    explainCommand(table),
  );
};

/** Of a table that is gone what is found is all there is to show. */
const isFound = ({ findings }: Status, table: string): boolean =>
  findings.some((finding) => finding.table === table);

const refusePolicy = (policy: string, { tables }: Status, inFile: readonly string[]): void => {
  const governing = new Set(tables.flatMap(({ policies }) => policies));
  refuseUnknown('policy', policy, [...new Set([...inFile, ...governing])].toSorted());
  if (governing.has(policy)) return;
  throw new UserError({
    code: 'unused-policy',
    what: `No table is governed by the policy ${capped(policy, 80)}: no tag names it.`,
    fix: governing.size === 0 ? 'Leave the option out.' : `Tables name ${listed([...governing].toSorted())}.`,
  });
};

/** Limits what is shown, and what the exit code comes from, to some tables and what is found of them. */
const only = (status: Status, { table, policy }: StatusOptions, inFile: readonly string[]): Status => {
  if (table === undefined && policy === undefined) return status;
  const all = status.tables.map(({ verdict }) => verdict.table);
  if (table !== undefined && !isFound(status, table))
    refuseUnknown('table', table, all, whereElse(status, table));
  if (policy !== undefined) refusePolicy(policy, status, inFile);
  const tables = status.tables.filter(
    (one) =>
      (table === undefined || one.verdict.table === table) &&
      (policy === undefined || one.policies.includes(policy)),
  );
  const names = new Set(tables.map(({ verdict }) => verdict.table));
  if (table !== undefined && !all.includes(table)) names.add(table);
  return {
    ...status,
    tables,
    findings: status.findings.filter((finding) => finding.table !== undefined && names.has(finding.table)),
  };
};

/** Without a table that is known, no option can leave out what is unknown. */
const isKnown = ({ origin }: Status): boolean => origin.kind !== 'none' && origin.kind !== 'unreadable';

/** Nothing is known of tables that no audit has seen for too long. */
const codeOf = (status: Status, isUnread: boolean): ExitCode =>
  isUnread || !['live', 'audit'].includes(status.origin.kind) ? BLIND : statusCode(status);

/** Shows on one screen who is alerted, what ran, and how every table stands. Reads only. */
const status = async (session: Session, options: StatusOptions): Promise<Answer> => {
  const parts = await openParts(session);
  const { readStatus } = await import('../../shared/run/status.ts');
  const inFile = parts.policies.policies.map(({ name }) => name);
  const read = await readStatus(parts, options);
  const seen = isKnown(read) ? only(read, options, inFile) : read;
  const unreadableLists = blindnessOf(seen.gaps, read, session);
  const lines = [
    ...deployedBlock(session, seen.deployed),
    ...statusLines(seen, parts.instance, session.screen, options.table),
  ];
  return {
    exitCode: codeOf(seen, unreadableLists !== undefined),
    lines: unreadableLists?.isTotal === true ? [] : lines,
    document: statusDocument(seen, parts.instance),
    notes: unreadableLists?.notes ?? [],
  };
};

export const statusCommand: CliCommand<StatusOptions> = {
  name: 'status',
  summary: 'show on one screen who is alerted, what ran and how every table stands; reads only',
  options: [
    new Option('--table <name>', 'only this table'),
    new Option('--policy <name>', 'only the tables that this policy governs'),
    new Option('--live', 'look at every table now, in place of what the last audit saw'),
  ],
  run: (session, options) => status(session, options),
};
