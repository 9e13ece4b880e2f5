import { loadPolicies } from '../../shared/core/policy/load.ts';
import { UserError, UserErrors } from '../../shared/model/errors.ts';
import { isRegionName } from '../region.ts';
import { starterText } from './starter.ts';

/** What is asked to begin, each also an option. */
export interface Answers {
  readonly region: string;
  readonly alertEmail: string;
  readonly slackParameter: string;
  readonly timezone: string;
}

/** One question: how it is asked, and what an answer has to be. */
export interface Question {
  readonly key: keyof Answers;
  readonly flag: string;
  readonly text: string;
  /** Returns what is wrong with an answer, as a sentence; undefined when nothing is. */
  wrong(answer: string): string | undefined;
}

/** @see stack/parameters.yml, which refuses at the deployment what these refuse now */
export const EMAIL = /^none$|^[^@\s,;<>"]+@[^@\s,;<>"]+$/;
export const PARAMETER_NAME = /^(?!\/([aA][wW][sS]|[sS][sS][mM]))(\/[A-Za-z0-9_.-]+){1,15}$/;

const wrongZone = (zone: string): string | undefined => {
  try {
    loadPolicies(starterText(zone), 'policies.yml');
    return undefined;
  } catch (error) {
    if (!(error instanceof UserErrors)) throw error;
    const [first] = error.errors;
    return first instanceof UserError ? `${first.content.what} ${first.content.fix}` : error.message;
  }
};

/** In the order in which they are asked. */
export const QUESTIONS: readonly Question[] = [
  {
    key: 'region',
    flag: '--region',
    text: 'Which Region are the tables in?',
    wrong: (region) =>
      isRegionName(region)
        ? undefined
        : `${JSON.stringify(region)} is no Region. Write one such as eu-central-1.`,
  },
  {
    key: 'alertEmail',
    flag: '--alert-email',
    text: 'Which mail address is alerted? (none: people subscribe to the topic by other means)',
    wrong: (email) =>
      EMAIL.test(email)
        ? undefined
        : `${JSON.stringify(email)} is no mail address. Write one such as ops@example.com, or none.`,
  },
  {
    key: 'slackParameter',
    flag: '--slack-parameter',
    text: 'Slack? The name of the SSM parameter that holds, or will hold, the webhook, such as /tablekeeper/slack; or none',
    wrong: (name) =>
      name === 'none' || PARAMETER_NAME.test(name)
        ? undefined
        : // What was typed may be the webhook itself, which is a secret.
          'That is no name of a parameter. Write one such as /tablekeeper/slack, not the address in it; or none.',
  },
  {
    key: 'timezone',
    flag: '--timezone',
    text: 'In which time zone are schedules read?',
    wrong: wrongZone,
  },
];
