import { expect, test, vi } from 'vitest'
import { createIssuerHost } from '../../create-issuer-host.js'
import type { MockIssuer } from '../../mock-issuer.js'
import { createHostUrl } from '../hub/host-url.js'
import type { HubConfiguration } from '../hub/hub-configuration.js'
import { createIssuerHub } from '../hub/issuer-hub.js'

test('a fault of one issuer of a host is not one of its neighbour', async () => {
  const host = await createIssuerHost({ issuers: { one: {}, two: {} } })
  const { url } = await host.listen()
  try {
    host.issuer('one')?.faults.add({ endpoint: 'jwks', kind: 'reset' })
    host.issuer('two')?.faults.add({ endpoint: 'jwks', kind: 'truncated' })

    await expect(fetch(`${url}/one/jwks`)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
    await expect(fetch(`${url}/two/jwks`).then((response) => response.text())).rejects.toThrow('terminated')
    expect((await fetch(`${url}/one/.well-known/openid-configuration`)).status).toBe(200)
  } finally {
    await host[Symbol.asyncDispose]()
  }
})

const hang = { endpoint: 'jwks', kind: 'hang' } as const

test('an issuer that is removed lets go of the requests that its faults hold, and its neighbour does not', async () => {
  await using host = await createIssuerHost({ issuers: { one: {}, two: {} } })
  for (const path of host.paths()) host.issuer(path)?.faults.add(hang)
  const [one, two] = ['one', 'two'].map((path) => host.fetch(`http://localhost/${path}/jwks`).then(({ status }) => status))
  await hasMet(host.issuer('one'))
  await hasMet(host.issuer('two'))
  host.remove('one')

  expect(await one).toBe(200)
  expect(host.issuer('two')?.faults.active).toHaveLength(1)
  expect(await Promise.race([two, Promise.resolve('held')])).toBe('held')
})

test('a host that is disposed of lets go of all requests that faults hold', async () => {
  const host = await createIssuerHost({ issuers: { one: {}, two: {} } })
  for (const path of host.paths()) host.issuer(path)?.faults.add(hang)
  const answers = ['one', 'two'].map((path) => host.fetch(`http://localhost/${path}/jwks`).then(({ status }) => status))
  await hasMet(host.issuer('one'))
  await hasMet(host.issuer('two'))
  await host[Symbol.asyncDispose]()

  expect(await Promise.all(answers)).toEqual([200, 200])
})

test('an issuer that another configuration drops or renames lets go of the requests that its faults hold', async () => {
  const hub = createIssuerHub(createHostUrl())
  const configure = (issuers: HubConfiguration['issuers']) => hub.configure({ issuers, defaults: {}, maxOnDemandIssuers: 0 })
  await configure({ dropped: {}, renamed: {}, kept: {} })
  const ask = (path: string): Promise<number> => {
    hub.find(path)?.issuer.faults.add(hang)
    return hub.handle(new Request(`http://localhost/${path}/jwks`)).then(({ status }) => status)
  }
  const answers = [ask('dropped'), ask('renamed')]
  hub.find('kept')?.issuer.faults.add(hang)
  await hasMet(hub.find('dropped')?.issuer)
  await hasMet(hub.find('renamed')?.issuer)
  await configure({ renamed: { issuer: 'http://localhost:1/renamed' }, kept: {} })

  expect(await Promise.all(answers)).toEqual([200, 200])
  expect(hub.find('kept')?.issuer.faults.active).toHaveLength(1)
})

/** Waits until a request has come in. */
async function hasMet(issuer: MockIssuer | undefined): Promise<void> {
  await vi.waitFor(() => expect(issuer?.requests.map(({ fault }) => fault)).toEqual(['hang']))
}
