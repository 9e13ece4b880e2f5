import {
  createBackupSettings,
  createFunctions,
  createOrganization,
} from '../adapters/aws/account-settings.ts';
import { createLimiter } from '../adapters/aws/limiter.ts';
import { API_LIMITS, DOCTOR_LIMITS } from '../adapters/aws/limits.ts';
import { createCallRecorder } from '../adapters/aws/pacing.ts';
import { createSecretParameter } from '../adapters/aws/secret-parameter.ts';
import { createTableKeys } from '../adapters/aws/table-details.ts';
import { createTrails } from '../adapters/aws/trails.ts';
import { secretCheck } from '../adapters/channels/service.ts';
import { SERVICES } from '../adapters/channels/services.ts';
import { heartbeatCheck } from '../adapters/heartbeat/heartbeat-services.ts';
import { createCallTime, systemClock } from '../adapters/system/time.ts';
import { SECOND_MS } from '../model/instant.ts';
import { composeFromTerminal, type TerminalOptions } from './compose.ts';
import { namesOf, wireOf } from './compose-wire.ts';
import type { DoctorParts, SecretNames } from './doctor-surroundings.ts';

/**
 * How long a diagnosis may take: whatever has not answered by then is the diagnosis. In
 * milliseconds.
 */
const PATIENCE_MS = 30 * SECOND_MS;

/**
 * Builds what the doctor examines with. It is separate from the other compositions because it loads
 * clients that nothing else needs. Throws a `UserError` when AWS does not answer the caller.
 */
export const composeDoctor = async (
  seat: TerminalOptions,
  secretNames: SecretNames,
): Promise<DoctorParts> => {
  const { clock = systemClock, instance } = seat;
  const parts = await composeFromTerminal(seat);
  const limiter = createLimiter({ clock, limits: { ...API_LIMITS, ...DOCTOR_LIMITS } });
  const callTime = createCallTime(clock, PATIENCE_MS);
  const options = { ...wireOf(seat), clock, limiter, recorder: createCallRecorder(), callTime };
  parts.callTime.allow(clock.now() + PATIENCE_MS);
  return {
    parts,
    ...namesOf(instance, parts.target),
    tableKeys: createTableKeys(options),
    trails: createTrails(options),
    organization: createOrganization(options),
    backupSettings: createBackupSettings(options),
    functions: createFunctions(options),
    secretNames,
    checkOf: (kind, parameter) => {
      const secret = createSecretParameter(options, parameter);
      return kind === 'heartbeat' ? heartbeatCheck(secret) : secretCheck(secret, SERVICES[kind]);
    },
  };
};
