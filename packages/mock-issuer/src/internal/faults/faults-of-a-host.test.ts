import { expect, test } from 'vitest'
import { createIssuerHost } from '../../create-issuer-host.js'

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
