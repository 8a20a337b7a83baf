import type { AttackOptions } from './attack-options.js'
import type { AttackControl, AttackOutcome, AttackReport, AttackResult } from './attack-report.js'
import { attackerWithoutServer, startAttackerServer } from './internal/attack/attacker-server.js'
import { readAttackSettings } from './internal/attack/attack-settings.js'
import { requestByFetch } from './internal/attack/fetch-request.js'
import { isAnswered, isLetIn, judge } from './internal/attack/judge.js'
import { planAttack } from './internal/attack/plan.js'
import { waitUntilReady } from './internal/attack/readiness.js'
import { runBounded } from './internal/attack/run-bounded.js'
import { createSender } from './internal/attack/sender.js'
import type { Received } from './internal/attack/sender.js'
import { requestBySocket } from './internal/attack/socket-request.js'
import { decodePart, splitToken } from './internal/forgeries/compact-token.js'
import type { SigningAlgorithm } from './signing-algorithm.js'

/**
 * Sends the whole catalogue of forgeries to an API that trusts the issuer, and reports what came back. It first makes sure that the API
 * lets a good token in, and at the end that it still does. Every forgery that the API lets in does what the route does.
 *
 * @throws {MockIssuerError} `attack_impossible` when a good token is not let in, with what may be the reason; `invalid_option`;
 * `contract_broken` when the contract of the issuer does not allow the good token
 *
 * @example
 * ```ts
 * const issuer = await createMockIssuer({ issuer: 'http://127.0.0.1:9000', audience: 'orders-api' })
 * await issuer.listen({ port: 9000 })
 * const report = await attack({ issuer, url: 'http://127.0.0.1:3000/orders', claims: { scope: 'orders_read' } })
 * console.log(report.results.filter(({ outcome }) => outcome === 'let_in'))
 * ```
 */
export async function attack(options: AttackOptions): Promise<AttackReport> {
  const settings = readAttackSettings(options)
  const { issuer, claims = {}, typ = 'at+jwt', headers = {}, body, fetch, onResult = () => {}, onWaiting = () => {} } = options
  const send = createSender({ ...settings, headers, body }, fetch === undefined ? requestBySocket : requestByFetch(fetch))
  const sendGood = async (algorithm: SigningAlgorithm) => send(asBearer(await issuer.accessToken(claims, { algorithm, header: { typ } })))
  // Before the API asks for the keys: forgeries are made with both, and a key that it does not know would be refused for that.
  const good = decodePart(splitToken(await issuer.accessToken(claims, { algorithm: 'ES256' }))[1])
  await issuer.accessToken(claims, { algorithm: 'RS256' })

  const ready = await waitUntilReady({
    ...settings,
    sendGood,
    now: () => performance.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    requests: issuer.requests,
    onWaiting,
    expectations: {
      url: settings.url.href,
      method: settings.method,
      issuer: issuer.issuer,
      typ,
      audience: [good['aud']].flat().join(', '),
      scope: typeof good['scope'] === 'string' ? good['scope'] : undefined,
    },
  })
  const { algorithm } = ready
  const startedAt = performance.now() - ready.received.durationMs
  const other = algorithm === 'ES256' ? 'RS256' : 'ES256'
  const before = [
    control('good token', ready.received, isLetIn),
    control('no token', await send({ headers: [] }), (answer) => isAnswered('no_credentials', answer)),
    control('good token of another algorithm', await sendGood(other), isLetIn),
  ]

  const server = fetch === undefined ? await startAttackerServer() : attackerWithoutServer()
  const plan = planAttack({ names: settings.names, profile: settings.profile, hasScope: typeof good['scope'] === 'string' })
  try {
    const results = await runBounded(plan.sent, settings.concurrency, async ({ forgery, variant, path }) => {
      const attacker = server.attacker.at(path)
      const token = await forgery.make(issuer, claims, { variant: variant.name, algorithm, attacker, header: { typ } })
      const { answer, durationMs } = await send(forgery.present(token, variant.name))
      const { expected, severity, title, description } = variant
      const result: AttackResult = {
        forgery: forgery.name,
        variant: variant.name,
        title: forgery.variants.length === 1 ? forgery.title : `${forgery.title}: ${title}`,
        description,
        rfc: forgery.rfc,
        severity,
        expected,
        outcome: judge({ expected, answer, wasLured: server.wasAsked(path) }),
        answer,
        durationMs,
      }
      onResult(result)
      return result
    })
    const after = control('good token afterwards', await sendGood(algorithm), isLetIn)
    return {
      url: settings.url.href,
      method: settings.method,
      issuer: issuer.issuer,
      algorithm,
      profile: settings.profile,
      durationMs: performance.now() - startedAt,
      controls: [...before, after],
      results,
      skipped: plan.skipped,
      counts: count(results),
    }
  } finally {
    await server.close()
  }
}

function asBearer(token: string) {
  return { headers: [['authorization', `Bearer ${token}`] as const] }
}

function control(
  name: AttackControl['name'],
  { answer, durationMs }: Received,
  passes: (answer: Received['answer']) => boolean,
): AttackControl {
  return { name, passed: passes(answer), answer, durationMs }
}

function count(results: readonly AttackResult[]): Record<AttackOutcome, number> {
  const counts = { as_expected: 0, let_in: 0, lured: 0, refused_otherwise: 0, fault: 0 }
  for (const { outcome } of results) counts[outcome] += 1
  return counts
}
