import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createBrowser } from '../../test/browser.js'
import { authorizationUrl } from '../../test/code-flow.js'
import { createMockIssuer } from '../create-mock-issuer.js'

const contract = {
  audience: 'orders-api',
  scopes: { orders_read: { claims: ['account_nr'] }, report: {}, 'payment:*': { claims: ['debtor'] } },
  claims: z.object({ account_nr: z.string().optional(), roles: z.array(z.enum(['clerk', 'manager'])).default([]) }),
}

test.each([
  [{}],
  [{ scope: 'report' }],
  [{ scope: 'orders_read', account_nr: '42' }],
  [{ scope: 'openid report payment:123', debtor: 'john', roles: ['clerk'] }],
  [{ scope: 'report', aud: 'other-api' }],
  [{ scope: 'report', exp: undefined, anything: { else: true } }],
])('issues %j as the contract allows', async (claims) => {
  const issuer = await createMockIssuer({ contract })

  expect(decodeJwt(await issuer.accessToken(claims))).toMatchObject(JSON.parse(JSON.stringify(claims)))
})

test.each([
  [
    { scope: 'orders_raed' },
    'The contract for "orders-api" has no scope "orders_raed". Use one of its scopes (orders_read, report, payment:*), or add it there;',
  ],
  [
    { scope: 'payment:*', debtor: 'john' },
    '"payment:*" stands for a family of scopes. Give a token one of its values, such as "payment:123"',
  ],
  [
    { scope: 'orders_read' },
    'The scope "orders_read" requires the claim "account_nr", which the token would not have. Give "account_nr" a value;',
  ],
  [{ scope: 'orders_read', account_nr: null }, 'The scope "orders_read" requires the claim "account_nr"'],
  [{ scope: 'payment:1' }, 'The scope "payment:1" requires the claim "debtor"'],
  [{ account_nr: 42 }, 'The claims do not satisfy the schema of the contract for "orders-api": "account_nr": '],
  [{ roles: ['clerk', 'boss'] }, '"roles.1": '],
  [{ scope: ['report'] }, 'The claim "scope" is not a string of scope names separated by single spaces.'],
  [{ scope: '' }, 'The claim "scope" is not a string of scope names separated by single spaces.'],
])('refuses %j, and names the claim and the fix', async (claims, message) => {
  const issuer = await createMockIssuer({ contract })

  for (const mint of [issuer.accessToken, issuer.opaqueToken]) {
    const refusal = mint(claims)
    await expect(refusal).rejects.toMatchObject({
      name: 'MockIssuerError',
      code: 'contract_broken',
      message: expect.stringContaining(message),
    })
    await expect(refusal).rejects.toThrow(/\{ breakContract: true \}/)
  }
})

test('issues what breaks the contract when it is told to', async () => {
  const issuer = await createMockIssuer({ contract })
  const token = await issuer.accessToken({ scope: 'orders_read admin', roles: 'boss' }, { breakContract: true })

  expect(decodeJwt(token)).toMatchObject({ scope: 'orders_read admin', roles: 'boss', aud: 'orders-api' })
})

test('reads the path of an issue as a Standard Schema may give it', async () => {
  const validate = () => ({ issues: [{ message: 'is odd', path: [{ key: 'a' }, 0] }, { message: 'is bad' }] })
  const issuer = await createMockIssuer({ contract: { audience: 'a', scopes: {}, claims: { '~standard': { validate } } } })

  await expect(issuer.accessToken()).rejects.toThrow('"a.0": is odd; is bad.')
})

test('lets a test see what a schema threw, and tells a browser nothing of it', async () => {
  const fault = new Error('a secret reason')
  const schema = { '~standard': { validate: () => Promise.reject(fault) } }
  const issuer = await createMockIssuer({ contract: { audience: 'a', scopes: {}, claims: schema } })

  await expect(issuer.accessToken()).rejects.toBe(fault)
  await expect(issuer.opaqueToken()).rejects.toBe(fault)
  const page = await createBrowser(issuer.fetch).open(authorizationUrl(issuer, { scope: 'openid' }))
  const { response, html } = await page.submit({ user: 'john' })
  expect({ status: response.status, html }).toEqual({ status: 500, html: '{"error":"server_error"}' })
})

test('checks as many scopes as a request can have in time that grows with their number alone', async () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `s${index}`)
  const large = { audience: 'a', scopes: Object.fromEntries(names.map((name) => [name, { claims: ['account_nr'] }])) }
  const issuer = await createMockIssuer({ contract: large })
  const start = performance.now()

  await issuer.accessToken({ scope: names.join(' '), account_nr: '42' })
  await expect(issuer.accessToken({ scope: names.join(' ') })).rejects.toThrow('"s0" requires the claim "account_nr"')
  expect(performance.now() - start).toBeLessThan(2_000)
})

test('issues any well-formed scope without a contract', async () => {
  const issuer = await createMockIssuer()

  expect(decodeJwt(await issuer.accessToken({ scope: 'anything' }))['scope']).toBe('anything')
})

test.each(['constructor', 'toString', '__proto__'])(
  'a required claim named %j is not there because every object inherits it',
  async (claim) => {
    const issuer = await createMockIssuer({ contract: { audience: 'orders-api', scopes: { orders_read: { claims: [claim] } } } })

    await expect(issuer.accessToken({ scope: 'orders_read' })).rejects.toThrow(`requires the claim "${claim}"`)
  },
)
