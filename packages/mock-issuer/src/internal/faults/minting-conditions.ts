import type { AsyncLocalStorage } from 'node:async_hooks'

/** What minting reads the time and the issuer from, so that a fault can distort both for one request and no other. */
export interface MintingConditions {
  now(): number
  issuerName(): string
  /** Does the work of one request under distorted conditions. */
  during<Result>(distortion: Distortion, work: () => Promise<Result>): Promise<Result>
}

/** What is not as it should be. */
export interface Distortion {
  readonly skewSeconds?: number
  readonly issuer?: string
}

export interface MintingConditionsInput {
  now(): number
  issuerName(): string
}

export function createMintingConditions(input: MintingConditionsInput): MintingConditions {
  let storage: AsyncLocalStorage<Distortion> | undefined
  return {
    now: () => input.now() + (storage?.getStore()?.skewSeconds ?? 0) * 1000,
    issuerName: () => storage?.getStore()?.issuer ?? input.issuerName(),
    async during(distortion, work) {
      // Loaded when the first such fault is met, so that an issuer without faults runs where there is no node:async_hooks.
      const asyncHooks = await import('node:async_hooks')
      storage ??= new asyncHooks.AsyncLocalStorage()
      return storage.run(distortion, work)
    },
  }
}
