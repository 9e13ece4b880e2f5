import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../shared/model/errors.ts';
import type { Session } from './session.ts';

/** `us-east-1`, `us-gov-west-1`: anything else cannot stand in the name of a host. */
const REGION = /^[a-z]{2,}(?:-[a-z]+)+-\d{1,2}$/;

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

const given = (text: string | undefined): string | undefined =>
  text?.trim() === '' ? undefined : text?.trim();

/** The lines of one section of AWS's config file, from its heading to the next. */
const sectionOf = (text: string, profile: string): readonly string[] => {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const headings = profile === 'default' ? ['[default]', '[profile default]'] : [`[profile ${profile}]`];
  const start = lines.findIndex((line) => headings.includes(line));
  if (start === -1) return [];
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line.startsWith('['));
  return end === -1 ? rest : rest.slice(0, end);
};

const readConfig = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch {
    // Without the file, or without the right to read it, there is just no Region in it; the SDK says what it lacks for credentials.
    return '';
  }
};

const regionOfProfile = async ({ options, terminal }: Session): Promise<string | undefined> => {
  const { env } = terminal;
  const profile = options.profile ?? given(env.AWS_PROFILE) ?? 'default';
  const file = given(env.AWS_CONFIG_FILE) ?? join(given(env.HOME) ?? homedir(), '.aws', 'config');
  const setting = sectionOf(await readConfig(file), profile).find((line) => /^region\s*=/.test(line));
  return given(setting?.slice(setting.indexOf('=') + 1));
};

/**
 * Given a session, returns its Region: the option, else AWS_REGION or AWS_DEFAULT_REGION, else the profile's. At the edge a `UserError` where
 * there is none, or none that could be one.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html (checked 2026-11-22)
 */
export const regionOf = async (session: Session): Promise<string> => {
  const { env } = session.terminal;
  const region =
    given(session.options.region) ??
    given(env.AWS_REGION) ??
    given(env.AWS_DEFAULT_REGION) ??
    (await regionOfProfile(session));
  if (region === undefined) throw noRegion();
  if (!REGION.test(region)) throw wrongRegion(region);
  return region;
};
