/** Stands in for the database on disk of the simulated account's items: it keeps them in memory, and what would open files needs a compiler. */
export class Level {
  constructor() {
    throw new Error('items are kept in memory: see tools/release/cli-bundle.ts');
  }
}
