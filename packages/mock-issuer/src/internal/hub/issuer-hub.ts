import { assembleMockIssuer } from '../../create-mock-issuer.js'
import type { AssembledIssuer } from '../../create-mock-issuer.js'
import type { FaultHandle } from '../../faults.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'
import type { RequestHandler } from '../http/request-handler.js'
import { createIssuerState } from '../issuer-state.js'
import type { KeptState } from '../issuer-state.js'
import type { HostUrl } from './host-url.js'
import { readDeclaration, readHubConfiguration } from './hub-configuration.js'
import type { HubConfiguration, MountOptions } from './hub-configuration.js'
import { answerRequest } from './hub-routing.js'
import { liesUnderEndpoint } from './mount-path.js'

/** An issuer at its place on the host. */
export interface MountedIssuer extends AssembledIssuer {
  /** Empty for the root, or with a slash before it: `/tenant-a`. */
  readonly path: string
  /** Whether a request made it, and no one declared it. */
  readonly onDemand: boolean
  /** The faults that it has by its options, and not since. */
  readonly configuredFaults: readonly FaultHandle[]
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
  mount(path: string, options: MountOptions): MountedIssuer
  /** Forgets an issuer, and lets go of the requests that its faults hold; `false` if there was none. */
  unmount(path: string): boolean
  /** Ends the faults of all issuers, and lets go of the requests that they hold. */
  clearFaults(): void
}

export function createIssuerHub(url: HostUrl): IssuerHub {
  let mounted = new Map<string, MountedIssuer>()
  let current: HubConfiguration = { issuers: {}, defaults: {}, maxOnDemandIssuers: 0 }

  function assemble(path: string, { faults = [], ...options }: MountOptions, onDemand: boolean): MountedIssuer {
    const before = mounted.get(path)
    const isSame = before !== undefined && before.state.configuredName === options.issuer
    const kept = isSame ? keptState(before, options) : namedAfter(path, options, url)
    const assembled = assembleMockIssuer(createIssuerState(options, kept))
    for (const fault of before?.configuredFaults ?? []) fault.remove()
    return { ...assembled, path, onDemand, configuredFaults: faults.map(assembled.issuer.faults.add) }
  }

  function mount(name: string, given: MountOptions, onDemand: boolean): MountedIssuer {
    const options = { ...current.defaults, ...given }
    const path = readDeclaration(name, options, mounted)
    const added = assemble(path, options, onDemand)
    mounted.set(path, added)
    return added
  }

  function mountOnDemand(path: string): MountedIssuer | undefined {
    const made = [...mounted.values()].filter(({ onDemand }) => onDemand).length
    return made < current.maxOnDemandIssuers && !mounted.has('') ? mount(path, {}, true) : undefined
  }

  return {
    handle: (request) => answerRequest(request, { mounted, mountOnDemand }),
    get mounted() {
      return mounted
    },
    find: (path) => mounted.get(withSlash(path)),
    mount: (path, options) => mount(path, options, false),
    unmount(path) {
      mounted.get(withSlash(path))?.state.faults.clear()
      return mounted.delete(withSlash(path))
    },
    clearFaults() {
      for (const { state } of mounted.values()) state.faults.clear()
    },
    async configure(configuration) {
      const next = new Map<string, MountedIssuer>()
      // All of it is read before any of it is made: what is kept of an issuer is changed in place.
      for (const [path, options] of readHubConfiguration(configuration)) next.set(path, assemble(path, options, false))
      for (const { path, onDemand } of mounted.values()) {
        const isInTheWay = next.has(path) || next.has('') || [...next.keys()].some((declared) => liesUnderEndpoint(declared, path))
        if (onDemand && configuration.maxOnDemandIssuers > 0 && !isInTheWay) next.set(path, assemble(path, configuration.defaults, true))
      }
      await adoptAlgorithms(mounted, next)
      // Nobody could end a fault of an issuer that is gone: the requests that it holds would wait for ever.
      for (const [path, { state }] of mounted) if (next.get(path)?.state.faults !== state.faults) state.faults.clear()
      mounted = next
      current = configuration
    },
  }
}

function namedAfter(path: string, { issuer }: MockIssuerOptions, url: HostUrl): Partial<KeptState> {
  return issuer === undefined ? { name: { read: () => url.read() + path, adopt: () => {} } } : {}
}

// How long they live is part of these two stores, so with another lifetime they start anew.
function keptState({ state }: MountedIssuer, options: MockIssuerOptions): Partial<KeptState> {
  const { refreshTokens, codes, ...kept } = state
  const defaultTtlSeconds = 86_400
  return state.refreshTokenTtlSeconds === (options.refreshTokenTtlSeconds ?? defaultTtlSeconds) ? { ...kept, refreshTokens, codes } : kept
}

// Kept keys sign by the algorithm of before. Another one is a rotation, after which the old keys still verify.
async function adoptAlgorithms(before: ReadonlyMap<string, MountedIssuer>, after: ReadonlyMap<string, MountedIssuer>): Promise<void> {
  for (const [path, { state }] of after) {
    const old = before.get(path)?.state
    if (old !== undefined && old.keys === state.keys && old.algorithm !== state.algorithm) {
      await state.keys.rotate({ algorithm: state.algorithm, keepOld: true })
    }
  }
}

function withSlash(path: string): string {
  return path === '' || path.startsWith('/') ? path : `/${path}`
}
