import { spawnSync } from 'node:child_process';

interface Serverless {
  readonly serviceDir: string;
  readonly service: {
    readonly provider: { readonly environment: { readonly TABLEKEEPER_INSTANCE: string } };
  };
  readonly classes: { readonly Error: new (message: string) => Error };
}

/** Builds the functions whenever they are packaged, so that no old build and no wrong policy file is ever deployed. */
export default class BuildPlugin {
  readonly hooks: Readonly<Record<string, () => void>>;

  constructor(serverless: Serverless) {
    this.hooks = {
      'before:package:createDeploymentArtifacts': () => {
        const { TABLEKEEPER_INSTANCE } = serverless.service.provider.environment;
        const { status } = spawnSync(
          process.execPath,
          ['tools/build.ts', '--instance', TABLEKEEPER_INSTANCE],
          { cwd: serverless.serviceDir, stdio: 'inherit' },
        );
        if (status !== 0) throw new serverless.classes.Error('The functions could not be built: see above.');
      },
    };
  }
}
