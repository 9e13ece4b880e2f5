import type { Reading } from './inventory.ts';

/** The deployed functions. It only reads, and never throws for what the service answers. */
export interface Functions {
  /** The variables that the function of that name was deployed with. */
  readEnvironment(name: string): Promise<Reading<Readonly<Record<string, string>>>>;
}
