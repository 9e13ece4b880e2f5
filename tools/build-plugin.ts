import { spawnSync } from 'node:child_process';
import { checkParameters, type Serverless, silenceSource } from './parameter-checks.ts';
import { policiesSource } from './policy-tag.ts';

/** Checks the parameters and builds the functions whenever they are packaged, so that no old build and no wrong file is ever deployed. */
export default class BuildPlugin {
  readonly hooks: Readonly<Record<string, () => void>>;
  readonly configurationVariablesSources: object;

  constructor(serverless: Serverless) {
    this.configurationVariablesSources = {
      policies: policiesSource(serverless),
      silence: silenceSource(serverless),
    };
    this.hooks = {
      'before:package:cleanup': () => checkParameters(serverless),
      'before:package:createDeploymentArtifacts': () => {
        const { TABLEKEEPER_INSTANCE } = serverless.service.provider.environment;
        const { status } = spawnSync(
          process.execPath,
          ['tools/build.ts', '--instance', TABLEKEEPER_INSTANCE],
          { cwd: serverless.serviceDir, stdio: 'inherit' },
        );
        if (status !== 0)
          throw new serverless.classes.Error('The functions could not be built: see above.', 'BUILD');
      },
    };
  }
}
