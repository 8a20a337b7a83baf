import { describe, expect, it } from 'vitest'
import { createMultiIssuerVerifier } from '../src/multi-issuer-verifier.js'
import { home, homeRules, partnerRules } from './multi-issuer-fixture.js'
import { createRegister, token } from './multi-issuer-register.js'

describe('what operators are told of an issuer', () => {
  it('that is in no list', async () => {
    const verifier = createMultiIssuerVerifier({ issuers: [partnerRules] })
    await expect(verifier.verify(token)).rejects.toMatchObject({
      code: 'issuer_unknown',
      detail: `its iss is "${home}", which is not in the list of issuers`,
    })
  })

  it('that isTrusted does not take', async () => {
    const { verifier, trusted } = createRegister()
    trusted.delete(home)
    await expect(verifier.verify(token)).rejects.toMatchObject({
      code: 'issuer_unknown',
      detail: `its iss is "${home}", which isTrusted does not take`,
    })
  })

  it('that isTrusted takes and resolve has no rules for, at once and while that is kept', async () => {
    const { verifier, register } = createRegister()
    register.delete(home)
    for (const detail of Array.from({ length: 2 }, () => `its iss is "${home}", for which resolve gave no rules`)) {
      await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'issuer_unknown', detail })
    }
  })

  it('whose rules cannot work: which of them, and why', async () => {
    const { verifier, register } = createRegister()
    const attempt = async (rules: object) => {
      register.set(home, { ...homeRules, ...rules })
      return verifier.verify(token).catch((error: unknown) => error)
    }
    expect(await attempt({ audience: [] })).toMatchObject({
      code: 'issuer_unavailable',
      detail: `resolve gave rules that cannot work: audience must be what the tokens have in aud, a string or a list of some; null leaves it unchecked ("${home}")`,
    })
    expect(await attempt({ jwksUri: 'https://login.example.com/jwks' })).toMatchObject({
      code: 'issuer_unavailable',
      detail: expect.stringContaining('cannot work: what resolve gave has no option "jwksUri": it has issuer, audience'),
    })
  })
})
