import { homedir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../shared/model/errors.ts';
import type { Session } from './session.ts';

/** Reads text that counts as absent where it is blank. */
export const given = (text: string | undefined): string | undefined =>
  text?.trim() === '' ? undefined : text?.trim();

/** The profile that every AWS SDK takes where none is named; it need not be there. */
export const DEFAULT_PROFILE = 'default';

/** Names the profile of a session: the option, else AWS_PROFILE. */
export const profileOf = ({ options, terminal: { env } }: Session): string =>
  given(options.profile) ?? given(env.AWS_PROFILE) ?? DEFAULT_PROFILE;

/** Names the files that AWS SDKs look for a profile in, by the names that the loader has for them. */
export const profileFiles = ({ terminal: { env } }: Session) => {
  const folder = join(given(env.HOME) ?? homedir(), '.aws');
  return {
    configFilepath: given(env.AWS_CONFIG_FILE) ?? join(folder, 'config'),
    filepath: given(env.AWS_SHARED_CREDENTIALS_FILE) ?? join(folder, 'credentials'),
  };
};

/**
 * Throws a `UserError` for a profile that was named and does not exist: the SDK would pass it over, and say no more than that there are no
 * credentials, or take others.
 */
export const checkProfile = async (session: Session): Promise<void> => {
  const profile = profileOf(session);
  if (profile === DEFAULT_PROFILE || session.terminal.seat.credentials !== undefined) return;
  const files = profileFiles(session);
  const { loadSharedConfigFiles } = await import('@smithy/core/config');
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ...files, ignoreCache: true });
  if ([configFile, credentialsFile].some((file) => Object.hasOwn(file, profile))) return;
  const by = given(session.options.profile) === undefined ? 'AWS_PROFILE' : '--profile';
  throw new UserError({
    code: 'no-profile',
    what: `There is no profile ${JSON.stringify(profile)}, which ${by} names, in ${files.configFilepath} or ${files.filepath}.`,
    fix: 'Name another after --profile or in AWS_PROFILE, or add it to one of these files.',
  });
};
