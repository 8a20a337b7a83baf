import { describe, expect, test } from 'vitest'
import { createIssuerHost } from './create-issuer-host.js'

async function json(response: Response): Promise<Record<string, unknown>> {
  return (await response.json()) as Record<string, unknown>
}

const credentials = { authorization: `Basic ${btoa('service:service-secret')}` }

describe('createIssuerHost', () => {
  test('names each issuer after the socket and its path, and gives each keys of its own', async () => {
    const host = await createIssuerHost({ issuers: { 'tenant-a': {}, 'realms/b': {} } })
    await using server = await host.listen()
    const [a, b] = [host.issuer('tenant-a'), host.issuer('/realms/b')]

    expect([a?.issuer, b?.issuer]).toEqual([`${server.url}/tenant-a`, `${server.url}/realms/b`])
    const kids = await Promise.all(
      [a, b].map(async (issuer) => (await (await fetch(`${issuer?.issuer}/jwks`)).json()) as { keys: { kid: string }[] }),
    )
    expect(new Set(kids.map(({ keys }) => keys[0]?.kid)).size).toBe(2)
  })

  test('serves each discovery document at its own well-known place, and at no other', async () => {
    const host = await createIssuerHost({ issuers: { 'tenant-a': {}, 'realms/b': {} } })
    for (const path of ['/tenant-a', '/realms/b']) {
      const issuer = `http://localhost${path}`
      for (const place of [`${path}/.well-known/openid-configuration`, `/.well-known/oauth-authorization-server${path}`]) {
        const response = await host.fetch(`http://localhost${place}`)
        expect({ place, issuer: (await json(response))['issuer'] }).toEqual({ place, issuer })
      }
      for (const place of [`/.well-known/openid-configuration${path}`, `${path}/.well-known/oauth-authorization-server`]) {
        expect((await host.fetch(`http://localhost${place}`)).status).toBe(404)
      }
    }
  })

  test('does not let a token of one issuer be introspected as active at another', async () => {
    const host = await createIssuerHost({ issuers: { a: {}, b: {} } })
    const token = (await host.issuer('a')?.opaqueToken()) ?? ''
    const introspect = async (path: string): Promise<unknown> => {
      const body = new URLSearchParams({ token })
      const response = await host.fetch(`http://localhost/${path}/introspect`, { method: 'POST', headers: credentials, body })
      return (await json(response))['active']
    }
    expect(await Promise.all([introspect('a'), introspect('b')])).toEqual([true, false])
  })

  test('takes issuers in and away while it listens', async () => {
    const host = await createIssuerHost()
    await using server = await host.listen()
    expect((await fetch(`${server.url}/late/jwks`)).status).toBe(404)

    const late = host.add('late')
    expect(late.issuer).toBe(`${server.url}/late`)
    expect((await fetch(`${server.url}/late/jwks`)).status).toBe(200)
    expect(host.paths()).toEqual(['/late'])

    expect([host.remove('late'), host.remove('late')]).toEqual([true, false])
    expect((await fetch(`${server.url}/late/jwks`)).status).toBe(404)
  })

  test('gives an issuer the defaults where it does not say otherwise', async () => {
    const host = await createIssuerHost({ defaults: { audience: 'orders-api' }, issuers: { a: {}, b: { audience: 'billing-api' } } })
    expect([host.issuer('a')?.verifierOptions().audience, host.issuer('b')?.verifierOptions().audience]).toEqual([
      'orders-api',
      'billing-api',
    ])
  })

  test('answers for the more specific of two paths', async () => {
    const host = await createIssuerHost({ issuers: { a: {}, 'a/b': {} } })
    const document = await json(await host.fetch('http://localhost/a/b/.well-known/openid-configuration'))
    expect(document['issuer']).toBe('http://localhost/a/b')
  })

  test('refuses to rename issuers that are in use', async () => {
    const host = await createIssuerHost({ issuers: { a: {} } })
    expect(host.issuer('a')?.issuer).toBe('http://localhost/a')
    await expect(host.listen()).rejects.toMatchObject({ code: 'issuer_name_in_use' })
  })

  test.each([
    ['a path that a URL would encode', { issuers: { 'ten ant': {} } }, /not "ten ant"/],
    ['a path that leads elsewhere', { issuers: { '../a': {} } }, /not "..\/a"/],
    ['a path of five names', { issuers: { 'a/b/c/d/e': {} } }, /one to 4 names/],
    ['one path twice', { issuers: { a: {}, '/a': {} } }, /"\/a" already/],
    ['a root among others', { issuers: { a: {}, '': {} } }, /only one of its host/],
    ['a name of another path', { issuers: { a: { issuer: 'https://login.example.com/b' } } }, /ends in the issuer's path, \/a/],
    ['options that an issuer cannot have', { issuers: { a: { clients: [] } } }, /^The option "issuers\["a"\]\.clients"/],
    ['defaults that no issuer can have', { defaults: { users: [] } }, /"users"/],
    ['no room for issuers on demand', { onDemand: { maxIssuers: 0 } }, /"onDemand.maxIssuers"/],
  ])('refuses %s', async (_, options, message) => {
    await expect(createIssuerHost(options)).rejects.toMatchObject({ code: 'invalid_option', message: expect.stringMatching(message) })
  })
})

describe('a path that is no issuer’s', () => {
  test('is answered by a list of the issuers, in JSON', async () => {
    const host = await createIssuerHost({ issuers: { 'tenant-a': {} } })
    for (const path of ['/tenant-b/jwks', '/tenant-a/unknown', '/tenant-a', '/favicon.ico']) {
      const response = await host.fetch(`http://localhost${path}`)
      expect(response.status).toBe(404)
      expect(await json(response)).toMatchObject({
        error: 'not_found',
        issuers: [{ issuer: 'http://localhost/tenant-a', discovery: 'http://localhost/tenant-a/.well-known/openid-configuration' }],
      })
    }
  })

  test('is answered by a page to a browser, in which the path is text', async () => {
    const host = await createIssuerHost({ issuers: { 'tenant-a': {} } })
    const headers = { accept: 'text/html,application/xhtml+xml' }
    const response = await host.fetch("http://localhost/x/'onmouseover=alert(1)&amp;", { headers })
    const page = await response.text()
    expect(response.status).toBe(404)
    expect(page).toContain('/x/&#39;onmouseover=alert(1)&amp;amp;')
    expect(page).toContain('href="/tenant-a/.well-known/openid-configuration"')
  })

  test('is answered at the root by an index', async () => {
    const host = await createIssuerHost({ issuers: { 'tenant-a': { dashboard: true } } })
    expect(await json(await host.fetch('http://localhost/'))).toEqual({
      issuers: [
        {
          issuer: 'http://localhost/tenant-a',
          discovery: 'http://localhost/tenant-a/.well-known/openid-configuration',
          dashboard: '/tenant-a/dashboard',
        },
      ],
    })
    const page = await (await host.fetch('http://localhost/', { headers: { accept: 'text/html' } })).text()
    expect(page).toContain('href="/tenant-a/dashboard"')
  })

  test('leaves a 404 of an endpoint alone', async () => {
    const host = await createIssuerHost({ issuers: { '': {} } })
    const response = await host.fetch('http://localhost/token')
    expect([response.status, await json(response)]).toEqual([405, { error: 'method_not_allowed' }])
  })
})

describe('an issuer on demand', () => {
  test('is made when one of its endpoints is asked for, and stays', async () => {
    const host = await createIssuerHost({ onDemand: true })
    const first = await (await host.fetch('http://localhost/any-name/jwks')).text()
    expect(await (await host.fetch('http://localhost/any-name/jwks')).text()).toBe(first)
    expect((await host.fetch('http://localhost/.well-known/oauth-authorization-server/other')).status).toBe(200)
    expect(host.paths()).toEqual(['/any-name', '/other'])
  })

  test.each([
    '/favicon.ico',
    '/robots.txt',
    '/any-name',
    '/any-name/unknown',
    '/a/b/jwks',
    '/%2e%2e/jwks',
    '/.well-known/oauth-authorization-server',
  ])('is not made for %s', async (path) => {
    const host = await createIssuerHost({ onDemand: true })
    expect((await host.fetch(`http://localhost${path}`)).status).toBe(404)
    expect(host.paths()).toEqual([])
  })

  test('is not made beyond the limit', async () => {
    const host = await createIssuerHost({ onDemand: { maxIssuers: 2 }, issuers: { declared: {} } })
    const statuses = []
    for (const name of ['a', 'b', 'c', 'a']) statuses.push((await host.fetch(`http://localhost/${name}/jwks`)).status)
    expect(statuses).toEqual([200, 200, 404, 200])
  })
})
