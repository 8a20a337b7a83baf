import type { Situation } from '../situation.js'
import { describe } from '../wording.js'

export const outageCold: Situation = {
  rows: ['issuer refuses connections at a cold start: a good token gets', '… internal details in that answer'],
  async observe({ issuer, get }) {
    const token = await issuer.token()
    await issuer.close()
    const answer = await get('/orders', token)
    return [describe(answer), internals(answer.visible, issuer.url)]
  },
}

export const outageColdStatus: Situation = {
  rows: ['issuer answers 500 at a cold start: a good token gets', '… internal details in that answer'],
  async observe({ issuer, get }) {
    const token = await issuer.token()
    issuer.failWith(500)
    const answer = await get('/orders', token)
    return [describe(answer), internals(answer.visible, issuer.url)]
  },
}

/** What leaks to the client that it should not learn from an outage: where the issuer is, and what the network layer reported. */
function internals(visible: string, issuerUrl: string): string {
  const signs = [new URL(issuerUrl).host, 'ECONNREFUSED', 'fetch failed', 'node_modules', 'responded with', 'JSON Web Key Set', 'metadata']
  const found = signs.filter((sign) => visible.includes(sign))
  const message = /error_description="([^"]*)"/.exec(visible)?.[1]
  if (found.length === 0) return 'none'
  return `yes: "${(message ?? found.join(', ')).replace(issuerUrl, 'http://<issuer>')}"`
}
