import { Option } from 'commander';
import { unknownZone } from '../../shared/core/restore/asked-time.ts';
import { onTheWallText } from '../../shared/core/restore/moment-text.ts';
import { verdictSummary } from '../../shared/core/text/verdict.ts';
import { type Answer, BLIND } from '../answer.ts';
import type { CliCommand } from '../command.ts';
import { headFields } from '../documents/fields.ts';
import { tablesFields } from '../documents/plan-document.ts';
import { openParts } from '../open.ts';
import { PRICES_OPTION, pricesOf } from '../price-list.ts';
import type { Session } from '../session.ts';
import { statusCode } from '../status-code.ts';
import { blindnessOf } from '../unreadable-lists.ts';
import { findingsSummary } from '../view/findings-text.ts';
import { headerLine } from '../view/plan-text.ts';
import { writeWhole } from '../write-file.ts';

interface ReportOptions {
  readonly out: string;
  readonly tz: string;
  readonly prices?: string;
}

/** Asked before anything is read: a slip should not cost a minute. */
const checkZone = (zone: string): void => {
  try {
    onTheWallText(0, zone);
  } catch (error) {
    if (error instanceof RangeError) throw unknownZone(zone);
    throw error;
  }
};

/** Writes one page that shows how every table stands and how to get it back. Looks at every table; changes nothing. */
const report = async (session: Session, { out, tz: zone, prices: file }: ReportOptions): Promise<Answer> => {
  checkZone(zone);
  const prices = await pricesOf(file);
  const parts = await openParts(session);
  const { readStatus } = await import('../../shared/run/status.ts');
  const { pageText } = await import('../../shared/run/compose-page.ts');
  const status = await readStatus(parts, { live: true });
  const { plan, observation } = status.look;
  const unreadableLists = blindnessOf(observation.gaps, plan, session);
  const notes = unreadableLists?.notes ?? [];
  if (unreadableLists?.isTotal === true) return { exitCode: BLIND, lines: [], notes };
  const { policies, instance, target } = parts;
  const systemBackups = await parts.tableReader.listSystemBackups();
  const page = pageText({ status, systemBackups, policies, instance, target, zone }, prices);
  await writeWhole(out, page, { what: 'the page', fix: 'Name another file with --out FILE.' });
  const verdicts = status.tables.map(({ verdict }) => verdict);
  return {
    exitCode: unreadableLists === undefined ? statusCode(status) : BLIND,
    lines: [
      headerLine(plan, instance, session.screen),
      '',
      verdictSummary(verdicts),
      findingsSummary(status.findings, session.screen),
      '',
      `The page is in ${out}.`,
    ],
    document: {
      ...headFields('report', instance, plan),
      out,
      bytes: Buffer.byteLength(page),
      complete: plan.complete,
      tables: tablesFields(verdicts),
    },
    notes,
  };
};

export const reportCommand: CliCommand<ReportOptions> = {
  name: 'report',
  summary: 'write one page that shows how every table stands and how to get it back; reads only',
  options: [
    new Option('--out <file>', 'where to').default('report.html'),
    new Option('--tz <zone>', 'show times on the clocks of a zone, such as Europe/Zurich').default('UTC'),
    PRICES_OPTION,
  ],
  run: report,
};
