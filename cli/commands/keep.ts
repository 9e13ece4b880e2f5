import { Argument, Option } from 'commander';
import { keepDeletedCommand, releaseDeletedCommand } from '../../shared/core/text/commands.ts';
import { commandText } from '../../shared/core/text/shell.ts';
import { wholeCommand } from '../../shared/core/text/whole-command.ts';
import { listed } from '../../shared/core/text/words.ts';
import type { Command } from '../../shared/model/advice.ts';
import { ownTagOf } from '../../shared/model/policy.ts';
import type { Deps } from '../../shared/run/deps.ts';
import type { KeptNow } from '../../shared/run/keep-deleted.ts';
import { type Answer, FINE } from '../answer.ts';
import type { CliCommand } from '../command.ts';
import { keepDocument } from '../documents/keep-document.ts';
import { openParts } from '../open.ts';
import type { Session } from '../session.ts';
import { checkAccount, inRegionOf, namedTable } from '../table-argument.ts';

interface KeepOptions {
  readonly table: string;
  readonly release?: true;
}

const policyText = ({ endedBy }: KeptNow): string =>
  endedBy.length === 0
    ? 'No policy of the file has afterDeletion: what is left of deleted tables stays anyway.'
    : `${listed(endedBy)} ${endedBy.length === 1 ? 'ends' : 'end'} what is left of other deleted tables, by afterDeletion.`;

const linesOf = (kept: KeptNow, whole: (command: Command) => string): readonly string[] =>
  kept.isKept
    ? [
        `What is left of ${kept.table} stays, whatever its policy says. Take that back with:`,
        `  ${whole(releaseDeletedCommand(kept.table))}`,
        policyText(kept),
      ]
    : [
        `${kept.table} is kept for nobody any more: where its policy has afterDeletion, people are told a week before anything of it is deleted. Keep it again with:`,
        `  ${whole(keepDeletedCommand(kept.table))}`,
      ];

const wholeFor =
  ({ instance, policies, target }: Deps) =>
  (command: Command): string =>
    commandText(wholeCommand(command, { instance, target, ...ownTagOf(policies) }));

/** Keeps what is left of a deleted table, or takes that back. Writes one item of the state table, and nothing else. */
const keep = async (given: Session, { release, table: text }: KeepOptions): Promise<Answer> => {
  const named = namedTable(text);
  const session = inRegionOf(given, named);
  const parts = await openParts(session);
  checkAccount(named, parts.target);
  const { keepDeleted } = await import('../../shared/run/keep-deleted.ts');
  const kept = await keepDeleted(parts, named.table, release !== true);
  return {
    exitCode: FINE,
    lines: linesOf(kept, wholeFor(parts)),
    document: keepDocument(kept, parts),
    notes: [],
  };
};

export const keepCommand: CliCommand<KeepOptions> = {
  name: 'keep',
  summary: 'keep what is left of a deleted table whatever its policy says',
  argument: new Argument('<table>', 'its name, or its ARN'),
  options: [new Option('--release', 'take that back')],
  run: keep,
};
