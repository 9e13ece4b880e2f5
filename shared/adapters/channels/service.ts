import { UserError } from '../../model/errors.ts';
import type { Instant } from '../../model/instant.ts';
import type { Secret, SecretCheck, SecretDoubt } from '../../ports/secrets.ts';
import type { Asking } from '../system/outside-address.ts';
import type { Answer } from './exchange.ts';

/** One document as it is sent, at one attempt. */
export interface Attempt {
  readonly id: string;
  /** Exactly what is sent. */
  readonly body: string;
  readonly at: Instant;
}

/** Where documents go, as the secret says, and what only the secret knows of them. */
export interface Destination {
  readonly url: URL;
  /** Whether the address is the service's own, and not another server's that may take the same. */
  readonly isUsual: boolean;
  /** Completes a document; sent as it is where absent. */
  complete?(body: object): object;
  /** The headers of one attempt; none where absent. */
  headersOf?(attempt: Attempt): Readonly<Record<string, string>>;
}

/** One service outside AWS that takes documents: all in which they differ. */
export interface Service {
  /** At the beginning of a sentence. */
  readonly name: string;
  /** The code of the error when it refuses. */
  readonly refusedCode: string;
  /** Reads what stands in the parameter. Throws a `UserError` that names the parameter and never contains its value: a mistyped secret is still a secret. */
  open(text: string, parameter: string, asking: Asking): Destination;
  /** Whether this answer says that it has the document. */
  isTaken(answer: Answer): boolean;
  /** Says what to do when it refuses a document for good. */
  fixOf(status: number, parameter: string): string;
  /** What is unusual about another server's address. */
  doubtOf(parameter: string): SecretDoubt;
}

/** Returns where documents go, as the secret says. After a mistake the secret is read again. Throws a `UserError` as `Service.open`. */
export const openSecret = async (secret: Secret, service: Service, asking: Asking): Promise<Destination> => {
  const text = await secret.read();
  try {
    return service.open(text, secret.name, asking);
  } catch (error) {
    secret.forget();
    throw error;
  }
};

/** Checks the form of what a service's parameter holds. Nothing is sent there. */
export const secretCheck = (secret: Secret, service: Service): SecretCheck => ({
  name: secret.name,
  check: async () => {
    const { isUsual } = await openSecret(secret, service, 'to-check');
    return isUsual ? undefined : service.doubtOf(secret.name);
  },
});

/** Makes the error of what stands in a parameter and cannot be used. */
export const mistake = (what: string, fix: string): UserError =>
  new UserError({ code: 'webhook-mistyped', what, fix });
