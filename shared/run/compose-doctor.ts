import { createCallRecorder } from '../adapters/aws/call-recorder.ts';
import { heartbeatCheck, webhookCheck } from '../adapters/aws/doctor-secrets.ts';
import { createLimiter } from '../adapters/aws/limiter.ts';
import { API_LIMITS } from '../adapters/aws/limits.ts';
import { createSecretParameter } from '../adapters/aws/secret-parameter.ts';
import { systemClock } from '../adapters/system/clock.ts';
import { composeFromTerminal, namesOf, type Seat, wireOf } from './compose.ts';
import type { DoctorParts } from './doctor.ts';

/** In which SSM parameters a person keeps secrets; what is absent is not looked at. */
export interface SecretNames {
  readonly slackParameter?: string;
  readonly heartbeatParameter?: string;
}

/**
 * Given what a person gives, returns what the doctor looks with. At the edge a `UserError` when AWS does not answer the caller.
 */
export const composeDoctor = async (seat: Seat, names: SecretNames): Promise<DoctorParts> => {
  const { clock = systemClock, region, instance } = seat;
  const { slackParameter, heartbeatParameter } = names;
  const parts = await composeFromTerminal(seat);
  const limiter = createLimiter({ clock, limits: API_LIMITS });
  const options = { ...wireOf(seat), clock, limiter, recorder: createCallRecorder() };
  return {
    parts,
    ...namesOf(instance, region, parts.target.accountId),
    ...(slackParameter !== undefined && {
      webhook: webhookCheck(createSecretParameter(options, slackParameter)),
    }),
    ...(heartbeatParameter !== undefined && {
      heartbeat: heartbeatCheck(createSecretParameter(options, heartbeatParameter)),
    }),
  };
};
