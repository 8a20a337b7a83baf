import { expect, it } from 'vitest'
import { createJwtVerifier } from '../../src/jwt-verifier.js'
import { createFakeIssuer } from '../fake-issuer.js'
import { audience, claims, issuer, key, now } from '../verifier-fixture.js'
import { outcome } from '../verdict.js'

const token = await key.sign(claims)

function setUp() {
  const fake = createFakeIssuer(() => now, [key.jwk], issuer)
  const sent: unknown[] = []
  const fetch = (url: string, init: RequestInit) => {
    sent.push({ method: init.method, redirect: init.redirect, body: init.body })
    return fake.fetch(url, init)
  }
  return { fake, sent, verifier: createJwtVerifier({ issuer, audience, fetch, now: () => now }) }
}

it('metadata and keys are asked for with GET, and a redirect is not followed', async () => {
  const { fake, sent, verifier } = setUp()
  expect(await outcome(verifier.verify(token))).toBe('accepted')
  expect(fake.requests.map(({ url }) => url)).toEqual([fake.metadataUrl, fake.jwksUri])
  expect(sent).toEqual(Array.from({ length: 2 }, () => ({ method: 'GET', redirect: 'manual', body: undefined })))
})

it('metadata of another issuer lead to no key, and are not tried further', async () => {
  const { fake, verifier } = setUp()
  fake.metadata = { ...fake.metadata, issuer: `${issuer}/` }
  expect(await outcome(verifier.verify(token))).toBe('unavailable keys_unavailable')
  expect(fake.requests.map(({ url }) => url)).toEqual([fake.metadataUrl])
})
