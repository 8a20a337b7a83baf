/** A program that opens a URL, which goes after its arguments. */
export interface BrowserCommand {
  readonly file: string
  readonly arguments: readonly string[]
}

type Variables = Readonly<Record<string, string | undefined>>

/** The program of a platform, or `undefined` where nobody would see what it opens. */
export function browserCommand(platform: string, environment: Variables): BrowserCommand | undefined {
  if (isJob(environment) || isRemote(environment)) return undefined
  if (platform === 'darwin') return { file: '/usr/bin/open', arguments: [] }
  if (platform === 'win32') return windowsCommand(environment)
  return environment.DISPLAY || environment.WAYLAND_DISPLAY ? { file: 'xdg-open', arguments: [] } : undefined
}

function isJob({ CI: value = '' }: Variables): boolean {
  return value !== '' && value !== '0' && value !== 'false'
}

/** The user's browser is on another machine, and so is its loopback. */
function isRemote(environment: Variables): boolean {
  return Boolean(environment.SSH_CONNECTION || environment.SSH_TTY || environment.SSH_CLIENT)
}

/** By its full path, since Windows looks in the current directory first. `start` of the shell would read `&` in the URL as a command. */
function windowsCommand({ SystemRoot: root = 'C:\\Windows' }: Variables): BrowserCommand {
  return { file: `${root}\\System32\\rundll32.exe`, arguments: ['url.dll,FileProtocolHandler'] }
}
