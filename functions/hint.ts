import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { composeFromEnvironment } from '../shared/run/compose.ts';
import { hintFinders } from '../shared/run/compose-finders.ts';
import { type HintReport, hint, hintedTable } from '../shared/run/hint.ts';
import { summaryOf } from '../shared/run/run-notes.ts';
import { runnerOf } from './at-terminal.ts';
import { errorLogger, throwFailures } from './failures.ts';
import { policies } from './policies.ts';

const logger = new Logger({ serviceName: 'tablekeeper-hint' });
const ownParts = composeFromEnvironment(policies, logger, { finders: hintFinders() });

const tell = (report: HintReport): Readonly<Record<string, unknown>> => {
  if (report.kind === 'left-to-another') return { tables: [] };
  const summary = { tables: report.tables, ...summaryOf(report) };
  logger.info('the hint was looked at', summary);
  throwFailures(report);
  return summary;
};

/** Audits the tables that events name, within a minute. Its role is that of the audit, without the list of all tables. */
export const handler = middy<unknown, Readonly<Record<string, unknown>>>({ timeoutEarlyInMillis: 0 })
  .use(injectLambdaContext(logger, { resetKeys: true }))
  .use(errorLogger(logger))
  .handler(async (event, context) => {
    const { parts } = runnerOf(ownParts, context);
    const hinted = hintedTable(parts, event);
    if (hinted === undefined) return { tables: [] };
    const deadline = parts.clock.now() + context.getRemainingTimeInMillis();
    const log = { group: context.logGroupName, stream: context.logStreamName };
    return tell(await hint(parts, { ...hinted, runId: context.awsRequestId, deadline, log }));
  });
