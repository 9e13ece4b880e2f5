import { INSTANCES, packagedFor } from './rights.ts';

/** Packages what most tests look at before they begin, so that no two workers do it and no test waits for it. */
export const setup = (): void => {
  for (const instance of INSTANCES)
    try {
      packagedFor(instance);
    } catch {
      // Tests that need the template report what is wrong with it; other tests need not wait for it to be right.
    }
};
