import { describe, expect, test } from 'vitest'
import { parseCommandLine } from './serve-arguments.js'

const nothing = {
  command: 'serve',
  port: undefined,
  host: undefined,
  config: undefined,
  watch: false,
  verbose: false,
  dashboard: undefined,
  https: undefined,
  writeCertificate: undefined,
}

describe('parseCommandLine', () => {
  test.each([
    [[], nothing],
    [['--port', '0', '--host=::1', '--verbose'], { ...nothing, port: 0, host: '::1', verbose: true }],
    [['-p', '9001', '-c', 'issuer.json', '-w'], { ...nothing, port: 9001, config: 'issuer.json', watch: true }],
    [['--no-dashboard'], { ...nothing, dashboard: false }],
    [['--dashboard'], { ...nothing, dashboard: true }],
    [['--https'], { ...nothing, https: true }],
    [['--no-https', '--config', 'issuer.json'], { ...nothing, https: false, config: 'issuer.json' }],
    [
      ['--https-key', 'k.pem', '--https-cert', 'c.pem', '--write-certificate', 'w.pem'],
      { ...nothing, https: { keyFile: 'k.pem', certFile: 'c.pem' }, writeCertificate: 'w.pem' },
    ],
    [['-c', 'issuer.json', '--write-certificate', 'w.pem'], { ...nothing, config: 'issuer.json', writeCertificate: 'w.pem' }],
    [['--help', '--port', '1'], { command: 'help' }],
    [['-v'], { command: 'version' }],
    [['--print-schema'], { command: 'print-schema' }],
    [['attack', '--url', 'x', '--help'], { command: 'attack', args: ['--url', 'x', '--help'] }],
  ])('reads %j', (args, expected) => {
    expect(parseCommandLine(args)).toEqual(expected)
  })

  test.each([
    [['--prot', '1'], "Unknown option '--prot'. Did you mean --port? See --help."],
    [['--verbos'], "Unknown option '--verbos'. Did you mean --verbose? See --help."],
    [['-x'], "Unknown option '-x'. See --help."],
    [['atack'], "Unexpected argument 'atack'. Did you mean attack? See --help."],
    [['--watch'], '--watch needs a file to watch: name it with --config.'],
    [['--https-key', 'k.pem'], '--https-key and --https-cert go together: name both files.'],
    [['--no-https', '--https-key', 'k.pem', '--https-cert', 'c.pem'], '--no-https and --https-key contradict each other.'],
    [['--write-certificate', 'w.pem'], '--write-certificate is about HTTPS: add --https.'],
    [['--port', '65536'], '--port takes a number from 0 to 65535, and was given "65536"; 0 is for any port that is free.'],
    [['--port', '1e3'], '--port takes a number from 0 to 65535, and was given "1e3"; 0 is for any port that is free.'],
    [['--port='], '--port takes a number from 0 to 65535, and was given ""; 0 is for any port that is free.'],
  ])('refuses %j, and says what to do', (args, message) => {
    expect(() => parseCommandLine(args)).toThrow(expect.objectContaining({ message, exitCode: 2 }))
  })

  test.each([[['--port']], [['--verbose=1']], [['--config', '--watch']]])('refuses %j', (args) => {
    expect(() => parseCommandLine(args)).toThrow(expect.objectContaining({ name: 'CommandFailure', exitCode: 2 }))
  })
})
