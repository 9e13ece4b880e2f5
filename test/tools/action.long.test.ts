import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

// The action's entry point at work, against a GitHub of a few lines on this machine.

const ROOT = resolve(import.meta.dirname, '../..');

const BEFORE =
  'policies:\n  standard:\n    schedule: "0 3 * * *"\n    retention: { daily: 7 }\n  same:\n    schedule: "0 3 * * *"\n    retention: { daily: 2 }\n';
const AFTER = BEFORE.replace('daily: 7', 'daily: 3');

interface Comment {
  readonly id: number;
  readonly body: string;
  readonly user: { readonly type: string };
}

/** A file of a pull request, as GitHub lists it. */
interface Changed {
  readonly filename: string;
  readonly status: 'removed' | 'renamed';
  readonly previous_filename?: string;
}

interface Github {
  readonly url: string;
  readonly comments: Comment[];
}

const bodyOf = async (request: AsyncIterable<Buffer>): Promise<string> => {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces).toString();
};

/** Keeps what is written as a comment: a new one, or over one that there is. */
const write = (comments: Comment[], url: string, text: string): void => {
  const { body } = JSON.parse(text) as { readonly body: string };
  const id = Number(url.split('/').at(-1));
  const at = comments.findIndex((one) => one.id === id);
  const made = { id: at < 0 ? comments.length + 1 : id, body, user: { type: 'Bot' } };
  if (at < 0) comments.push(made);
  else comments[at] = made;
};

const pageOf = (comments: readonly Comment[], url: string): readonly Comment[] => {
  const page = Number(new URL(url, 'http://x').searchParams.get('page'));
  return comments.slice((page - 1) * 100, page * 100);
};

type Replied = readonly [status: number, body: unknown];

const replyOf = (
  { method = '', url = '' }: { readonly method?: string | undefined; readonly url?: string | undefined },
  file: string | undefined,
  comments: Comment[],
  text: string,
  changed: readonly Changed[],
): Replied => {
  if (url.includes('/pulls/7/files')) return [200, changed];
  if (url.includes('/contents/')) return file === undefined ? [404, {}] : [200, file];
  if (method === 'GET') return [200, pageOf(comments, url)];
  write(comments, url, text);
  return [201, {}];
};

const github = async (
  file: string | undefined,
  comments: Comment[] = [],
  token = 'Bearer secret',
  changed: readonly Changed[] = [],
): Promise<Github> => {
  const server = createServer((request, response) => {
    void bodyOf(request).then((text) => {
      const [status, body]: Replied =
        request.headers.authorization === token
          ? replyOf(request, file, comments, text, changed)
          : [403, { message: 'Resource not accessible by integration' }];
      response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, comments };
};

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs the entry point as a runner does, in a checkout that has the file as the pull request leaves it. */
const act = async (
  { url }: Github,
  file: string | undefined,
  event: object = { pull_request: { number: 7, base: { sha: 'abc' } } },
  name = 'policies.yml',
): Promise<Ended> => {
  const folder = mkdtempSync(join(tmpdir(), 'tablekeeper-action-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  if (file !== undefined) writeFileSync(join(folder, name), file);
  writeFileSync(join(folder, 'event.json'), JSON.stringify(event));
  const child = spawn(process.execPath, [join(ROOT, 'action/comment.mjs')], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      GITHUB_API_URL: url,
      GITHUB_REPOSITORY: 'acme/tables',
      GITHUB_EVENT_PATH: join(folder, 'event.json'),
      INPUT_TOKEN: 'secret',
      INPUT_DAYS: '40',
      INPUT_COMMAND: `${process.execPath} ${join(ROOT, 'cli/main.ts')}`,
    },
  });
  const pieces: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => pieces.push(String(piece)));
  const code = await new Promise<number | null>((ended) => void child.on('close', ended));
  return { code, output: pieces.join('') };
};

describe('the action on a pull request', { timeout: 60_000 }, () => {
  it('comments what the edit keeps and costs', async () => {
    const hub = await github(BEFORE);
    const { code, output } = await act(hub, AFTER);
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(hub.comments.map(({ body }) => body).join('\n')).toMatchInlineSnapshot(`
      "<!-- tablekeeper policies -->
      ### What this edit of \`policies.yml\` changes

      **Protects less**

      - policy \`standard\`, \`retention\` was \`keeps the newest of each of the last 7 days that has one\`; becomes \`keeps the newest of each of the last 3 days that has one\`. What only the old rules keep is deleted by the next runs of prune, as far as the guardrail allows.

      **\`standard\`**

      | | before | after |
      | --- | --- | --- |
      | recovery points at the end | 7 | 3 |
      | reaches back at least | 6.2 days | 2.2 days |
      | a month at the end | $70.00 | $30.00 |
      | charged at once on a first of a month, at most | $70.00 | $30.00 |

      What it keeps and costs is the same as before for \`same\`.

      For a table of 100 GB over 40 days, by prices of us-east-1 of 2026-11-29 (public price tables, not read from AWS)."
    `);
  });

  it('says that backups end where the tag is mistyped, though nothing of a simulation changes', async () => {
    const tagged = `tag: backup:policy\n${BEFORE}`;
    const hub = await github(tagged);
    expect((await act(hub, tagged.replace('backup:policy', 'backup:polcy'))).code).toBe(0);
    expect(hub.comments[0]?.body).toContain('**Backups end**');
    expect(hub.comments[0]?.body).toContain('What it keeps and costs is the same');
  });

  it('says what gets no more backups where a policy is deleted, without a table of nothing', async () => {
    const hub = await github(BEFORE);
    expect((await act(hub, BEFORE.slice(0, BEFORE.indexOf('  same:')))).code).toBe(0);
    expect(hub.comments[0]?.body).toContain('A table whose tag names only same gets no more backups');
    expect(hub.comments[0]?.body).not.toContain('| - |');
  });

  it('says that nothing changes where only the words of the file do', async () => {
    const hub = await github(BEFORE);
    expect((await act(hub, `# ours\n${BEFORE}`)).code).toBe(0);
    expect(hub.comments[0]?.body).toContain('Nothing changes');
  });

  it('writes over its own comment at the next push, and not over one of a person', async () => {
    const filler = Array.from({ length: 100 }, (_, at) => ({
      id: at + 1,
      body: 'hello',
      user: { type: 'User' },
    }));
    const hub = await github(BEFORE, [
      ...filler,
      { id: 101, body: '<!-- tablekeeper policies --> mine', user: { type: 'User' } },
    ]);
    await act(hub, AFTER);
    expect(hub.comments).toHaveLength(102);
    await act(hub, BEFORE.replace('daily: 7', 'daily: 9'));
    expect(hub.comments).toHaveLength(102);
    expect(hub.comments.at(-1)?.body).toContain('| recovery points at the end | 7 | 9 |');
    expect(hub.comments[100]?.body).toContain('mine');
  });

  it('comments mistakes, and fails', async () => {
    const hub = await github(BEFORE);
    const { code } = await act(hub, AFTER.replace('daily: 3', 'dayly: 3'));
    expect(code).toBe(1);
    expect(hub.comments[0]?.body).toContain('has 2 mistakes: it cannot be deployed');
    expect(hub.comments[0]?.body).toContain('line 4');
  });

  it('shows a first policy file as new', async () => {
    const hub = await github(undefined);
    expect((await act(hub, AFTER)).code).toBe(0);
    expect(hub.comments[0]?.body).toContain('| recovery points at the end | - | 3 |');
    expect(hub.comments[0]?.body).toContain('It is the first');
  });

  it('comments that the file is deleted, and fails', async () => {
    const hub = await github(BEFORE, [], undefined, [{ filename: 'policies.yml', status: 'removed' }]);
    const { code, output } = await act(hub, undefined);
    expect(code).toBe(1);
    expect(output).not.toContain('ENOENT');
    expect(hub.comments[0]?.body).toContain('`policies.yml` is not there any more');
    expect(hub.comments[0]?.body).toContain('`standard`');
  });

  it('compares with the file that it is renamed to, and says what else has to name that', async () => {
    const hub = await github(BEFORE, [], undefined, [
      { filename: 'tables.yml', status: 'renamed', previous_filename: 'policies.yml' },
    ]);
    const { code, output } = await act(hub, AFTER, undefined, 'tables.yml');
    expect({ code, output }).toMatchObject({ code: 1 });
    expect(hub.comments[0]?.body).toContain('`policies.yml` is renamed to `tables.yml`');
    expect(hub.comments[0]?.body).toContain('| recovery points at the end | 7 | 3 |');
  });

  it('says nothing where there is no such file, before or after', async () => {
    const hub = await github(undefined);
    expect(await act(hub, undefined)).toMatchObject({ code: 0 });
    expect(hub.comments).toEqual([]);
  });

  it('says that it cannot compare with a file that has mistakes', async () => {
    const hub = await github(BEFORE.replace('daily', 'dayly'));
    expect((await act(hub, AFTER)).code).toBe(0);
    expect(hub.comments[0]?.body).toContain('cannot be said what changes');
  });

  it.each([
    { name: 'an edit of something else', file: BEFORE, event: undefined },
    { name: 'a push', file: AFTER, event: { ref: 'refs/heads/main' } },
  ])('says nothing of $name', async ({ event, file }) => {
    const hub = await github(BEFORE);
    const { code, output } = await act(hub, file, event);
    expect({ code, comments: hub.comments }).toEqual({ code: 0, comments: [] });
    expect(output).toContain('nothing to comment on');
  });

  it('fails with what GitHub said, and never shows the token', async () => {
    const { code, output } = await act(await github(BEFORE, [], 'Bearer other'), AFTER);
    expect(code).toBe(1);
    expect(output).toContain('::error::');
    expect(output).toContain('403');
    expect(output).not.toContain('secret');
  });
});
