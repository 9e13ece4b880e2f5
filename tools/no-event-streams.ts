const leftOut = (): never => {
  throw new Error('event streams are left out of the functions: see tools/lambda-packages.ts');
};

// Stands in for the SDK's event streams in the bundles: none of the operations that Tablekeeper calls streams events.

/** A client of a service that has such operations asks for this when it is made, and uses it with the first of them. */
export const resolveEventStreamSerdeConfig = <Config>(config: Config): Config => config;

export const eventStreamSerdeProvider = leftOut;

/** The SDK makes one with the first operation that streams events. */
export class EventStreamSerde {
  constructor() {
    leftOut();
  }
}
