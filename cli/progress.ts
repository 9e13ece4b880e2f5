import type { Outcome } from '../shared/model/outcome.ts';
import type { Parts } from '../shared/run/parts.ts';
import type { Stream } from './print.ts';

/** What was counted so far, by the word it is told in; in the order of the first of each. */
type Counts = Map<string, number>;

const ERASE_LINE = '\r\u001b[K';

const lineOf = (counts: Counts): string =>
  [...counts].map(([word, count]) => `${count.toLocaleString('en-US')} ${word}`).join(', ');

const counterOn = (stream: Stream): ((word: string, count?: number) => void) => {
  const counts: Counts = new Map();
  return (word, count = 1) => {
    counts.set(word, (counts.get(word) ?? 0) + count);
    stream.write(`${ERASE_LINE}${lineOf(counts)}`.slice(0, (stream.columns ?? 80) + ERASE_LINE.length - 1));
  };
};

/**
 * Given the parts of a run and a terminal, returns parts that do the same and show there how far they are, on one line. At the edge nothing is
 * shown where no terminal is.
 */
export const withProgress = (parts: Parts, stream: Stream): Parts => {
  if (!stream.isTerminal) return parts;
  const tell = counterOn(stream);
  const { inventory, engine, pitrSwitch } = parts;
  const told = async (doing: Promise<Outcome>, word: string): Promise<Outcome> => {
    const outcome = await doing;
    tell(outcome.status === 'done' ? word : outcome.status);
    return outcome;
  };
  return {
    ...parts,
    inventory: {
      listTaggedTables: async (tagKey) => {
        const listing = await inventory.listTaggedTables(tagKey);
        tell('tables with the tag', listing.items.length);
        return listing;
      },
      listTableNames: () => inventory.listTableNames(),
      describeTable: (table) => {
        tell('described');
        return inventory.describeTable(table);
      },
      readPitr: (table) => {
        tell('asked for PITR');
        return inventory.readPitr(table);
      },
    },
    engine: {
      listRecoveryPoints: async (since) => {
        const listing = await engine.listRecoveryPoints(since);
        tell('recovery points', listing.items.length);
        return listing;
      },
      create: (action, window) => told(engine.create(action, window), 'created'),
      expire: (action, window) => told(engine.expire(action, window), 'expired'),
    },
    pitrSwitch: { enable: (action) => told(pitrSwitch.enable(action), 'repaired') },
  };
};

/** Takes the progress line away before anything else is written. At the edge nothing happens where no terminal is. */
export const endProgress = (stream: Stream): void => {
  if (stream.isTerminal) stream.write(ERASE_LINE);
};
