import { spawn } from 'node:child_process'
import { ConfigurationError, parseSecureUrl } from '@bailiwick/protocol'
import { browserCommand } from './internal/browser-command.js'

/** Shows a URL to the user. Rejects if it cannot; that it resolves is no proof that somebody sees it. */
export type OpenBrowser = (url: string) => void | Promise<void>

/** The variables of a process: `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The browser of the person at this machine, or `undefined` where there is none that could come back to it: in a job (`CI`), over SSH (`SSH_CONNECTION`,
 * `SSH_TTY`, `SSH_CLIENT`), and without a display (neither `DISPLAY` nor `WAYLAND_DISPLAY`, except on macOS and Windows).
 *
 * No shell is asked: the URL is one argument of `open`, `rundll32` or `xdg-open`. Only `https`, and `http` on loopback, is opened.
 *
 * @param environment `process.env`, which is read for the variables above, and is what the browser is started with
 *
 * @example
 * const openBrowser = findSystemBrowser(process.env)
 * if (openBrowser === undefined) console.log('There is no browser here: you get a code to type in elsewhere.')
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-8.12 RFC 8252 §8.12} (the user's own browser, and none that the app embeds)
 */
export function findSystemBrowser(environment: Environment): OpenBrowser | undefined {
  const command = browserCommand(process.platform, environment)
  if (command === undefined) return undefined
  return async (url) => {
    const secure = parseSecureUrl(url)
    if (secure === undefined) throw new ConfigurationError('only https URLs are opened, and http on loopback.')
    await run(command.file, [...command.arguments, secure.href], environment)
  }
}

/** Settles when the program ends, which for `xdg-open` may be when the user closes the browser. */
function run(file: string, parameters: readonly string[], environment: Environment): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, parameters, { stdio: 'ignore', shell: false, detached: true, windowsHide: true, env: { ...environment } })
    child.once('error', (cause) => reject(new Error(`${file} could not be started.`, { cause })))
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${file} ended with ${code ?? 'a signal'}.`))))
    child.unref()
  })
}
