#!/usr/bin/env node
import { runCommand } from './internal/cli/run-command.js'

process.exitCode = await runCommand(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  // The conventions of terminals, NO_COLOR and TERM, are all that is read of it.
  // oxlint-disable-next-line node/no-process-env
  env: process.env,
  untilStopped: () =>
    new Promise((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
    }),
})
