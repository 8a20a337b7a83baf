import { get } from 'node:https'
import { expect, test } from 'vitest'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { Fault } from '../../fault.js'

/** What a client of an issuer on HTTPS gets of the key set: the body, or the code of the error and how much came before. */
async function getJwks(fault: Fault): Promise<{ body: string; code: unknown }> {
  await using issuer = await createMockIssuer()
  const { url, certificate } = await issuer.listen({ https: true })
  issuer.faults.add(fault)
  return await new Promise((resolve) => {
    let body = ''
    const fail = (error: Error & { code?: string }): void => resolve({ body, code: error.code })
    const request = get(`${url}/jwks`, { ca: certificate, agent: false }, (response) => {
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        body += chunk
      })
      response.on('error', fail)
      response.on('end', () => resolve({ body, code: undefined }))
    })
    request.on('error', fail)
  })
}

test('a connection with TLS is reset too', async () => {
  expect(await getJwks({ endpoint: 'jwks', kind: 'reset' })).toEqual({ body: '', code: 'ECONNRESET' })
})

test('a body with TLS ends before what was announced', async () => {
  expect(await getJwks({ endpoint: 'jwks', kind: 'truncated', keepBytes: 9 })).toEqual({ body: '{"keys":[', code: 'ECONNRESET' })
})

test('a body with TLS that is cut is complete', async () => {
  expect(await getJwks({ endpoint: 'jwks', kind: 'truncated', how: 'body-cut', keepBytes: 9 })).toEqual({
    body: '{"keys":[',
    code: undefined,
  })
})
