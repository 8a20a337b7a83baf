import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findSystemBrowser } from './system-browser.js'

// What stands in for the platform's program is a script, found by the name that it has on Linux.
describe.skipIf(process.platform !== 'linux')('on Linux', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'browser-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  /** Puts a program in place, and gives what it was started with. */
  async function open(url: string, exitCode = 0): Promise<string[]> {
    const record = join(folder, 'record')
    await writeFile(join(folder, 'xdg-open'), `#!/bin/sh\nprintf '%s\\n' "$#" "$@" > '${record}'\nexit ${exitCode}\n`)
    await chmod(join(folder, 'xdg-open'), 0o700)
    await findSystemBrowser({ DISPLAY: ':0', PATH: folder })?.(url)
    return (await readFile(record, 'utf8')).trimEnd().split('\n')
  }

  test('hands over the URL as one argument, whatever a shell would make of it', async () => {
    const url = "https://login.example.com/authorize?a=1&b=$(id)`id`;id|id&state='x'%20%22"
    expect(await open(url)).toEqual(['1', url.replaceAll("'", '%27')])
  })

  test('opens a server of this machine', async () => {
    expect(await open('http://127.0.0.1:9000/authorize')).toEqual(['1', 'http://127.0.0.1:9000/authorize'])
  })

  test.each([
    'http://login.example.com/authorize',
    'file:///etc/passwd',
    'javascript:alert(1)',
    '--version',
    'https://login.example.com/ --new-window',
    'https://john:secret@login.example.com/',
    '\\\\example.com\\share\\program.exe',
  ])('does not open %s', async (url) => {
    await expect(open(url)).rejects.toMatchObject({ code: 'configuration_invalid' })
  })

  test('rejects when the program says that it cannot', async () => {
    await expect(open('https://login.example.com/', 3)).rejects.toThrow('xdg-open ended with 3.')
  })

  test('rejects when there is no such program', async () => {
    const openBrowser = findSystemBrowser({ DISPLAY: ':0', PATH: join(folder, 'nowhere') })
    await expect(openBrowser?.('https://login.example.com/')).rejects.toThrow('xdg-open could not be started.')
  })
})

test('is none where nobody would see it', () => {
  expect(findSystemBrowser({ DISPLAY: ':0', SSH_CONNECTION: '192.0.2.7 50022 192.0.2.8 22' })).toBe(undefined)
})
