import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { composeDrillFromEnvironment } from '../shared/run/compose-drill.ts';
import { drill } from '../shared/run/drill/drill.ts';
import { drillPartsOf } from './at-terminal.ts';
import { errorLogger, throwFailures } from './failures.ts';
import { policies } from './policies.ts';

const logger = new Logger({ serviceName: 'tablekeeper-drill' });
const parts = composeDrillFromEnvironment(policies, logger);

/** Proves that tables can be restored: restores them under names of its own, checks them, deletes them. Its role makes and deletes tables of these names alone. */
export const handler = middy<unknown, Readonly<Record<string, unknown>>>({ timeoutEarlyInMillis: 0 })
  .use(injectLambdaContext(logger, { resetKeys: true }))
  .use(errorLogger(logger))
  .handler(async (_event, context) => {
    const deadline = parts.clock.now() + context.getRemainingTimeInMillis();
    const report = await drill(drillPartsOf(parts, context), { deadline });
    logger.info('the run is over', { ...report });
    throwFailures(report);
    return { ...report };
  });
