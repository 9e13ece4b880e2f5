import { UserError } from '../shared/model/errors.ts';
import { longestSilenceSeconds } from './longest-silence.ts';
import { checkNames, checkValues, type Given, type StackParameter } from './parameters.ts';

/** What a plug-in is handed, as far as it is used here. */
export interface Serverless {
  readonly serviceDir: string;
  readonly processedInput: { readonly options: { readonly param?: readonly string[] } };
  readonly configurationInput: { readonly params: { readonly default: Readonly<Record<string, unknown>> } };
  readonly service: {
    readonly provider: {
      readonly environment: { readonly TABLEKEEPER_INSTANCE: string };
      readonly stackParameters: readonly Given[];
    };
    readonly resources: { readonly Parameters: Readonly<Record<string, StackParameter>> };
  };
  readonly classes: {
    readonly Error: new (message: string, code: string, options?: ErrorOptions) => Error;
  };
}

interface VariableRequest {
  readonly address: string;
  readonly resolveVariable: (variable: string) => Promise<string>;
}

/** Serverless prints its own errors in one sentence, and others with their stack. */
const serviceError = (classes: Serverless['classes'], cause: UserError): Error =>
  new classes.Error(cause.message, 'PARAMETER', { cause });

const explained = <Value>({ classes }: Serverless, work: () => Value): Value => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw serviceError(classes, error);
  }
};

/** Given a service whose variables are resolved, refuses mistaken parameters before anything is packaged. */
export const checkParameters = (serverless: Serverless): void =>
  explained(serverless, () => {
    const { processedInput, configurationInput, service } = serverless;
    const given = (processedInput.options.param ?? []).map((text) => text.replace(/=.*$/s, ''));
    checkNames(given, Object.keys(configurationInput.params.default));
    checkValues(service.resources.Parameters, service.provider.stackParameters);
  });

/** Returns the source of variables such as `${silence:backupRate}`: how long the function of that rate may be silent, in seconds. */
export const silenceSource = (serverless: Serverless) => ({
  resolve: async ({ address, resolveVariable }: VariableRequest) => {
    const rate = await resolveVariable(`param:${address}`);
    return { value: explained(serverless, () => longestSilenceSeconds(rate)) };
  },
});
