import type { ResourceServerEvent } from '@bailiwick/guard'
import { createMockIssuer, type MockIssuer } from '@bailiwick/mock-issuer'
import { parseChallenge } from '@bailiwick/protocol'
import { createJwtVerifier, type JwtVerifierOptions } from '@bailiwick/verifier'
import type { Host, HostOptions, RunningHost } from './host.js'
import { orders, partners } from './orders-contract.js'
import { bearer, type Fields, type RawResponse, send } from './raw-request.js'

export interface RequestInput {
  /** The claims of the token, beside those of John with account 42. Default: no token. */
  readonly claims?: Record<string, unknown>
  readonly method?: string
  readonly fields?: Fields
}

/** An issuer and an API on their sockets, with all that happened there. */
export interface ServedApi {
  readonly issuer: MockIssuer
  readonly host: RunningHost
  readonly events: readonly ResourceServerEvent[]
  request(path: string, input?: RequestInput): Promise<RawResponse>
  close(): Promise<void>
}

export interface ServedApiOptions extends Partial<HostOptions> {
  /** Of both verifiers. Default: bearer tokens alone. */
  readonly senderConstraint?: JwtVerifierOptions['senderConstraint']
}

export async function serveApi(host: Host, { senderConstraint, ...options }: ServedApiOptions = {}): Promise<ServedApi> {
  const issuer = await createMockIssuer({ contract: orders })
  const { url } = await issuer.listen()
  const verifierFor = (audience: string) => createJwtVerifier({ issuer: url, audience, now: issuer.clock.now, senderConstraint })
  const events: ResourceServerEvent[] = []
  const running = await host.start({
    verifier: verifierFor(orders.audience),
    partnerVerifier: verifierFor(partners.audience),
    onEvent: (event) => events.push(event),
    ...options,
  })

  return {
    issuer,
    host: running,
    events,
    async request(path, { claims, method = 'GET', fields = [] } = {}) {
      const credentials =
        claims === undefined ? [] : bearer(await issuer.accessToken({ account_nr: '42', ...claims }, { breakContract: true }))
      return send({ port: running.port, method, path, fields: [...credentials, ...fields] })
    },
    async close() {
      await running.close()
      await issuer[Symbol.asyncDispose]()
    },
  }
}

/** The parameters of the one challenge of a response; `undefined` when there is none. */
export function challengeOf({ headers }: RawResponse): Readonly<Record<string, string>> | undefined {
  const header = headers['www-authenticate']
  if (header === undefined) return undefined
  const [challenge, ...more] = parseChallenge(header)
  if (challenge?.scheme !== 'Bearer' || more.length > 0) throw new Error(`not one Bearer challenge: ${header}`)
  return { ...challenge.params }
}
