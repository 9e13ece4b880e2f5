import type { Logger } from '@aws-lambda-powertools/logger';
import type { MiddlewareObj } from '@middy/core';

/** Logs an error with its cause before Lambda counts it. */
export const errorLogger = (logger: Logger): MiddlewareObj => ({
  onError: ({ error }) => {
    if (error) logger.error('the run failed', error);
  },
});

/** Ends a run that could not observe, alert or remember as an error, so that Lambda's own metric shows it. */
export const throwFailures = ({ failures }: { readonly failures: readonly string[] }): void => {
  if (failures.length > 0) throw new Error(`the run is not whole: ${failures.join('; ')}`);
};
