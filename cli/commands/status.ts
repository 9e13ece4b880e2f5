import { type Answer, BLIND } from '../answer.ts';
import type { CliCommand } from '../command.ts';
import { deployedBlock } from '../deployed.ts';
import { statusDocument } from '../documents/status-document.ts';
import { openParts } from '../open.ts';
import type { Session } from '../session.ts';
import { statusCode } from '../status-code.ts';
import { blindnessOf } from '../unreadable-lists.ts';
import { statusLines } from '../view/status-text.ts';

/** Shows on one screen who is alerted, what ran, and how every table stands. Reads only. */
const status = async (session: Session): Promise<Answer> => {
  const parts = await openParts(session);
  const { readStatus } = await import('../../shared/run/status.ts');
  const seen = await readStatus(parts);
  const { gaps } = seen.look.observation;
  const unreadableLists = blindnessOf(gaps, seen.look.plan, session);
  const lines = [
    ...deployedBlock(session, seen.deployed),
    ...statusLines(seen, parts.instance, session.screen),
  ];
  return {
    exitCode: unreadableLists === undefined ? statusCode(seen) : BLIND,
    lines: unreadableLists?.isTotal === true ? [] : lines,
    document: statusDocument(seen, parts.instance),
    notes: unreadableLists?.notes ?? [],
  };
};

export const statusCommand: CliCommand = {
  name: 'status',
  summary: 'show on one screen who is alerted, what ran and how every table stands; reads only',
  run: (session) => status(session),
};
