import { describe, expect, test } from 'vitest'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'
import type { MockIssuer } from '../../mock-issuer.js'

const name = 'http://127.0.0.1:9000'

function create(options: MockIssuerOptions = {}): Promise<MockIssuer> {
  return createMockIssuer({ issuer: name, dashboard: true, now: () => 1_000_000_000_000, ...options })
}

async function show(issuer: MockIssuer): Promise<string> {
  return (await issuer.fetch(`${issuer.issuer}/dashboard`)).text()
}

async function post(issuer: MockIssuer, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
  const formToken = /name="form_token" value="([^"]+)"/.exec(await show(issuer))?.[1] ?? ''
  const body = new URLSearchParams({ form_token: formToken, ...fields })
  return issuer.fetch(`${issuer.issuer}/dashboard`, {
    method: 'POST',
    headers: { origin: name, 'sec-fetch-site': 'same-origin', ...headers },
    body,
  })
}

describe('the dashboard', () => {
  test('is not there unless it is asked for', async () => {
    const issuer = await createMockIssuer({ issuer: name })
    expect((await issuer.fetch(`${name}/dashboard`)).status).toBe(404)
  })

  test('shows tokens decoded, by a fingerprint, and never the token itself', async () => {
    const issuer = await create()
    const jwt = await issuer.accessToken({ sub: 'john', account_nr: '42' })
    const opaque = await issuer.opaqueToken({ sub: 'jane' })
    const page = await show(issuer)

    expect(page).toContain('&quot;typ&quot;: &quot;at+jwt&quot;')
    expect(page).toContain('&quot;account_nr&quot;: &quot;42&quot;')
    expect(page).toContain('5 min left')
    for (const token of [jwt, opaque]) {
      for (let start = 0; start + 20 <= token.length; start += 20) expect(page).not.toContain(token.slice(start, start + 20))
    }
  })

  test('counts expiry by the issuer’s clock, and knows what was revoked', async () => {
    const issuer = await create()
    const token = await issuer.accessToken({ client_id: 'service' })
    issuer.clock.advanceSeconds(301)
    expect(await show(issuer)).toMatch(/expired<\/span>[^]*1 s ago/)

    issuer.clock.advanceSeconds(-301)
    const headers = { authorization: `Basic ${btoa('service:service-secret')}` }
    await issuer.fetch(`${name}/revoke`, { method: 'POST', headers, body: new URLSearchParams({ token }) })
    expect(await show(issuer)).toContain('revoked</span>')
  })

  test('shows no secret of a client and no query of a request', async () => {
    const issuer = await create()
    await issuer.fetch(`${name}/authorize?client_id=app&state=state-123`)
    const page = await show(issuer)
    expect(page).toContain('GET /authorize')
    expect(page).not.toMatch(/service-secret|state-123/)
  })

  test('escapes what others chose: paths, claims, names and descriptions', async () => {
    const evil = `</pre></textarea><script>alert(1)</script>"'`
    const issuer = await create({ users: [{ sub: 'john', name: evil, description: evil, claims: { evil } }] })
    await issuer.accessToken({ sub: evil, scope: evil, client_id: evil, [evil]: evil }, { header: { typ: evil } })
    await issuer.fetch(`${name}/${evil}`)
    await issuer.fetch(`${name}/'-alert(1)-'`)
    const page = await show(issuer)

    expect(page.match(/<script/g)).toHaveLength(1)
    expect(page.match(/<\/textarea>/g)).toHaveLength(1)
    expect(page).not.toContain("'-alert(1)-'")
  })

  test('leaves its own requests out of the log', async () => {
    const issuer = await create()
    await issuer.fetch(`${name}/jwks`)
    await show(issuer)
    expect(await show(issuer)).not.toContain('GET /dashboard')
    expect(issuer.requests.map(({ path }) => path)).toEqual(['/jwks'])
  })

  test('is framed by nobody, runs its own script alone, and tells nobody else where it is', async () => {
    const { headers } = await (await create()).fetch(`${name}/dashboard`)
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'nonce-[\w-]+'; script-src 'nonce-[\w-]+'; connect-src 'self'; form-action [^;]+; frame-ancestors 'none'; base-uri 'none'$/,
    )
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('access-control-allow-origin')).toBe(null)
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test.each([
    [{ action: 'advance-clock', seconds: '3600' }, (issuer: MockIssuer) => issuer.clock.now(), 1_000_003_600_000],
    [{ action: 'rotate-keys', old: 'keep' }, async (issuer: MockIssuer) => (await issuer.jwks()).keys.length, 2],
    [{ action: 'rotate-keys', old: 'withdraw' }, async (issuer: MockIssuer) => (await issuer.jwks()).keys.length, 1],
  ])('does what the form %j asks for', async (fields, read, expected) => {
    const issuer = await create()
    const response = await post(issuer, fields)
    expect([response.status, response.headers.get('location')]).toEqual([303, '/dashboard'])
    expect(await read(issuer)).toBe(expected)
  })

  test('sets the clock back to the real time', async () => {
    const issuer = await create()
    issuer.clock.advanceSeconds(500)
    await post(issuer, { action: 'reset-clock' })
    expect(issuer.clock.now()).toBe(1_000_000_000_000)
  })

  test('says so where the clock can go no further', async () => {
    const issuer = await create()
    issuer.clock.setMs(8.64e15)
    const response = await post(issuer, { action: 'advance-clock', seconds: '60' })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('as a Date can have them')
  })

  test('adds a fault, and ends it by the name that the page has for it', async () => {
    const issuer = await create()
    expect((await post(issuer, { action: 'add-fault', endpoint: 'jwks', fault: 'broken', times: '3' })).status).toBe(303)
    expect(issuer.faults.active).toEqual([{ endpoint: 'jwks', kind: 'status', status: 500, times: 3 }])

    const id = /name="fault" value="([^"]+)"/.exec(await show(issuer))?.[1] ?? ''
    expect((await post(issuer, { action: 'end-fault', fault: id })).status).toBe(303)
    expect(issuer.faults.active).toEqual([])
    expect((await post(issuer, { action: 'end-fault', fault: id })).status).toBe(400)
  })

  test('ends all faults, and meets none that is meant for every endpoint', async () => {
    const issuer = await create()
    issuer.faults.add({ endpoint: '*', kind: 'status', status: 500 })
    issuer.faults.add({ endpoint: 'jwks', kind: 'hang' })
    expect((await post(issuer, { action: 'clear-faults' })).status).toBe(303)
    expect(issuer.faults.active).toEqual([])
  })

  test('changes the claims of a user', async () => {
    const issuer = await create({ users: [{ sub: 'john', claims: { account_nr: '42' } }] })
    expect((await post(issuer, { action: 'update-user', sub: 'john', claims: '{"account_nr":"43","roles":["clerk"]}' })).status).toBe(303)
    expect(await show(issuer)).toContain('&quot;roles&quot;')
  })

  test.each([
    [{ action: 'advance-clock', seconds: 'soon' }, 'whole number of seconds'],
    [{ action: 'advance-clock', seconds: '1e99' }, 'whole number of seconds'],
    [{ action: 'advance-clock' }, 'whole number of seconds'],
    [{ action: 'update-user', sub: 'john', claims: '[1]' }, 'must be a JSON object'],
    [{ action: 'update-user', sub: 'john', claims: '{' }, 'must be a JSON object'],
    [{ action: 'update-user', sub: 'nobody', claims: '{}' }, 'no such user'],
    [{ action: 'add-fault', endpoint: 'x', fault: 'broken' }, 'no such fault'],
    [{ action: 'add-fault', endpoint: 'jwks', fault: 'constructor' }, 'no such fault'],
    [{ action: 'add-fault', endpoint: 'dashboard', fault: 'hang' }, 'no such fault'],
    [{ action: 'add-fault', endpoint: 'jwks', fault: 'hang', times: '0' }, 'up to 999 times'],
    [{ action: 'end-fault', fault: 'x' }, 'over already'],
    [{ action: 'constructor' }, 'nothing that this page can do'],
    [{}, 'nothing that this page can do'],
  ])('says why the form %j cannot be done', async (fields, reason) => {
    const issuer = await create()
    const before = [issuer.clock.now(), await issuer.jwks()]
    const response = await post(issuer, fields)
    expect(response.status).toBe(400)
    expect(await response.text()).toMatch(new RegExp(`role="alert">[^<]*${reason}`))
    expect([issuer.clock.now(), await issuer.jwks()]).toEqual(before)
  })
})

describe('a form that is not the dashboard’s own', () => {
  const advance = { action: 'advance-clock', seconds: '60' }

  test.each([
    ['without its token', { form_token: '' }, {}],
    ['with a guessed token', { form_token: 'x'.repeat(43) }, {}],
    ['from another origin', {}, { origin: 'https://evil.example' }],
    ['from another port of this machine', {}, { origin: 'http://127.0.0.1:8000' }],
    ['from a page without an origin', {}, { origin: 'null' }],
    ['from another site', {}, { 'sec-fetch-site': 'cross-site' }],
    ['from a sibling site', {}, { 'sec-fetch-site': 'same-site' }],
  ])('changes nothing %s', async (_, fields, headers) => {
    const issuer = await create()
    const response = await post(issuer, { ...advance, ...fields }, headers)
    expect(response.status).toBe(400)
    expect(issuer.clock.now()).toBe(1_000_000_000_000)
  })

  test('changes nothing with the token of another issuer', async () => {
    const [issuer, other] = await Promise.all([create(), create()])
    const formToken = /name="form_token" value="([^"]+)"/.exec(await show(other))?.[1] ?? ''
    expect((await post(issuer, { ...advance, form_token: formToken })).status).toBe(400)
    expect(issuer.clock.now()).toBe(1_000_000_000_000)
  })
})

describe('the host that a dashboard is asked for under', () => {
  async function statuses(host: string, options: MockIssuerOptions): Promise<readonly number[]> {
    const issuer = await create({ ...options, issuer: `http://${host}:9000` })
    const url = `http://${host}:9000/dashboard`
    return [(await issuer.fetch(url)).status, (await issuer.fetch(url, { method: 'POST', body: new URLSearchParams() })).status]
  }

  test.each(['localhost', '127.0.0.1', '127.1.2.3', '[::1]', 'mock.localhost'])('is this machine as %s', async (host) => {
    expect(await statuses(host, {})).toEqual([200, 400])
  })

  test.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example', '192.168.1.2', '0.0.0.0', '[::2]'])(
    'is not %s, to which a name could have been pointed',
    async (host) => {
      expect(await statuses(host, {})).toEqual([403, 403])
    },
  )

  test('can be another one that the options name', async () => {
    const dashboard = { hosts: ['mock.example.com'] }
    expect(await statuses('mock.example.com', { dashboard })).toEqual([200, 400])
    expect(await statuses('other.example.com', { dashboard })).toEqual([403, 403])
  })

  test.each(['*', 'Example.com', 'example.com:80', 'https://example.com', ''])('cannot be named %j', async (host) => {
    await expect(create({ dashboard: { hosts: [host] } })).rejects.toMatchObject({ code: 'invalid_option' })
  })
})
