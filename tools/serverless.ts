import type { CloudFormationClientConfig } from '@aws-sdk/client-cloudformation';
import type { Given, StackParameter } from '../shared/core/deployment/parameters.ts';
import type { OptionSchemas } from './command-line.ts';

/** What an AWS client is built from: the credentials and the Region that Serverless deploys with. */
export type AwsConfig = Pick<CloudFormationClientConfig, 'region' | 'credentials'>;

type Params = Readonly<Record<string, unknown>>;

/** What a plug-in is handed, as far as it is used here. */
export interface Serverless {
  readonly serviceDir: string;
  readonly processedInput: {
    readonly commands: readonly string[];
    readonly options: {
      readonly param?: readonly string[];
      readonly yes?: boolean;
      readonly package?: string;
    };
    readonly commandSchema?: { readonly options?: OptionSchemas };
    readonly isHelpRequest?: boolean;
  };
  /** As it is written, with its variables. */
  readonly configurationInput: { readonly params: Readonly<Record<string, Params>> };
  readonly service: {
    readonly provider: {
      readonly region: string;
      readonly stackName: string;
      readonly stage: string;
      readonly environment: { readonly TABLEKEEPER_INSTANCE: string };
      readonly stackParameters: readonly Given[];
    };
    readonly resources: {
      readonly Parameters: Readonly<Record<string, StackParameter>>;
      readonly Resources: {
        readonly StateTable: { readonly Properties: { readonly Tags: readonly { readonly Key: string }[] } };
      };
      readonly Outputs: { readonly GivenParameters: { readonly Value: string } };
    };
  };
  getProvider(name: 'aws'): { getAwsSdkV3Config(): Promise<AwsConfig>; getRegion(): string };
  readonly classes: {
    readonly Error: new (message: string, code: string, options?: ErrorOptions) => Error;
  };
}

/** What a source of variables is asked. */
export interface VariableRequest {
  readonly address: string;
  readonly resolveVariable: (variable: string) => Promise<unknown>;
}
