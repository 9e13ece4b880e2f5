import process from 'node:process';
import { runCli } from './run-cli.ts';
import { streamOf } from './terminal.ts';
import { endWatch } from './until-ended.ts';

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  stdout: streamOf(process.stdout),
  stderr: streamOf(process.stderr),
  seat: {},
  selectProfile: (name) => {
    process.env.AWS_PROFILE = name;
    // A profile that is named takes precedence over keys that happen to be set.
    for (const key of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'])
      delete process.env[key];
  },
  untilInterrupted: endWatch(process.env),
});
