/** What is not one of the 95 signs that every terminal shows as they are. */
const OTHERS = /[^ -~]/g;

const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * Formats a value as JSON on one line that is safe in a command: every character beyond ASCII, which could rewrite what a terminal shows, is escaped.
 */
export const asciiJson = (value: unknown): string => JSON.stringify(value).replaceAll(OTHERS, escaped);
