import { expect, test } from 'vitest'
import { post, service } from '../../../test/code-flow.js'
import { createDpopKey } from '../../../test/dpop.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuer } from '../../mock-issuer.js'

const key = await createDpopKey()

async function ask(issuer: MockIssuer, nonce?: string) {
  const target = { url: `${issuer.issuer}/token`, timeMs: issuer.clock.now(), ...(nonce === undefined ? {} : { nonce }) }
  const response = await post(issuer, '/token', { grant_type: 'client_credentials' }, { ...service, dpop: await key.proof(target) })
  return { status: response.status, nonce: response.headers.get('dpop-nonce') ?? '', body: await response.json() }
}

test('asks for a nonce where one is required, and takes the proof that carries it', async () => {
  const issuer = await createMockIssuer({ dpop: { nonce: 'required' } })
  const first = await ask(issuer)
  const second = await ask(issuer, first.nonce)

  expect(first).toMatchObject({ status: 400, body: { error: 'use_dpop_nonce' } })
  expect(second).toMatchObject({ status: 200, body: { token_type: 'DPoP' } })
})

test('offers a nonce where it is optional, and refuses one that is not its own', async () => {
  const issuer = await createMockIssuer()
  const first = await ask(issuer)

  expect(first.status).toBe(200)
  expect((await ask(issuer, first.nonce)).status).toBe(200)
  for (const nonce of ['', 'made-up', (await ask(await createMockIssuer())).nonce]) {
    expect(await ask(issuer, nonce)).toMatchObject({ status: 400, body: { error: 'use_dpop_nonce' } })
  }
})

test('asks for a newer nonce when the one of the proof is too old', async () => {
  const issuer = await createMockIssuer({ dpop: { nonce: 'required' }, now: () => 1_800_000_000_000 })
  const { nonce } = await ask(issuer)
  issuer.clock.advanceSeconds(179)
  const late = await ask(issuer, nonce)
  issuer.clock.advanceSeconds(1)
  const tooLate = await ask(issuer, nonce)

  expect(late.status).toBe(200)
  expect(tooLate).toMatchObject({ status: 400, body: { error: 'use_dpop_nonce' } })
  expect(tooLate.nonce).not.toBe(nonce)
  expect((await ask(issuer, tooLate.nonce)).status).toBe(200)
})

test('takes a proof with a nonce by the age of the nonce, whatever the clock of the client says', async () => {
  const issuer = await createMockIssuer({ dpop: { nonce: 'required' } })
  const { nonce } = await ask(issuer)
  const dpop = await key.proof({ url: `${issuer.issuer}/token`, nonce, timeMs: 0 })

  expect((await post(issuer, '/token', { grant_type: 'client_credentials' }, { ...service, dpop })).status).toBe(200)
})

test('offers no nonce to who sends no proof, and asks nobody for a proof', async () => {
  const issuer = await createMockIssuer({ dpop: { nonce: 'required' } })
  const response = await post(issuer, '/token', { grant_type: 'client_credentials' }, service)

  expect(response.status).toBe(200)
  expect(response.headers.get('dpop-nonce')).toBe(null)
  expect(await response.json()).toMatchObject({ token_type: 'Bearer' })
})

test('refuses the option nonce when it is neither of the two', async () => {
  const made = createMockIssuer({ dpop: JSON.parse('{"nonce":"always"}') })

  await expect(made).rejects.toMatchObject({ code: 'invalid_option', message: expect.stringContaining('"dpop.nonce"') })
})
