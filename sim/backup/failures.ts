import { type ServiceFailure, serviceFailure } from '../failure.ts';

const backupFailure = (name: string, message: string, code: string, status = 400): ServiceFailure =>
  serviceFailure(name, message, status, { Code: code, Type: 'Client' });

export const invalidParameter = (message: string, code = 'ERROR_3015'): ServiceFailure =>
  backupFailure('InvalidParameterValueException', message, code);

export const missingParameter = (member: string): ServiceFailure =>
  backupFailure('MissingParameterValueException', `Missing required parameter: ${member}`, 'ERROR_2001');

export const invalidRequest = (message: string, code = 'ERROR_9101'): ServiceFailure =>
  backupFailure('InvalidRequestException', message, code);

export const invalidState = (message: string): ServiceFailure =>
  backupFailure('InvalidResourceStateException', message, 'ERROR_9301');

export const notFound = (message: string): ServiceFailure =>
  backupFailure('ResourceNotFoundException', message, 'ERROR_1101');

export const limitExceeded = (message: string): ServiceFailure =>
  backupFailure('LimitExceededException', message, 'ERROR_5001');

export const alreadyExists = (message: string, details: object): ServiceFailure =>
  serviceFailure('AlreadyExistsException', message, 400, { Code: 'ERROR_4001', Type: 'Client', ...details });

/** What AWS Backup answers where it will not even say whether something is there. */
export const insufficientPrivileges = (): ServiceFailure =>
  serviceFailure('AccessDeniedException', 'Insufficient privileges to perform this action.', 403);

const STATUS: Readonly<Record<string, number>> = { AccessDeniedException: 403 };

/** A failure whose name the account's settings choose. */
export const namedFailure = (name: string, message: string): ServiceFailure =>
  backupFailure(name, message, 'ERROR_9101', STATUS[name] ?? 400);
