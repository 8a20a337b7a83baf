import { createForge } from './forgeries.js'
import type { Forge } from './forgeries.js'
import { createBackchannelApprovals } from './internal/ciba/backchannel-approvals.js'
import { createDeviceApprovals } from './internal/device/device-approvals.js'
import { createEndpoints } from './internal/endpoints.js'
import { faultKeyHeader } from './internal/faults/fault-list.js'
import { isFaultKey } from './internal/faults/fault-reading.js'
import { createInProcessFetch } from './internal/http/in-process-fetch.js'
import { createListener } from './internal/http/listener.js'
import { createRequestHandler } from './internal/http/request-handler.js'
import type { RequestHandler } from './internal/http/request-handler.js'
import { waitForRequest } from './internal/http/request-wait.js'
import { createIssuerInterceptor } from './internal/intercept/issuer-interceptor.js'
import { mintLogoutToken } from './internal/logout/logout-token-minting.js'
import { endSessionsOf } from './internal/logout/session-end.js'
import { createIssuerState } from './internal/issuer-state.js'
import type { IssuerState } from './internal/issuer-state.js'
import { signJws } from './internal/signing/sign-jws.js'
import { toJwks } from './internal/signing/signing-keys.js'
import { mintIdToken } from './internal/tokens/id-token-minting.js'
import { createTestTokens } from './internal/tokens/test-tokens.js'
import { MockIssuerError } from './mock-issuer-error.js'
import type { MockIssuerOptions } from './mock-issuer-options.js'
import type { MockIssuer } from './mock-issuer.js'
import type { SignInput } from './signed-token.js'

/**
 * Creates an issuer with keys, state and a clock of its own. It opens no socket before `listen()`, and makes no key before
 * one is needed, so that a test may have an issuer to itself.
 *
 * @throws {MockIssuerError} `invalid_option`
 *
 * @example
 * ```ts
 * const issuer = await createMockIssuer({ contract: orders })
 * const token = await issuer.accessToken({ sub: 'john', scope: 'orders_read', account_nr: '42' })
 * ```
 */
export async function createMockIssuer(options: MockIssuerOptions = {}): Promise<MockIssuer> {
  return assembleMockIssuer(createIssuerState(options)).issuer
}

/** An issuer, and what a server of many needs of each: who answers its requests, and what it goes on with after a change of options. */
export interface AssembledIssuer {
  readonly issuer: MockIssuer
  readonly handle: RequestHandler
  readonly state: IssuerState
}

/** Makes an issuer of its state. Not exported by the package: the state is its own. */
export function assembleMockIssuer(state: IssuerState): AssembledIssuer {
  // Made when the first request comes: half of what an issuer costs, and a test that only mints has none.
  let answer: RequestHandler | undefined
  const handle: RequestHandler = (request) => (answer ??= createRequestHandler({ ...state, endpoints: createEndpoints(state) }))(request)
  const listener = createListener({ handle, name: state.name })
  const fetch = createInProcessFetch({ handle, issuerName: state.issuerName })
  const interceptor = createIssuerInterceptor({ handle, issuerName: state.issuerName })

  async function sign({ header = {}, payload, algorithm }: SignInput): Promise<string> {
    const key = await state.keys.current(algorithm)
    return signJws({ header: typeof header === 'string' ? header : { alg: key.algorithm, kid: key.kid, ...header }, payload, key })
  }

  let forge: Forge | undefined
  const issuer: MockIssuer = {
    get issuer() {
      return state.name.read()
    },
    fetch,
    interceptFetch: interceptor.intercept,
    verifierOptions: () => ({ issuer: state.name.read(), audience: state.audience, fetch, now: state.clock.now, timeoutMs: 1000 }),
    listen: (listenOptions = {}) => listener.listen(listenOptions),
    ...createTestTokens(state),
    logOut: (sub) => endSessionsOf(sub, state),
    logouts: state.logouts.entries,
    logoutToken: (claims = {}, tokenOptions = {}) => mintLogoutToken(state, claims, tokenOptions),
    idToken: (claims = {}, tokenOptions = {}) => mintIdToken(state, claims, tokenOptions),
    sign,
    get forge() {
      return (forge ??= createForge(issuer))
    },
    rotateKeys: async ({ keepOld = true, ...rest } = {}) => (await state.keys.rotate({ keepOld, ...rest })).kid,
    jwks: async () => toJwks(await state.keys.published()),
    users: state.personas,
    device: createDeviceApprovals(state),
    ciba: createBackchannelApprovals(state),
    clock: state.clock,
    requests: state.log.entries,
    waitForRequest: (filter, waitOptions) => waitForRequest(state.log, filter, waitOptions),
    faults: state.faults,
    withFaultKey(key) {
      if (!isFaultKey(key)) throw new MockIssuerError('invalid_option', 'The key of a fault must be 1 to 256 printable ASCII characters.')
      return { fetch: createInProcessFetch({ handle, issuerName: state.issuerName, headers: { [faultKeyHeader]: key } }) }
    },
    async [Symbol.asyncDispose]() {
      interceptor.restoreAll()
      state.faults.clear()
      await listener.close()
    },
  }
  return { issuer, handle, state }
}
