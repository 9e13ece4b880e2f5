import { UserError } from '../../shared/model/errors.ts';
import { regionOf } from '../region.ts';
import type { Session } from '../session.ts';
import { sanitizeTerminal, textOf } from '../terminal.ts';
import { type Answers, QUESTIONS, type Question, wrongParameter } from './questions.ts';

/** What was typed instead of being asked. */
export interface Asking {
  readonly alertEmail?: string;
  readonly slackParameter?: string;
  readonly timezone?: string;
  readonly teamsParameter?: string;
  readonly pagerdutyParameter?: string;
  readonly webhookParameter?: string;
}

/** Answers that are not all given yet. */
type Draft = { -readonly [Key in Question['key']]?: string | undefined };

const mistake = ({ flag, key }: Question, what: string): UserError =>
  new UserError({ code: `init-${key}`, what, fix: `Give another after ${flag}.` });

const unanswered = ({ flag, text }: Question): UserError =>
  new UserError({
    code: 'unanswered',
    what: `Nobody is there to be asked: ${text}`,
    fix: `Add ${flag}.`,
  });

const wrongWith = (key: Question['key'], answer: string): string | undefined =>
  QUESTIONS.find((question) => question.key === key)?.wrong(answer);

const machineZone = ({ terminal }: Session): string =>
  terminal.env.TZ ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The Region that every other command would take; absent where there is none, which is no mistake here. */
const knownRegion = async (session: Session): Promise<string | undefined> => {
  try {
    return await regionOf(session);
  } catch (error) {
    if (error instanceof UserError && error.content.code === 'no-region') return undefined;
    throw error;
  }
};

/** What an empty answer means. Without a terminal it must not depend on the machine. */
const defaultsOf = async (session: Session, isAsked: boolean): Promise<Draft> => {
  const region = await knownRegion(session);
  const zone = isAsked ? machineZone(session) : 'UTC';
  return {
    ...(region !== undefined && { region }),
    slackParameter: 'none',
    timezone: wrongWith('timezone', zone) === undefined ? zone : 'UTC',
  };
};

const say = ({ terminal }: Session, line: string): void =>
  terminal.stdout.write(sanitizeTerminal(textOf([line])));

/** Asks until the answer is right. Undefined at the end of the input. */
const askOne = async (
  session: Session,
  question: Question,
  byDefault: string | undefined,
): Promise<string | undefined> => {
  for (;;) {
    const shown = byDefault === undefined ? '' : ` [${byDefault}]`;
    const typed = (await session.terminal.ask?.(`${question.text}${shown} `))?.trim();
    if (typed === undefined) return undefined;
    const answer = typed === '' ? byDefault : typed;
    if (answer === undefined) {
      say(session, 'This has no default. Write an answer.');
      continue;
    }
    const wrong = question.wrong(answer);
    if (wrong === undefined) return answer;
    say(session, wrong);
  }
};

/** Refuses what was typed wrongly before anything is asked. */
const refuseWrong = (given: Draft): void => {
  for (const question of QUESTIONS) {
    const answer = given[question.key];
    const wrong = answer === undefined ? undefined : question.wrong(answer);
    if (wrong !== undefined) throw mistake(question, wrong);
  }
};

/** The channels that are not asked about: most deployments have none of them. Throws a `UserError` for what is no name of a parameter. */
const channelsIn = ({
  teamsParameter,
  pagerdutyParameter,
  webhookParameter,
}: Asking): Answers['channels'] => {
  const typed = { teams: teamsParameter, pagerduty: pagerdutyParameter, webhook: webhookParameter };
  const given = Object.entries(typed).flatMap(([name, parameter]) =>
    parameter === undefined || parameter === 'none' ? [] : [[name, parameter] as const],
  );
  for (const [name, parameter] of given) {
    const wrong = wrongParameter(parameter, `/tablekeeper/${name}`);
    const flag = `--${name}-parameter`;
    if (wrong !== undefined)
      throw new UserError({ code: `init-${name}`, what: wrong, fix: `Give another after ${flag}.` });
  }
  return Object.fromEntries(given);
};

/**
 * Finds the answer to each question: what was typed, else what a person answers, else the default. Undefined when the person stops. The zone of
 * a policy file that is kept is not asked about.
 * Throws a `UserError` for what was typed wrongly, and for what has no default where nobody can answer.
 */
export const askAll = async (
  session: Session,
  typed: Asking,
  keptZone?: string,
): Promise<Answers | undefined> => {
  const { options, terminal } = session;
  const { alertEmail, slackParameter, timezone = keptZone } = typed;
  const { region } = options;
  const given = { region, alertEmail, slackParameter, timezone };
  refuseWrong(given);
  const channels = channelsIn(typed);
  const isAsked = terminal.ask !== undefined && options.json !== true;
  const defaults = await defaultsOf(session, isAsked);
  const answers = { ...defaults };
  for (const question of QUESTIONS) {
    const { key } = question;
    const answer = given[key] ?? (isAsked ? await askOne(session, question, defaults[key]) : defaults[key]);
    if (answer !== undefined) answers[key] = answer;
    else if (isAsked) return undefined;
    else throw unanswered(question);
  }
  return { ...(answers as Omit<Answers, 'channels'>), channels };
};
