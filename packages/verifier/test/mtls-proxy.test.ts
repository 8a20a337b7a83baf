import { createServer, type Server } from 'node:http'
import { connect, type NetConnectOpts } from 'node:net'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { MtlsOptions } from '../src/mtls-options.js'
import { close, createPresentation, john, listen, mallory } from './mtls-fixture.js'

const clientCert = (of: typeof john) => `:${Buffer.from(of.certificateDer).toString('base64')}:`
const hash = (of: typeof john) => Buffer.from(of.thumbprint, 'base64url').toString('hex')
const escapedPem = (of: typeof john) => encodeURIComponent(of.certificatePem)

const servers: Server[] = []
afterEach(() => Promise.all(servers.splice(0).map(close)))

function createApi(options: MtlsOptions): Server {
  const present = createPresentation(options)
  const server = createServer((request, response) => void present(request).then((text) => response.end(text)))
  servers.push(server)
  return server
}

/** The body of the answer to these lines, sent as they are. */
function send(to: NetConnectOpts, lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(to).setEncoding('latin1').on('error', reject)
    socket.on('data', (chunk: string) => (answer += chunk)).on('close', () => resolve(answer))
    socket.end(['GET /orders HTTP/1.1', 'Host: api.example.com', 'Connection: close', ...lines, '', ''].join('\r\n'), 'latin1')
  })
}

async function answerOver(options: MtlsOptions, lines: readonly string[], host = '127.0.0.1'): Promise<string> {
  const answer = await send({ host, port: await listen(createApi(options), host) }, lines)
  return answer.startsWith('HTTP/1.1 200 ') ? /accepted|invalid_token \w+/.exec(answer)![0] : answer.slice(9, 12)
}

const fields: [string, Extract<MtlsOptions['from'], string>, (of: typeof john) => string][] = [
  ['Client-Cert', 'client-cert', clientCert],
  ['X-Forwarded-Client-Cert', 'x-forwarded-client-cert', (of) => `By=spiffe://api;Hash=${hash(of)};Subject="CN=a,O=b"`],
  ['X-SSL-Client-Cert', 'escaped-pem', escapedPem],
]

describe.each(fields)('behind a proxy that sets %s, a token that is bound to a certificate', (name, from, write) => {
  const trusting = (trustedProxies: readonly string[] | 'any') => ({ from, trustedProxies }) as MtlsOptions

  it('is accepted with that certificate', async () => {
    const options = trusting(['127.0.0.1'])
    expect(await answerOver(options, [`${name}: ${write(john)}`])).toBe('accepted')
    expect(await answerOver(options, [`${name.toLowerCase()}:${write(john)}`])).toBe('accepted')
    expect(await answerOver(options, [`${name.toUpperCase()}:   ${write(john)}  `])).toBe('accepted')
  })

  it('is refused with another one, and with none', async () => {
    const options = trusting(['127.0.0.0/8', '::1'])
    expect(await answerOver(options, [`${name}: ${write(mallory)}`])).toBe('invalid_token certificate_mismatch')
    expect(await answerOver(options, [`${name}:`])).toBe('invalid_token certificate_missing')
    expect(await answerOver(options, [])).toBe('invalid_token certificate_missing')
  })

  it('is refused from whoever is not a proxy, and says that it is', async () => {
    const lines = [`${name}: ${write(john)}`, 'X-Forwarded-For: 10.0.0.7', 'Forwarded: for=10.0.0.7', 'X-Real-IP: 10.0.0.7']
    expect(await answerOver(trusting(['10.0.0.7', '127.0.0.2']), lines)).toBe('invalid_token certificate_missing')
  })

  it('is refused with two certificates, in either order, in two fields or one', async () => {
    const options = trusting(['127.0.0.1'])
    for (const [first, second] of [[john, mallory] as const, [mallory, john] as const, [john, john] as const]) {
      expect(await answerOver(options, [`${name}: ${write(first)}`, `${name}: ${write(second)}`])).toBe('invalid_token certificate_missing')
      expect(await answerOver(options, [`${name}: ${write(first)}`, 'A: b', `${name.toLowerCase()}: ${write(second)}`])).toBe(
        'invalid_token certificate_missing',
      )
      expect(await answerOver(options, [`${name}: ${write(first)},${write(second)}`])).toBe('invalid_token certificate_missing')
    }
  })

  it('is refused with a folded field, and with one of a name that only looks like it', async () => {
    const options = trusting(['127.0.0.1'])
    const value = write(john)
    expect(await answerOver(options, [`${name}: ${value.slice(0, 40)}`, ` ${value.slice(40)}`])).toBe('400')
    expect(await answerOver(options, [`${name.replaceAll('-', '_')}: ${value}`])).toBe('invalid_token certificate_missing')
    expect(await answerOver(options, [`X-${name}: ${value}`])).toBe('invalid_token certificate_missing')
  })

  it('is refused, or the request is, with a field that is far too long', async () => {
    expect(await answerOver(trusting(['127.0.0.1']), [`${name}: ${write(john)}${'a'.repeat(15_000)}`])).toMatch(/certificate_missing|431/)
    expect(await answerOver(trusting(['127.0.0.1']), [`${name}: ${'%2D'.repeat(5000)}`])).toBe('invalid_token certificate_missing')
  })

  it('is accepted from an IPv4 address that the server sees as an IPv6 one', async () => {
    expect(await answerOver(trusting(['127.0.0.1']), [`${name}: ${write(john)}`], '::ffff:127.0.0.1')).toBe('accepted')
  })

  it('is refused over a Unix socket, whose other end has no address, unless anybody is trusted', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mtls-'))
    const answers: string[] = []
    for (const [at, trusted] of [['127.0.0.1'], 'any' as const].entries()) {
      const path = join(folder, `${at}.sock`)
      const server = createApi(trusting(trusted))
      await new Promise<void>((resolve) => server.listen(path, resolve))
      answers.push(await send({ path }, [`${name}: ${write(john)}`]))
    }
    rmSync(folder, { recursive: true })
    expect(answers[0]).toContain('invalid_token certificate_missing')
    expect(answers[1]).toContain('accepted')
  })
})
