import { Argument, Option } from 'commander';
import {
  explainCommand,
  keepDeletedCommand,
  releaseDeletedCommand,
  tagTableCommand,
} from '../../shared/core/text/commands.ts';
import { minuteText } from '../../shared/core/text/time.ts';
import { withOptions } from '../../shared/core/text/whole-command.ts';
import { counted, listed, verb } from '../../shared/core/text/words.ts';
import { type Advice, advise, asAdvice, type Said } from '../../shared/model/advice.ts';
import { type Failure, failureText } from '../../shared/model/failure.ts';
import type { KeptTable } from '../../shared/model/memory.ts';
import { HOLD_TAG } from '../../shared/model/table.ts';
import type { Deps } from '../../shared/run/deps.ts';
import type { KeptNow } from '../../shared/run/keep-deleted.ts';
import { type Answer, BLIND, FINE } from '../answer.ts';
import type { CliCommand } from '../command.ts';
import { deployedBlock, readDeployed } from '../deployed.ts';
import { deployedFields } from '../documents/deployed-document.ts';
import { keepDocument, keptListDocument } from '../documents/keep-document.ts';
import type { Session } from '../session.ts';
import { type NeededState, withState } from '../state-answer.ts';
import { checkAccount, inRegionOf, namedTableOnly } from '../table-argument.ts';
import { adviceLines } from '../view/advice-text.ts';
import type { Screen } from '../view/colour.ts';
import { paragraph } from '../view/paragraph.ts';
import { openWithoutFile, type PoliciesFrom } from '../without-file.ts';

interface KeepOptions {
  /** Without one, what is kept is listed. */
  readonly table?: string | undefined;
  readonly release?: true;
}

const neededBy = ({ instance, target }: Deps): NeededState => ({
  instance,
  target,
  holds: 'it is written what is kept',
});

/** Whose policies are known, and the name of the file that was looked for. */
interface KnownPolicies {
  readonly from: PoliciesFrom;
  readonly file: string;
}

const policyText = ({ endedBy }: KeptNow, { from, file }: KnownPolicies): string => {
  if (from === 'unknown')
    return `There is no ${file} in this folder, and no function has run yet: which policies have afterDeletion, and what AWS Backup deletes by itself, is not known here.`;
  const where = from === 'file' ? file : 'the deployed file';
  return endedBy.length === 0
    ? `No policy of ${where} has afterDeletion: by it, what is left of deleted tables stays anyway.`
    : `${listed(endedBy)} ${endedBy.length === 1 ? 'ends' : 'end'} what is left of other deleted tables, by afterDeletion.`;
};

/** SAFETY: each deployment asks its own state table alone: who keeps one of two believes that both are kept. */
const othersSaid = ({ isKept, others, table }: KeptNow): readonly Advice[] =>
  others.map(({ instance, points }) =>
    advise(
      `${counted(points, 'recovery point')} of ${table} ${verb(points, 'is', 'are')} of the deployment ${instance}, for which this says nothing. ${isKept ? 'To keep those as well:' : 'What becomes of those:'}`,
      withOptions(isKept ? keepDeletedCommand(table) : explainCommand(table), ['--instance', instance]),
    ),
  );

/** SAFETY: an end that AWS Backup was given comes whatever is kept. */
const vaultSaid = ({ endsInVaults, table }: KeptNow): readonly Advice[] =>
  endsInVaults === undefined
    ? []
    : [
        advise(
          `This does not hold up AWS Backup, which deletes ${counted(endsInVaults.points, 'recovery point')} of it in vaults by itself, as deleteAfterDays of the policy or of a copy says, the first on ${minuteText(endsInVaults.firstAt)} and the last on ${minuteText(endsInVaults.lastAt)}. When each ends:`,
          explainCommand(table),
        ),
      ];

/** SAFETY: while the table is there its retention goes on, which a person who keeps it may not expect. */
const keepsText = ({ isThere, table }: KeptNow, instance: string): string =>
  isThere === true
    ? `${table} is there, so this keeps nothing yet: its recovery points expire by its policy as before. Once it is deleted, what the deployment ${instance} then has left of it stays, whatever its policy says. Take that back with:`
    : `What the deployment ${instance} has left of ${table} stays, whatever its policy says. Take that back with:`;

const holdSaid = ({ isThere, table }: KeptNow, { target }: Deps): readonly Advice[] =>
  isThere === true
    ? [
        advise(
          'To let nothing of it expire from now on, set its hold:',
          tagTableCommand(table, HOLD_TAG, target, 'true'),
        ),
      ]
    : [];

const saidOf = (kept: KeptNow, parts: Deps, known: KnownPolicies): readonly Said[] => {
  const { table } = kept;
  return kept.isKept
    ? [
        advise(keepsText(kept, parts.instance), releaseDeletedCommand(table)),
        ...holdSaid(kept, parts),
        policyText(kept, known),
        ...vaultSaid(kept),
        ...othersSaid(kept),
      ]
    : [
        advise(
          `Nobody asks the deployment ${parts.instance} to keep what is left of ${table} any more: where its policy has afterDeletion, people are told a week before anything of it is deleted. Keep it again with:`,
          keepDeletedCommand(table),
        ),
        ...othersSaid(kept),
      ];
};

const listAnswer = (
  kept: readonly KeptTable[],
  { clock, instance, target }: Deps,
  screen: Screen,
): Answer => ({
  exitCode: FINE,
  lines: [
    ...paragraph(
      kept.length === 0
        ? `Nobody asked the deployment ${instance} to keep what is left of a deleted table.`
        : `People asked the deployment ${instance} to keep what is left of ${counted(kept.length, 'table')}, whatever their policies say:`,
      '',
      screen,
    ),
    ...kept.map(({ keptAt, keptTable }) => `  ${keptTable}, since ${minuteText(keptAt)}`),
  ],
  document: keptListDocument(kept, { clock, instance, target }),
  notes: [],
});

/** SAFETY: what is written down for a name that was mistyped keeps nothing. */
const uncheckedText = (table: string, failure: Failure): string =>
  `error: It was written down, but nothing shows that there is or was a table ${table}, and its recovery points could not be listed (${failureText(failure)}). Compare the name: for a mistyped one this keeps nothing.`;

const keepOne = async (given: Session, text: string, isKept: boolean): Promise<Answer> => {
  const named = namedTableOnly(text);
  const session = inRegionOf(given, named);
  const { from, parts } = await openWithoutFile(session);
  checkAccount(named, parts.target);
  const { keepDeleted } = await import('../../shared/run/keep-deleted.ts');
  const kept = await withState(neededBy(parts), () => keepDeleted(parts, named.table, isKept));
  const deployed = from === 'file' ? await readDeployed(parts) : undefined;
  const known = { from, file: session.options.policies };
  const { unchecked } = kept;
  return {
    exitCode: unchecked === undefined ? FINE : BLIND,
    lines: [
      ...(deployed === undefined ? [] : deployedBlock(session, deployed)),
      ...saidOf(kept, parts, known).flatMap((said) => adviceLines(asAdvice(said), '', session.screen)),
    ],
    document: {
      ...keepDocument(from === 'unknown' ? { ...kept, endedBy: undefined } : kept, parts),
      ...(deployed !== undefined && { deployedPolicies: deployedFields(deployed) }),
    },
    notes: unchecked === undefined ? [] : [uncheckedText(kept.table, unchecked)],
  };
};

/** Keeps what is left of a deleted table, or takes that back, or lists what is kept. Writes one item of the state table, and nothing else. */
const keep = async (session: Session, { release, table }: KeepOptions): Promise<Answer> => {
  if (table !== undefined) return await keepOne(session, table, release !== true);
  const { parts } = await openWithoutFile(session);
  return listAnswer(
    await withState(neededBy(parts), () => parts.stateStore.readKept()),
    parts,
    session.screen,
  );
};

const mistakeIn = ({ release, table }: KeepOptions): string | undefined =>
  release === true && table === undefined ? '--release takes back one table: name it' : undefined;

export const keepCommand: CliCommand<KeepOptions> = {
  name: 'keep',
  summary: 'keep what is left of a deleted table whatever its policy says',
  argument: new Argument('[table]', 'its name, or its ARN; without one, what is kept is listed'),
  options: [new Option('--release', 'take that back')],
  mistakeIn,
  run: keep,
};
