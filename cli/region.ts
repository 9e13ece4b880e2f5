import { UserError } from '../shared/model/errors.ts';
import { given, profileFiles, profileOf } from './profile.ts';
import type { Session } from './session.ts';

/** `us-east-1`, `us-gov-west-1`: anything else cannot be part of a host name. */
const REGION = /^[a-z]{2,}(?:-[a-z]+)+-\d{1,2}$/;

/** Whether text can be the name of a Region. */
export const isRegionName = (text: string): boolean => REGION.test(text);

const noRegion = (): UserError =>
  new UserError({
    code: 'no-region',
    what: 'No Region is given.',
    fix: 'Add --region eu-central-1, or set AWS_REGION.',
  });

const wrongRegion = (region: string): UserError =>
  new UserError({
    code: 'region-name',
    what: `${JSON.stringify(region)} is no Region.`,
    fix: 'Write one such as eu-central-1 after --region, or in AWS_REGION.',
  });

/** Reads the profile's Region as every AWS SDK does: in the credentials file, else in the config file. A file that cannot be read holds none. */
const regionOfProfile = async (session: Session): Promise<string | undefined> => {
  // Loaded here, so that a command whose Region is given starts at once.
  const { loadConfig, NODE_REGION_CONFIG_FILE_OPTIONS } = await import('@smithy/core/config');
  const load = loadConfig<string | undefined>(
    {
      environmentVariableSelector: () => undefined,
      configFileSelector: ({ region }) => given(region),
      default: undefined,
    },
    {
      ...NODE_REGION_CONFIG_FILE_OPTIONS,
      profile: profileOf(session),
      ...profileFiles(session),
      ignoreCache: true,
    },
  );
  return load();
};

/** Finds the Region that a command takes to which none is typed; undefined where there is none. */
export const regionUntyped = async (session: Session): Promise<string | undefined> => {
  const { env } = session.terminal;
  return given(env.AWS_REGION) ?? given(env.AWS_DEFAULT_REGION) ?? (await regionOfProfile(session));
};

/**
 * Finds the Region of a session, and notes it for the commands that the session shows: the option, else AWS_REGION or AWS_DEFAULT_REGION, else the
 * profile's. Throws a `UserError` when there is none, or an invalid one.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html (checked 2026-11-22)
 */
export const regionOf = async (session: Session): Promise<string> => {
  const region = given(session.options.region) ?? (await regionUntyped(session));
  if (region === undefined) throw noRegion();
  if (!isRegionName(region)) throw wrongRegion(region);
  session.here.region = region;
  return region;
};
