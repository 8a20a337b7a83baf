import { expect, test } from 'vitest'
import { createMockIssuer } from '../../create-mock-issuer.js'

test('takes what fetch takes: a string, a URL or a Request', async () => {
  const { fetch, issuer } = await createMockIssuer()
  const url = `${issuer}/jwks`

  for (const input of [url, new URL(url), new Request(url)]) expect((await fetch(input)).status).toBe(200)
  expect((await fetch(new Request(url), { method: 'PUT' })).status).toBe(405)
})

test.each(['http://localhost:8080/mock-issuer/jwks', 'https://localhost/mock-issuer/jwks', 'http://localhost.evil.example/'])(
  'cannot reach %s, as a network could not',
  async (url) => {
    const { fetch, requests } = await createMockIssuer()

    await expect(fetch(url)).rejects.toThrow(TypeError)
    expect(requests).toEqual([])
  },
)

test('rejects when the request was aborted', async () => {
  const { fetch, issuer } = await createMockIssuer()

  await expect(fetch(`${issuer}/jwks`, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' })
})

test('returns a redirect, and rejects where redirects are an error', async () => {
  const { fetch, issuer } = await createMockIssuer()
  const redirect_uri = 'http://127.0.0.1:3000/callback'
  const url = `${issuer}/authorize?${new URLSearchParams({ client_id: 'app', redirect_uri }).toString()}`

  expect((await fetch(url)).status).toBe(303)
  await expect(fetch(url, { redirect: 'error' })).rejects.toThrow(TypeError)
})
