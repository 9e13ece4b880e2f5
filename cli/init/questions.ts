import { loadPolicies } from '../../shared/core/policy/load.ts';
import { asAdvice } from '../../shared/model/advice.ts';
import type { ChannelName } from '../../shared/model/channel.ts';
import { UserError, UserErrors } from '../../shared/model/errors.ts';
import { adviceLine } from '../../shared/model/shell.ts';
import { isRegionName } from '../region.ts';
import { starterText } from './starter.ts';

/** What is asked to begin, each also an option. */
export interface Answers {
  readonly region: string;
  readonly alertEmail: string;
  readonly slackParameter: string;
  readonly timezone: string;
  /** The SSM parameters of the channels that nobody is asked about: only those that were typed. */
  readonly channels: Partial<Readonly<Record<ChannelName, string>>>;
}

/** One question: how it is asked, and what an answer has to be. */
export interface Question {
  readonly key: Exclude<keyof Answers, 'channels'>;
  readonly flag: string;
  readonly text: string;
  /** Returns what is wrong with an answer, as a sentence; undefined when nothing is. */
  wrong(answer: string): string | undefined;
}

/** @see stack/parameters.yml, which refuses at the deployment what these refuse now */
export const EMAIL = /^none$|^[^@\s,;<>"]+@[^@\s,;<>"]+$/;
export const PARAMETER_NAME = /^(?!\/([aA][wW][sS]|[sS][sS][mM]))(\/[A-Za-z0-9_.-]+){1,15}$/;

/** AWS sends no mail to a name without a dot: `ops@example` is a slip. */
const HAS_DOMAIN = /@[^@]+\.[^@.]+$/;

/** Every Region is called by a point of the compass: `eu-wst-1` is a slip. */
const COMPASS = /-(?:(?:north|south)(?:east|west)?|east|west|central)-\d+$/;

const wrongZone = (zone: string): string | undefined => {
  try {
    loadPolicies(starterText(zone), 'policies.yml');
    return undefined;
  } catch (error) {
    if (!(error instanceof UserErrors)) throw error;
    const [first] = error.errors;
    return first instanceof UserError
      ? `${first.content.what} ${adviceLine(asAdvice(first.content.fix))}`
      : error.message;
  }
};

/** Returns what is wrong with the name of an SSM parameter; what was typed may be the secret itself, so it is not repeated. */
export const wrongParameter = (name: string, example: string): string | undefined =>
  name === 'none' || PARAMETER_NAME.test(name)
    ? undefined
    : `That is no name of a parameter. Write one such as ${example}, not the address in it; or none.`;

/** In the order in which they are asked. */
export const QUESTIONS: readonly Question[] = [
  {
    key: 'region',
    flag: '--region',
    text: 'Which Region are the tables in?',
    wrong: (region) =>
      isRegionName(region) && COMPASS.test(region)
        ? undefined
        : `${JSON.stringify(region)} is no Region. Write one such as eu-central-1.`,
  },
  {
    key: 'alertEmail',
    flag: '--alert-email',
    text: 'Which mail address is alerted? (none: people subscribe to the topic by other means)',
    wrong: (email) =>
      EMAIL.test(email) && (email === 'none' || HAS_DOMAIN.test(email))
        ? undefined
        : `${JSON.stringify(email)} is no mail address. Write one such as ops@example.com, or none.`,
  },
  {
    key: 'slackParameter',
    flag: '--slack-parameter',
    text: 'Slack? The name of the SSM parameter that holds, or will hold, the webhook, such as /tablekeeper/slack; or none',
    wrong: (name) => wrongParameter(name, '/tablekeeper/slack'),
  },
  {
    key: 'timezone',
    flag: '--timezone',
    text: 'In which time zone are schedules read?',
    wrong: wrongZone,
  },
];
