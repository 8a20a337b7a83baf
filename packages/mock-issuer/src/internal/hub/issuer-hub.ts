import { assembleMockIssuer } from '../../create-mock-issuer.js'
import type { AssembledIssuer } from '../../create-mock-issuer.js'
import { MockIssuerError } from '../../mock-issuer-error.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'
import type { RequestHandler } from '../http/request-handler.js'
import { issuerPath } from '../issuer-name.js'
import { createIssuerState } from '../issuer-state.js'
import type { KeptState } from '../issuer-state.js'
import type { HostUrl } from './host-url.js'
import { answerRequest } from './hub-routing.js'
import { readMountPath } from './mount-path.js'

/** An issuer at its place on the host. */
export interface MountedIssuer extends AssembledIssuer {
  /** Empty for the root, or with a slash before it: `/tenant-a`. */
  readonly path: string
  /** Whether a request made it, and no one declared it. */
  readonly onDemand: boolean
}

/** What a hub is to be: each time, the whole of it. */
export interface HubConfiguration {
  /** By path; the empty path is the root, and then there is no other. */
  readonly issuers: Readonly<Record<string, MockIssuerOptions>>
  /** What an issuer has that does not say otherwise. */
  readonly defaults: MockIssuerOptions
  /** How many issuers requests may make by asking for them; zero for none. */
  readonly maxOnDemandIssuers: number
}

/** Several issuers behind one request handler. */
export interface IssuerHub {
  readonly handle: RequestHandler
  readonly mounted: ReadonlyMap<string, MountedIssuer>
  /**
   * Becomes what the configuration says, or stays as it is if that cannot be used. An issuer that keeps its name keeps its keys, its
   * clock and its tokens.
   * @throws {MockIssuerError} `invalid_option`
   */
  configure(configuration: HubConfiguration): Promise<void>
  /** The issuer at a path, written with or without its slash. */
  find(path: string): MountedIssuer | undefined
  /** @throws {MockIssuerError} `invalid_option`, also when the path is taken */
  mount(path: string, options: MockIssuerOptions): MountedIssuer
  /** Forgets an issuer; `false` if there was none. */
  unmount(path: string): boolean
}

export function createIssuerHub(url: HostUrl): IssuerHub {
  let mounted = new Map<string, MountedIssuer>()
  let current: HubConfiguration = { issuers: {}, defaults: {}, maxOnDemandIssuers: 0 }

  function assemble(path: string, options: MockIssuerOptions, onDemand: boolean): MountedIssuer {
    const state = createIssuerState(options, keptState(mounted.get(path), options) ?? namedAfter(path, options, url))
    if (path !== '' && state.configuredName !== undefined && issuerPath(state.configuredName) !== path) {
      throw new MockIssuerError('invalid_option', `The option "issuer" must end in its path, ${path}, not be "${state.configuredName}".`)
    }
    return { ...assembleMockIssuer(state), path, onDemand }
  }

  function mount(name: string, options: MockIssuerOptions, onDemand = false): MountedIssuer {
    const path = readMountPath(name)
    checkFree(path, mounted)
    const added = assemble(path, { ...current.defaults, ...options }, onDemand)
    mounted.set(path, added)
    return added
  }

  return {
    handle: (request) =>
      answerRequest(request, {
        mounted,
        mountOnDemand(path) {
          const made = [...mounted.values()].filter((issuer) => issuer.onDemand).length
          return made < current.maxOnDemandIssuers && !mounted.has('') ? mount(path, {}, true) : undefined
        },
      }),
    get mounted() {
      return mounted
    },
    find: (path) => mounted.get(path === '' || path.startsWith('/') ? path : `/${path}`),
    mount: (path, options) => mount(path, options),
    unmount: (path) => mounted.delete(path === '' || path.startsWith('/') ? path : `/${path}`),
    async configure(configuration) {
      const next = new Map<string, MountedIssuer>()
      for (const [name, options] of Object.entries(configuration.issuers)) {
        const path = readMountPath(name)
        checkFree(path, next)
        next.set(path, assemble(path, { ...configuration.defaults, ...options }, false))
      }
      for (const { path, onDemand } of mounted.values()) {
        const stays = onDemand && configuration.maxOnDemandIssuers > 0 && !next.has(path) && !next.has('')
        if (stays) next.set(path, assemble(path, configuration.defaults, true))
      }
      await adoptAlgorithms(mounted, next)
      mounted = next
      current = configuration
    },
  }
}

function checkFree(path: string, taken: ReadonlyMap<string, MountedIssuer>): void {
  if (taken.has(path)) throw new MockIssuerError('invalid_option', `An issuer is at "${path}" already; choose another path.`)
  if (taken.has('') || (path === '' && taken.size > 0)) {
    throw new MockIssuerError('invalid_option', 'An issuer at the root ("") must be the only one of its host; give each a path of its own.')
  }
}

function namedAfter(path: string, { issuer }: MockIssuerOptions, url: HostUrl): Partial<KeptState> {
  if (issuer !== undefined) return {}
  return { name: { read: () => url.read() + path, adopt: () => {} } }
}

// How long they live is part of a store, so a store whose lifetime changed starts anew.
function keptState(before: MountedIssuer | undefined, options: MockIssuerOptions): Partial<KeptState> | undefined {
  if (before === undefined || before.state.configuredName !== options.issuer) return undefined
  const { name, clock, keys, log, issued, refreshTokens, codes, logins, refreshTokenTtlSeconds } = before.state
  const kept = { name, clock, keys, log, issued, logins }
  return refreshTokenTtlSeconds === (options.refreshTokenTtlSeconds ?? 86_400) ? { ...kept, refreshTokens, codes } : kept
}

// Kept keys know the algorithm of before: another one is a rotation, after which the old keys still verify.
async function adoptAlgorithms(before: ReadonlyMap<string, MountedIssuer>, after: ReadonlyMap<string, MountedIssuer>): Promise<void> {
  for (const [path, { state }] of after) {
    const old = before.get(path)?.state
    if (old !== undefined && old.keys === state.keys && old.algorithm !== state.algorithm) {
      await state.keys.rotate({ algorithm: state.algorithm, keepOld: true })
    }
  }
}
