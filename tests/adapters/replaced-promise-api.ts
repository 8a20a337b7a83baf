import { ReplacedPromise } from './replaced-promise.js'

/**
 * A process of its own, which has put another `Promise` in the place of the global one before anything else was loaded, as zone.js and
 * bluebird do: there, what an `async` function gives is no instance of `Promise`. It serves every framework, asks each for its routes
 * under several tokens, and prints the answers as JSON.
 */
globalThis.Promise = ReplacedPromise as unknown as PromiseConstructor

const { hosts } = await import('./hosts.js')
const { serveApi } = await import('./served-api.js')
const { bearer } = await import('./raw-request.js')

const guardedRoutes = ['/me', '/office/whoami', '/lounge/members', '/catalogue', '/vault', '/accounts/42/orders']
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
const answers: Record<string, unknown> = {}

for (const host of hosts) {
  let isVaultOpen = true
  // A promise of the language, not of the global.
  const api = await serveApi(host, { isVaultOpen: async () => isVaultOpen })
  const good = await api.issuer.accessToken({ scope: 'orders_read', account_nr: '42' })
  const claims = { iss: api.issuer.issuer, aud: 'orders-api', sub: 'mallory', exp: 4_102_444_800, scope: 'orders_read', account_nr: '42' }
  const forged = `${encode({ alg: 'ES256' })}.${encode(claims)}.${'A'.repeat(86)}`

  const statuses = async (token: string): Promise<number[]> => {
    const found: number[] = []
    for (const path of guardedRoutes) found.push((await api.request(path, { fields: bearer(token) })).status)
    return found
  }
  const garbage = await statuses('not-even-a-jwt')
  const forgery = await statuses(forged)
  const entered = [...api.host.entered]
  const first = await statuses(good)
  const again = await statuses(good)
  isVaultOpen = false
  const shut = (await api.request('/vault', { fields: bearer(good) })).status
  answers[host.name] = { garbage, forgery, entered, first, again, shut }
  await api.close()
}

const isInstance = (async () => {})() instanceof Promise
console.log(JSON.stringify({ isInstance, answers }))
