import { Option } from 'commander';
import { packagedCommand } from '../../shared/core/text/whole-command.ts';
import { asAdvice, withCommands } from '../../shared/model/advice.ts';
import { CHANNELS } from '../../shared/model/channel.ts';
import type { Diagnosis } from '../../shared/model/diagnosis.ts';
import { UserError } from '../../shared/model/errors.ts';
import type { SecretKind, SecretNames } from '../../shared/run/doctor-surroundings.ts';
import { type Answer, BLIND, type ExitCode, FINDINGS, FINE } from '../answer.ts';
import type { CliCommand } from '../command.ts';
import { seatOf } from '../open.ts';
import { deploysFrom } from '../own-files.ts';
import type { Session } from '../session.ts';
import { doctorLines } from '../view/doctor-text.ts';

/** Names of SSM parameters, each under the name of its option. */
interface DoctorOptions {
  readonly slackParameter?: string;
  readonly teamsParameter?: string;
  readonly pagerdutyParameter?: string;
  readonly webhookParameter?: string;
  readonly heartbeatParameter?: string;
}

/** What was found, and whether AWS answered at all. */
interface Examined {
  readonly diagnoses: readonly Diagnosis[];
  readonly hasAccess: boolean;
}

const NO_ACCESS: readonly string[] = ['no-aws-access', 'no-profile'];

/** Without working credentials there is one thing to fix, and nothing else can be seen. */
const withoutAccess = (thrown: unknown): Examined => {
  if (!(thrown instanceof UserError) || !NO_ACCESS.includes(thrown.content.code)) throw thrown;
  const { content } = thrown;
  return {
    hasAccess: false,
    diagnoses: [{ item: 'credentials', status: 'missing', says: content.what, fix: asAdvice(content.fix) }],
  };
};

const diagnose = async (session: Session, names: SecretNames): Promise<Examined> => {
  const { composeDoctor } = await import('../../shared/run/compose-doctor.ts');
  const { examine } = await import('../../shared/run/doctor.ts');
  try {
    const seat = await seatOf(session);
    return { hasAccess: true, diagnoses: await examine(await composeDoctor(seat, names)) };
  } catch (error) {
    return withoutAccess(error);
  }
};

/** What a person typed, or has in the environment as a deployed function has it. */
const namesIn = (env: NodeJS.ProcessEnv, options: DoctorOptions): SecretNames => {
  const { slackParameter, teamsParameter, pagerdutyParameter, webhookParameter, heartbeatParameter } =
    options;
  const typed: SecretNames = {
    ...(slackParameter && { slack: slackParameter }),
    ...(teamsParameter && { teams: teamsParameter }),
    ...(pagerdutyParameter && { pagerduty: pagerdutyParameter }),
    ...(webhookParameter && { webhook: webhookParameter }),
    ...(heartbeatParameter && { heartbeat: heartbeatParameter }),
  };
  const variables: readonly (readonly [SecretKind, string])[] = [
    ...CHANNELS.map(({ name, variable }) => [name, variable] as const),
    ['heartbeat', 'TABLEKEEPER_HEARTBEAT_PARAMETER'],
  ];
  const set = variables.flatMap(([kind, variable]) => (env[variable] ? [[kind, env[variable]]] : []));
  return { ...Object.fromEntries(set), ...typed };
};

/** Names what runs here: outside a clone there is no `npm run deploy`. */
const runnableHere = (diagnosis: Diagnosis): Diagnosis =>
  deploysFrom() || diagnosis.fix === undefined
    ? diagnosis
    : { ...diagnosis, fix: withCommands(diagnosis.fix, packagedCommand) };

const codeOf = ({ diagnoses, hasAccess }: Examined): ExitCode => {
  if (!hasAccess) return BLIND;
  return diagnoses.some(({ status }) => status === 'missing') ? FINDINGS : FINE;
};

/** Lists what a deployment lacks and how to fix each. Reads only, and shows no secret. */
const doctor = async (session: Session, options: DoctorOptions): Promise<Answer> => {
  const found = await diagnose(session, namesIn(session.terminal.env, options));
  const diagnoses = found.diagnoses.map(runnableHere);
  return {
    exitCode: codeOf(found),
    lines: doctorLines(diagnoses, session.screen),
    document: { command: 'doctor', instance: session.options.instance, diagnoses },
    notes: [],
  };
};

export const doctorCommand: CliCommand<DoctorOptions> = {
  name: 'doctor',
  summary: 'report what the deployment lacks and how to fix it; reads only',
  options: [
    ...CHANNELS.map(
      ({ option, item }) => new Option(`${option} <name>`, `SSM parameter that holds the ${item}`),
    ),
    new Option('--heartbeat-parameter <name>', "SSM parameter that holds the heartbeat's address"),
  ],
  run: doctor,
};
