import { createRemoteJwks, type RemoteJwks } from '../src/remote-jwks.js'
import type { RemoteJwksSettings } from '../src/remote-jwks-options.js'
import { createFakeClock } from './fake-clock.js'
import { createFakeJwksEndpoint } from './fake-jwks-endpoint.js'
import { createTestKey } from './token-factory.js'

export const first = await createTestKey('first')
export const second = await createTestKey('second')

/** A key set behind a fake endpoint that publishes the first key, on a fake clock. */
export function setUp(settings: RemoteJwksSettings & { jwksUri?: string } = {}) {
  const clock = createFakeClock()
  const endpoint = createFakeJwksEndpoint(clock.now, [first.jwk])
  const options = { fetch: endpoint.fetch, now: clock.now, sleep: clock.sleep, random: () => 0.5 }
  const jwks = createRemoteJwks({ jwksUri: endpoint.uri, ...options, ...settings })
  return { clock, endpoint, jwks, options }
}

/** The kids that are found, or the code of the error; settles without the clock moving, or stays pending. */
export async function find(jwks: RemoteJwks, kid: string | undefined): Promise<string[] | string> {
  try {
    const keys = await jwks.keysFor({ alg: 'ES256', kid })
    return keys.map((key) => String(key.kid))
  } catch (error) {
    return (error as { code: string }).code
  }
}
