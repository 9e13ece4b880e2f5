/** How one kind of service is spoken to. */
export interface LeanProtocol {
  readonly encode: (operation: string, input: object) => { readonly headers: Headers; readonly body: string };
  readonly decode: (body: string) => unknown;
  /** The service's name for the failure, in its own words, and whatever else it tells. */
  readonly decodeFailure: (body: string) => Failure;
}

type Headers = Readonly<Record<string, string>>;

export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly more?: object;
}
