import { spawnSync } from 'node:child_process';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** cfn-guard comes with the package as one binary for each platform. */
const PLATFORMS: Readonly<Record<string, string>> = { linux: 'ubuntu', darwin: 'macos' };
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64' };

const FAILED_RULES = 19;

const binary = (): string => {
  const main = fileURLToPath(import.meta.resolve('@cdklabs/cdk-validator-cfnguard'));
  const [system, machine] = [PLATFORMS[platform()], ARCHITECTURES[arch()]];
  if (system === undefined || machine === undefined)
    throw new Error(`cfn-guard does not come for ${platform()} on ${arch()}`);
  return join(dirname(main), '..', 'bin', system, machine, 'cfn-guard');
};

export interface Verdict {
  readonly passed: boolean;
  /** What cfn-guard says of the rules that failed. */
  readonly report: string;
}

/** Whether every rule in a file or folder holds for a template. Throws for a rule that cannot be read. */
export const holdAgainst = (template: string, rules: string): Verdict => {
  const { status, stdout, stderr, error } = spawnSync(
    binary(),
    ['validate', '--data', template, '--rules', rules, '--show-summary', 'fail'],
    { encoding: 'utf8' },
  );
  if (status !== 0 && status !== FAILED_RULES)
    throw new Error(`cfn-guard ended with ${status}: ${stderr}`, { cause: error });
  return { passed: status === 0, report: stdout };
};
