import { createTestKey } from './token-factory.js'

/** As libraries do it that track asynchronous work: a `Promise` that wraps the platform's. */
class OtherPromise<T> implements PromiseLike<T> {
  static resolve = Promise.resolve.bind(Promise)
  static reject = Promise.reject.bind(Promise)
  static all = Promise.all.bind(Promise)
  static race = Promise.race.bind(Promise)
  static allSettled = Promise.allSettled.bind(Promise)
  readonly #inner: Promise<T>

  constructor(executor: ConstructorParameters<typeof Promise<T>>[0]) {
    this.#inner = new NativePromise<T>(executor)
  }

  // eslint-disable-next-line unicorn/no-thenable
  get then() {
    return this.#inner.then.bind(this.#inner)
  }

  get catch() {
    return this.#inner.catch.bind(this.#inner)
  }

  get finally() {
    return this.#inner.finally.bind(this.#inner)
  }
}

const NativePromise = Promise
const [key, slowKey] = [await createTestKey('2026', 'ES256'), await createTestKey('slow', 'ES384')]
Object.assign(globalThis, { Promise: OtherPromise })
const { createJwtVerifier, createMultiIssuerVerifier, verifyCompactJws } = await import('../src/index.js')

const issuer = 'https://login.example.com'
const audience = 'orders-api'
const claims = { iss: issuer, aud: audience, sub: 'john', exp: Math.floor(Date.now() / 1000) + 300 }
const jwks = { keys: [key.jwk, slowKey.jwk] }
const rules = { issuer, audience, keys: { jwks } }
const fetched = { ...rules, keys: { jwksUri: `${issuer}/jwks` }, fetch: async () => Response.json(jwks) }

const forge = (token: string) => `${token.slice(0, token.lastIndexOf('.'))}.${'A'.repeat(token.length - token.lastIndexOf('.') - 1)}`
const good = await key.sign(claims)
const nameless = await key.sign(claims, { kid: undefined })
const slow = await slowKey.sign(claims)
const verifier = createJwtVerifier(rules)
const resolved = createMultiIssuerVerifier({ issuers: { isTrusted: () => true, resolve: async () => rules } })

const answers: Record<string, () => Promise<unknown>> = {
  'a good token': () => verifier.verify(good),
  'a good token again': () => verifier.verify(good),
  'a good token without kid': () => verifier.verify(nameless),
  'a forged token': () => verifier.verify(forge(good)),
  'a forged token without kid': () => verifier.verify(forge(nameless)),
  'a forged token with a key off the event loop': () => verifier.verify(forge(slow)),
  'a forged token, keys fetched': () => createJwtVerifier(fetched).verify(forge(good)),
  'a forged token without kid, keys fetched': () => createJwtVerifier(fetched).verify(forge(nameless)),
  'a forged token of one of several issuers': () => createMultiIssuerVerifier({ issuers: [rules] }).verify(forge(nameless)),
  'a forged token of a resolved issuer': () => resolved.verify(forge(good)),
  'a forged document': () => verifyCompactJws(forge(nameless), { keys: { jwks }, algorithms: ['ES256'] }),
}

const outcomes: Record<string, string> = {}
for (const [name, ask] of Object.entries(answers)) {
  try {
    await ask()
    outcomes[name] = 'accepted'
  } catch (error) {
    outcomes[name] = String((error as { code?: unknown }).code ?? error)
  }
}
console.log(JSON.stringify(outcomes))
