import type { ResourceServerEvent } from '@bailiwick/guard'
import { createJwtVerifier, createRemoteJwks, type TokenProfile } from '@bailiwick/verifier'
import type { Host } from './host.js'
import { orders } from './orders-contract.js'

export interface GuardedApiInput {
  readonly host: Host
  readonly issuer: string
  readonly jwksUri: string
  /** Default `jwt`. */
  readonly profile?: TokenProfile | undefined
  /** Default: that of Node, 16 kB. */
  readonly maxHeaderSize?: number | undefined
}

/** An API that knows its issuer by the JWKS endpoint alone, and remembers what came of each request. */
export interface GuardedApi {
  readonly port: number
  /** What happened since this was last asked. */
  take(): Happenings
  /** Sets the API's clock forward. */
  advanceSeconds(seconds: number): void
  close(): Promise<void>
}

export interface Happenings {
  /** The handlers that were entered. */
  readonly entered: readonly string[]
  readonly events: readonly ResourceServerEvent[]
}

/** The time that a JWKS endpoint has to answer, and the pause between two requests to it: short, so that no test waits. */
const jwksTiming = { timeoutMs: 200, cooldownMs: 20 }

export async function startGuardedApi({ host, issuer, jwksUri, profile = 'jwt', maxHeaderSize }: GuardedApiInput): Promise<GuardedApi> {
  let aheadMs = 0
  const now = () => Date.now() + aheadMs
  const keys = createRemoteJwks({ jwksUri, now, ...jwksTiming })
  const verifier = createJwtVerifier({ issuer, audience: orders.audience, keys, profile, now })
  const events: ResourceServerEvent[] = []
  const running = await host.start({
    verifier,
    onEvent: (event) => events.push(event),
    ...(maxHeaderSize !== undefined && { maxHeaderSize }),
  })
  let taken = 0

  return {
    port: running.port,
    take() {
      const entered = running.entered.slice(taken)
      taken += entered.length
      return { entered, events: events.splice(0) }
    },
    advanceSeconds(seconds) {
      aheadMs += seconds * 1000
    },
    close: running.close,
  }
}
