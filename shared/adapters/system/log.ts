import type { Logger } from '@aws-lambda-powertools/logger';
import type { Log } from '../../ports/log.ts';

/** The part of a Powertools logger that a run writes to. */
export type PowertoolsLogger = Pick<Logger, 'error' | 'info' | 'warn'>;

/** Adapts a Powertools logger: structured lines that carry the logger's own keys. */
export const powertoolsLog = (logger: PowertoolsLogger): Log => ({
  info: (message, fields = {}) => logger.info(message, { ...fields }),
  warn: (message, fields = {}) => logger.warn(message, { ...fields }),
  error: (message, fields = {}) => logger.error(message, { ...fields }),
});

/** Logs nothing, for callers that report to a person in another way. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
