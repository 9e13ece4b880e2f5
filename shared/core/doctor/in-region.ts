import type { Diagnosis } from '../../model/diagnosis.ts';

/** A command at the end of a line, and a remark after it. Services that are the same in every Region are left out. */
const AWS_COMMAND = /\b(aws (?!iam |organizations )[a-z-]+ [a-z-].*?)( {2,}# .*)?$/gm;
const DEPLOY_COMMAND = /\bnpm run deploy$/gm;

/**
 * Given a diagnosis and the Region that was looked at, returns it with that Region in every command that mends it: the shell in which a person
 * pastes the command may have another one, or none. At the edge a command that names a Region keeps it, and a diagnosis without a command is
 * left as it is.
 */
export const inRegion = (diagnosis: Diagnosis, region: string): Diagnosis => {
  if (diagnosis.fix === undefined) return diagnosis;
  const fix = diagnosis.fix
    .replaceAll(AWS_COMMAND, (whole, command: string, remark = '') =>
      command.includes('--region ') ? whole : `${command} --region ${region}${remark}`,
    )
    .replaceAll(DEPLOY_COMMAND, (command) => `${command} -- --region ${region}`);
  return { ...diagnosis, fix };
};
