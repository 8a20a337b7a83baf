import { expect, test } from 'vitest'
import { createMockIssuer } from '../../create-mock-issuer.js'
import { startText } from './start-text.js'
import type { StartedIssuer, StartTextInput } from './start-text.js'

const issuer: StartedIssuer = {
  issuer: 'http://127.0.0.1:9000',
  clients: [
    { clientId: 'app', redirectUris: ['http://127.0.0.1:3000/callback', 'https://app.example.com/callback'] },
    { clientId: 'nightly-job', clientSecret: 'not-to-be-printed' },
  ],
  users: [{ sub: 'john', name: 'John', description: 'Trader, New York' }, { sub: 'jane' }],
  contract: { audience: 'orders-api', scopes: { orders_read: { claims: ['account_nr'] }, 'payment:*': {} } },
  lax: new Set(['pkce-plain']),
  hasDashboard: true,
}

const input: StartTextInput = {
  version: '1.2.3',
  readyMs: 123.4,
  url: 'http://127.0.0.1:9000',
  issuers: [issuer],
  maxOnDemandIssuers: 0,
  config: 'issuer.json',
  watch: true,
  isColoured: false,
}

test('says where one issuer is, who is known to it, and what it is lax about', () => {
  expect(startText(input)).toBe(`
  Bailiwick mock issuer 1.2.3, ready in 123 ms

  Issuer     http://127.0.0.1:9000
  Discovery  http://127.0.0.1:9000/.well-known/openid-configuration
  Login      http://127.0.0.1:9000/authorize
  Dashboard  http://127.0.0.1:9000/dashboard

  Clients    app          public        http://127.0.0.1:3000/callback and 1 more
             nightly-job  confidential
  Users      john  John, Trader, New York
             jane
  Scopes     orders_read  needs account_nr
             payment:*
  Lax        pkce-plain  The code_challenge_method plain is accepted.

  Config     issuer.json, watched

  For tests and local work: it asks for no passwords. Ctrl+C stops it.

`)
})

test('lists many issuers, and says how more come', () => {
  const issuers = ['a', 'b'].map((path) => ({ ...issuer, issuer: `http://127.0.0.1:9000/${path}`, lax: new Set<never>() }))
  const text = startText({ ...input, issuers, maxOnDemandIssuers: 100, config: undefined })
  expect(text).toContain(
    '  Index      http://127.0.0.1:9000/\n  Issuers    http://127.0.0.1:9000/a\n             http://127.0.0.1:9000/b\n',
  )
  expect(text).toContain('  On demand  http://127.0.0.1:9000/<any-name>, up to 100\n')
})

test('shortens long lists', () => {
  const users = Array.from({ length: 500 }, (_, index) => ({ sub: `user-${index}` }))
  expect(startText({ ...input, issuers: [{ ...issuer, users }] })).toMatch(/user-11\n +and 488 more\n/)
})

test('lets no control character of a configuration reach the terminal', () => {
  const users = [{ sub: 'john', name: '\u001B[31mJohn\u202E\n' }]
  const text = startText({ ...input, config: 'a\u0007.json', issuers: [{ ...issuer, users }] })
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  expect(text).toContain('john  ?[31mJohn??')
})

test('says of a strict issuer that it is', async () => {
  const { issuer: name } = await createMockIssuer()
  const text = startText({ ...input, issuers: [{ ...issuer, issuer: name, lax: new Set(), contract: undefined, hasDashboard: false }] })
  expect(text).toContain('  Lax        nothing: every rule is kept to\n')
  expect(text).not.toMatch(/Scopes|Dashboard/)
})
