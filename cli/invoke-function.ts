// Calls one built function as Lambda does: node cli/invoke-function.ts MODULE EVENT-JSON CONTEXT-JSON. Its log goes to stdout, as the function
// writes it; the last line there is its answer.
import process from 'node:process';
import { pathToFileURL } from 'node:url';

/** Lets `Date` of this process show another time than the machine's: so many milliseconds ahead. */
const shiftDate = (offsetMs: number): void => {
  const RealDate = globalThis.Date;
  const now = (): number => RealDate.now() + offsetMs;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
  });
};

interface Context {
  readonly timeoutMs: number;
  /** The time in a simulated account with a clock of its own. */
  readonly simulatedNow?: number;
}

type Handler = (event: unknown, context: object) => Promise<unknown>;

const [module = '', event = '{}', context = '{}'] = process.argv.slice(2);
const { timeoutMs, simulatedNow, ...facts } = JSON.parse(context) as Context;
if (simulatedNow !== undefined) shiftDate(simulatedNow - Date.now());
const { handler } = (await import(pathToFileURL(module).href)) as { readonly handler: Handler };
const endsAt = performance.now() + timeoutMs;
const answer = await handler(JSON.parse(event), {
  ...facts,
  getRemainingTimeInMillis: () => Math.max(0, endsAt - performance.now()),
});
process.stdout.write(`${JSON.stringify(answer ?? null)}\n`);
