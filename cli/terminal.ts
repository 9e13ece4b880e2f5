import type { TerminalOptions } from '../shared/run/compose.ts';
import type { Stream } from './print.ts';

/** Where a command is typed: everything it reads from its surroundings and writes to them. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** What replaces time and the wire; nothing outside of tests. */
  readonly seat: Pick<TerminalOptions, 'clock' | 'credentials' | 'requestHandler'>;
  /** Makes a profile the one that AWS clients take their credentials from. */
  selectProfile(name: string): void;
  /** Resolves when the person asks for the end (Ctrl-C). */
  untilInterrupted(): Promise<void>;
}
