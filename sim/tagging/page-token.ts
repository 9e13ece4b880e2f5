import { serviceFailure } from '../failure.ts';
import { invalidParameter } from './filters.ts';

const LIFE_MS = 15 * 60_000;

interface Place {
  readonly after: string;
  readonly issuedAt: number;
}

/** A token says after which ARN to go on. It lives for 15 minutes. */
export const writeToken = (after: string, issuedAt: number): string =>
  Buffer.from(JSON.stringify({ after, issuedAt } satisfies Place)).toString('base64');

const parseToken = (token: string): Partial<Place> => {
  try {
    return JSON.parse(Buffer.from(token, 'base64').toString('utf8')) as Partial<Place>;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    return {};
  }
};

export const readToken = (token: string | undefined, now: number): string | undefined => {
  if (token === undefined || token === '') return undefined;
  const { after, issuedAt } = parseToken(token);
  if (after === undefined || issuedAt === undefined) throw invalidParameter('PaginationToken is invalid');
  if (now - issuedAt > LIFE_MS) {
    throw serviceFailure('PaginationTokenExpiredException', 'The pagination token has expired');
  }
  return after;
};
