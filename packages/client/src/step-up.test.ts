import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { createLoginStage } from '../test/login-attempt.js'
import { ClientError } from './client-error.js'
import { createAuthorizedFetch } from './create-authorized-fetch.js'

const challenged = (status: number, challenge: string) =>
  new Response(null, { status, headers: { 'www-authenticate': `Bearer ${challenge}` } })

/** An API that wants a scope and a strong login, and names one of them at a time. */
function askTwice(accessToken: string): Response {
  const { scope, acr } = decodeJwt<{ scope: string; acr?: string }>(accessToken)
  if (!scope.split(' ').includes('orders_write')) return challenged(403, 'error="insufficient_scope", scope="orders_write"')
  if (acr !== 'mfa') return challenged(401, 'error="insufficient_user_authentication", acr_values="mfa"')
  return new Response('paid')
}

test.each(['pwd', 'mfa'])(
  'an API that wants a scope and a stronger login has both after a login for each, which began with %s',
  async (acr) => {
    const stage = await createLoginStage({ issuer: { acrValues: ['pwd', 'mfa'] } })
    const logIn = async (options: object) => {
      const outcome = await stage.completed(options)
      if (outcome.kind !== 'logged-in') throw new Error(outcome.kind)
      return outcome.tokens
    }
    let tokens = await logIn({ scope: 'openid orders_read', acrValues: [acr] })
    const authorizedFetch = createAuthorizedFetch({
      client: stage.client,
      tokens: { getTokens: async () => tokens },
      allowedOrigins: ['https://api.example.com'],
      fetch: async (_url, init) => askTwice(new Headers(init.headers).get('authorization')?.replace('Bearer ', '') ?? ''),
    })
    const call = () => authorizedFetch('https://api.example.com/pay').catch((error: ClientError) => error)
    let answer = await call()
    let logins = 0
    for (; answer instanceof ClientError && logins < 3; logins++) {
      tokens = await logIn({ ...answer.stepUp })
      answer = await call()
    }
    expect(answer instanceof Response && (await answer.text())).toBe('paid')
    expect(logins).toBe(acr === 'pwd' ? 2 : 1)
    expect(tokens.scope?.split(' ').toSorted()).toEqual(['openid', 'orders_read', 'orders_write'])
  },
)
