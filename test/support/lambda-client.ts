import { registerHooks } from 'node:module';

// Preloaded into a sandbox (node --import): aws-lambda-ric speaks to Lambda's Runtime API through a native client, which has to be compiled.
// This module stands in for it with fetch. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html (checked 2026-11-22)

const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation`;

/** The answers that are on their way; the next invocation waits for them, as Lambda does. */
let posted: Promise<unknown> = Promise.resolve();

const post = (path: string, body: string): void => {
  posted = fetch(`${api}/${path}`, { method: 'POST', body });
};

/** What the runtime asks of its native client. */
export const initializeClient = (): void => undefined;

export const next = async (): Promise<{ bodyJson: string; headers: Record<string, string> }> => {
  await posted;
  const response = await fetch(`${api}/next`);
  return { bodyJson: await response.text(), headers: Object.fromEntries(response.headers) };
};

export const done = (id: string, body: string): void => post(`${id}/response`, body);

export const error = (id: string, body: string): void => post(`${id}/error`, body);

registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier.endsWith('rapid-client.node')
      ? { url: import.meta.url, format: 'module-typescript', shortCircuit: true }
      : nextResolve(specifier, context),
});
