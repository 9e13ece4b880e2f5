import type { Diagnosis } from '../../model/diagnosis.ts';

/** A command at the end of a line. */
const AWS_COMMAND = /\baws [a-z-]+ [a-z-]+.*$/gm;
const DEPLOY_COMMAND = /\bnpm run deploy$/gm;

/**
 * Given a diagnosis and the Region that was looked at, returns it with that Region in every command that mends it: the shell in which a person
 * pastes the command may have another one, or none. At the edge one without a command is left as it is.
 */
export const inRegion = (diagnosis: Diagnosis, region: string): Diagnosis => {
  if (diagnosis.fix === undefined) return diagnosis;
  const fix = diagnosis.fix
    .replaceAll(AWS_COMMAND, (command) => `${command} --region ${region}`)
    .replaceAll(DEPLOY_COMMAND, (command) => `${command} -- --region ${region}`);
  return { ...diagnosis, fix };
};
