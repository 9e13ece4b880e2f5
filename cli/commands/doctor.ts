import { Option } from 'commander';
import { packagedCommand } from '../../shared/core/text/whole-command.ts';
import { advise, withCommands } from '../../shared/model/advice.ts';
import type { Diagnosis } from '../../shared/model/diagnosis.ts';
import { UserError } from '../../shared/model/errors.ts';
import { type Answer, FINDINGS, FINE } from '../answer.ts';
import type { CliCommand } from '../command.ts';
import { seatOf } from '../open.ts';
import { IS_CLONE } from '../own-files.ts';
import type { Session } from '../session.ts';
import { doctorLines } from '../view/doctor-text.ts';

interface DoctorOptions {
  /** Names of SSM parameters. */
  readonly slackParameter?: string;
  readonly heartbeatParameter?: string;
}

/** Without working credentials there is one thing to fix, and nothing else can be seen. */
const withoutAccess = (thrown: unknown): readonly Diagnosis[] => {
  if (!(thrown instanceof UserError) || thrown.content.code !== 'no-aws-access') throw thrown;
  const { what, fix } = thrown.content;
  return [{ item: 'credentials', status: 'missing', says: what, fix: advise(fix) }];
};

const diagnose = async (session: Session, options: DoctorOptions): Promise<readonly Diagnosis[]> => {
  const seat = await seatOf(session);
  const { composeDoctor } = await import('../../shared/run/compose-doctor.ts');
  const { examine } = await import('../../shared/run/doctor.ts');
  try {
    return await examine(await composeDoctor(seat, options));
  } catch (error) {
    return withoutAccess(error);
  }
};

/** Names what runs here: without a clone there is no `npm run deploy`. */
const runnableHere = (diagnosis: Diagnosis): Diagnosis =>
  IS_CLONE || diagnosis.fix === undefined
    ? diagnosis
    : { ...diagnosis, fix: withCommands(diagnosis.fix, packagedCommand) };

/** Lists what a deployment lacks and how to fix each. Reads only, and shows no secret. */
const doctor = async (session: Session, options: DoctorOptions): Promise<Answer> => {
  const { env } = session.terminal;
  const slackParameter = options.slackParameter ?? env.TABLEKEEPER_SLACK_WEBHOOK_PARAMETER;
  const heartbeatParameter = options.heartbeatParameter ?? env.TABLEKEEPER_HEARTBEAT_PARAMETER;
  const found = await diagnose(session, {
    ...(slackParameter && { slackParameter }),
    ...(heartbeatParameter && { heartbeatParameter }),
  });
  const diagnoses = found.map(runnableHere);
  return {
    exitCode: diagnoses.some(({ status }) => status === 'missing') ? FINDINGS : FINE,
    lines: doctorLines(diagnoses, session.screen),
    document: { command: 'doctor', instance: session.options.instance, diagnoses },
    notes: [],
  };
};

export const doctorCommand: CliCommand<DoctorOptions> = {
  name: 'doctor',
  summary: 'report what the deployment lacks and how to fix it; reads only',
  options: [
    new Option('--slack-parameter <name>', 'SSM parameter that holds the Slack webhook'),
    new Option('--heartbeat-parameter <name>', "SSM parameter that holds the heartbeat's address"),
  ],
  run: doctor,
};
