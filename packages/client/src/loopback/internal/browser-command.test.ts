import { expect, test } from 'vitest'
import { browserCommand } from './browser-command.js'

test.each([
  ['darwin', {}, { file: '/usr/bin/open', arguments: [] }],
  ['win32', {}, { file: 'C:\\Windows\\System32\\rundll32.exe', arguments: ['url.dll,FileProtocolHandler'] }],
  ['win32', { SystemRoot: 'D:\\W' }, { file: 'D:\\W\\System32\\rundll32.exe', arguments: ['url.dll,FileProtocolHandler'] }],
  ['linux', { DISPLAY: ':0' }, { file: 'xdg-open', arguments: [] }],
  ['freebsd', { WAYLAND_DISPLAY: 'wayland-0' }, { file: 'xdg-open', arguments: [] }],
  ['linux', { DISPLAY: ':0', CI: 'false' }, { file: 'xdg-open', arguments: [] }],
])('on %s with %o it is %o', (platform, environment, expected) => {
  expect(browserCommand(platform, environment)).toEqual(expected)
})

test.each([
  ['linux', {}],
  ['linux', { DISPLAY: '' }],
  ['linux', { DISPLAY: ':0', CI: 'true' }],
  ['darwin', { CI: '1' }],
  ['darwin', { SSH_CONNECTION: '192.0.2.7 50022 192.0.2.8 22' }],
  ['linux', { DISPLAY: 'localhost:10.0', SSH_TTY: '/dev/pts/3' }],
  ['win32', { SSH_CLIENT: '192.0.2.7 50022 22' }],
])('on %s with %o there is none', (platform, environment) => {
  expect(browserCommand(platform, environment)).toBe(undefined)
})
