import { reasonText } from '../core/doctor/reason-text.ts';
import { advise, asAdvice } from '../model/advice.ts';
import { CHANNELS } from '../model/channel.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import { messageOf, UserError } from '../model/errors.ts';
import { type Failure, ownFailure } from '../model/failure.ts';
import type { SecretCheck } from '../ports/secrets.ts';
import type { DoctorParts, SecretKind } from './doctor-surroundings.ts';

/** Where the name of a parameter was found, or the diagnosis when it was not. */
type Found = { readonly parameter: string } | { readonly diagnosis: Omit<Diagnosis, 'item'> };

/** One thing that a function reads out of a parameter. */
interface Kept {
  readonly item: string;
  readonly kind: SecretKind;
  /** What it is, as `an address`. */
  readonly holds: string;
  /** The function that reads it, and the variable that holds its name. */
  readonly reader: string;
  readonly variable: string;
  readonly option: string;
  /** The deployment parameter that sets it. */
  readonly parameter: string;
}

const unneeded = ({ parameter }: Kept): Found => ({
  diagnosis: { status: 'unneeded', says: `none: deployed without ${parameter}` },
});

const unknown = ({ option }: Kept, why: Failure, instead: string): Found => ({
  diagnosis: {
    status: 'unknown',
    says: `not looked at: ${reasonText(why)}`,
    fix: advise(`${instead}, or name its parameter with ${option}.`),
  },
});

/** A missing function has no secret; a deployment without any function says nothing. */
const find = async (kept: Kept, { functions, parts, secretNames }: DoctorParts): Promise<Found> => {
  const given = secretNames[kept.kind];
  if (given !== undefined) return { parameter: given };
  const nameOf = (name: string) => `tablekeeper-${parts.instance}-${name}`;
  const environment = await functions.readEnvironment(nameOf(kept.reader));
  switch (environment.kind) {
    case 'found': {
      const parameter = environment.value[kept.variable] ?? '';
      return parameter === '' ? unneeded(kept) : { parameter };
    }
    case 'unreadable':
      return unknown(kept, environment.failure, 'Allow yourself lambda:GetFunctionConfiguration');
    case 'missing': {
      const audit = nameOf('audit');
      const isDeployed = (await functions.readEnvironment(audit)).kind === 'found';
      return isDeployed
        ? unneeded(kept)
        : unknown(kept, ownFailure('not-there', `there is no function ${audit}`), 'Deploy');
    }
  }
};

const lookAt = async ({ item, holds }: Kept, secret: SecretCheck): Promise<Diagnosis> => {
  try {
    const doubt = await secret.check();
    if (doubt === undefined) return { item, status: 'fine', says: `${secret.name} holds ${holds}` };
    return { item, status: 'advised', says: doubt.what, fix: advise(doubt.fix) };
  } catch (error) {
    if (error instanceof UserError) {
      const { what } = error.content;
      return { item, status: 'missing', says: what, fix: asAdvice(error.content.fix) };
    }
    const fix = advise('Allow yourself ssm:GetParameter on it, and kms:Decrypt on its key.');
    return { item, status: 'unknown', says: messageOf(error), fix };
  }
};

const diagnose = async (kept: Kept, doctor: DoctorParts): Promise<Diagnosis> => {
  const found = await find(kept, doctor);
  if ('diagnosis' in found) return { item: kept.item, ...found.diagnosis };
  return await lookAt(kept, doctor.checkOf(kept.kind, found.parameter));
};

const KEPT: readonly Kept[] = [
  ...CHANNELS.map(({ name, ...channel }) => ({ ...channel, kind: name, reader: name })),
  {
    item: 'heartbeat',
    kind: 'heartbeat',
    holds: 'an address',
    reader: 'audit',
    variable: 'TABLEKEEPER_HEARTBEAT_PARAMETER',
    option: '--heartbeat-parameter',
    parameter: 'heartbeatParameter',
  },
];

/**
 * Checks that the secrets are where the functions look for them, and well-formed. Shows no secret;
 * one that was not asked for is not needed, and one that this person may not read is unknown.
 */
export const secretDiagnoses = (doctor: DoctorParts): Promise<readonly Diagnosis[]> =>
  Promise.all(KEPT.map((kept) => diagnose(kept, doctor)));
