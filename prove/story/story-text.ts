import type { Breach } from '../invariants/all.ts';
import type { Story, StoryEvent } from './event.ts';
import { policiesText } from './file-spec.ts';

const momentText = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

const eventText = ({ at, kind, ...rest }: StoryEvent): string => {
  const { file, ...facts } = rest as Record<string, unknown> & { file?: Parameters<typeof policiesText>[0] };
  const policies = file === undefined ? '' : `\n${policiesText(file).replaceAll(/^/gm, '    | ').trimEnd()}`;
  const said = Object.keys(facts).length === 0 ? '' : ` ${JSON.stringify(facts)}`;
  return `  ${momentText(at)}  ${kind}${said}${policies}`;
};

/** Formats a story and how it fails: the initial state, the events, and what is then broken. */
export const storyText = (
  { seed, startAt, settings, file, events }: Story,
  breaches: readonly Breach[],
): string =>
  [
    `Seed ${seed}, from ${momentText(startAt)}, ${JSON.stringify(settings)}`,
    policiesText(file).replaceAll(/^/gm, '    | ').trimEnd(),
    ...events.map(eventText),
    ...breaches.map(({ invariant, at, what }) => `  ${momentText(at)}  BREACH of ${invariant}: ${what}`),
  ].join('\n');
