import { expect, it } from 'vitest'
import { claims, createVerifier, key, now } from '../../../test/verifier-fixture.js'
import { createSenderCheck } from './sender-check.js'

const presentation = { scheme: 'DPoP', request: { method: 'GET', url: '/orders', headers: new Headers() } } as const
const saysWhatIsMissing = { code: 'scheme_unsupported', message: expect.stringContaining('DPoP needs senderConstraint.dpop') }

it('a token under DPoP is refused by a verifier without it, in words that name the option', async () => {
  await expect(createVerifier().verify(await key.sign(claims), presentation)).rejects.toMatchObject(saysWhatIsMissing)
  const { check } = createSenderCheck({ mtls: { from: 'connection' } }, { now: () => now })
  expect(() => check('a-token', undefined, presentation)).toThrow(expect.objectContaining(saysWhatIsMissing))
})
