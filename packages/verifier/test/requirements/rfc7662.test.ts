import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { ConfigurationError } from '@bailiwick/protocol'
import { expect, it } from 'vitest'
import { createIntrospectionVerifier } from '../../src/introspection-verifier.js'
import { createClientCertificate } from '../client-certificates.js'
import { active, createFakeIntrospection, createVerifier, endpoint, json, settingsFor } from '../introspection-fixture.js'
import { issuer } from '../verifier-fixture.js'
import { outcome } from '../verdict.js'

const insecure = endpoint.replace('https:', 'http:')

it('no token is sent to an endpoint without TLS, be it configured or named by the metadata', async () => {
  const fake = createFakeIntrospection()
  expect(() => createVerifier(fake, { endpoint: insecure })).toThrow(ConfigurationError)

  const asked: string[] = []
  const fetch = async (url: string) => {
    asked.push(url)
    return json(url.endsWith('/.well-known/openid-configuration') ? { issuer, introspection_endpoint: insecure } : active)
  }
  const { endpoint: _, ...discovering } = settingsFor(fetch)
  expect(await outcome(createIntrospectionVerifier(discovering).verify('opaque'))).toBe('unavailable introspection_unavailable')
  expect(asked).toEqual([`${issuer}/.well-known/openid-configuration`])
})

it('a token is not sent on to where the endpoint redirects to', async () => {
  const sent: unknown[] = []
  const fetch = async (url: string, { method, redirect }: RequestInit) => {
    sent.push({ url, method, redirect })
    return new Response(null, { status: 307, headers: { location: insecure } })
  }
  expect(await outcome(createIntrospectionVerifier(settingsFor(fetch)).verify('opaque'))).toBe('unavailable introspection_unavailable')
  expect(sent).toEqual([{ url: endpoint, method: 'POST', redirect: 'manual' }])
})

it('what a redirect led to, where a fetch followed it in spite of that, is no answer', async () => {
  const fetch = async () => Object.defineProperty(json(active), 'redirected', { value: true })
  expect(await outcome(createIntrospectionVerifier(settingsFor(fetch)).verify('opaque'))).toBe('unavailable introspection_unavailable')
})

it('no token is sent to a server whose certificate nobody vouches for', async () => {
  const { keyPem, certificatePem } = await createClientCertificate('127.0.0.1')
  let requests = 0
  const server = createServer({ key: keyPem, cert: certificatePem }, (_, response) => {
    requests += 1
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  const { fetch: _, ...withTheFetchOfThePlatform } = settingsFor(globalThis.fetch)
  const verifier = createIntrospectionVerifier({ ...withTheFetchOfThePlatform, endpoint: `https://127.0.0.1:${port}/introspect` })
  const error = await verifier.verify('opaque').catch((caught: unknown) => caught)
  await new Promise((resolve) => server.close(resolve))

  expect(error).toMatchObject({ code: 'introspection_unavailable', cause: { cause: { cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } } } })
  expect(requests).toBe(0)
})
