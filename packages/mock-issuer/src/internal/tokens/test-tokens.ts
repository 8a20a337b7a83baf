import type { AccessTokenFormat } from '../../access-token-format.js'
import type { AccessTokenClaims, AccessTokenOptions } from '../../access-token.js'
import { MockIssuerError } from '../../mock-issuer-error.js'
import type { MockIssuer } from '../../mock-issuer.js'
import type { SplitTokenPublisher } from '../split/split-token-publisher.js'
import type { SplitTokenStore } from '../split/split-token-store.js'
import type { AccessTokenForms } from './access-token-forms.js'
import type { AccessTokenMint } from './access-token-minting.js'

export interface TestTokensInput {
  readonly accessTokens: AccessTokenMint
  readonly splitTokenStore: SplitTokenStore
  readonly splitTokenPublisher: SplitTokenPublisher
}

/** What an issuer offers a test for minting access tokens. */
export type TestTokens = Pick<MockIssuer, 'accessToken' | 'opaqueToken' | 'phantomToken' | 'splitToken' | 'splitTokens'>

/** Makes the minting functions of an issuer: a token that the contract does not allow is an error of the developer's. */
export function createTestTokens({ accessTokens, splitTokenStore, splitTokenPublisher }: TestTokensInput): TestTokens {
  async function mint(
    format: AccessTokenFormat,
    claims: AccessTokenClaims = {},
    options: AccessTokenOptions = {},
  ): Promise<AccessTokenForms> {
    const minted = await accessTokens.mint(format, claims, options)
    if (minted.breach === undefined) return minted
    throw new MockIssuerError('contract_broken', `${minted.breach.message} ${minted.breach.fix}`)
  }

  return {
    accessToken: async (...input) => (await mint('jwt', ...input)).token,
    opaqueToken: async (...input) => (await mint('opaque', ...input)).token,
    async phantomToken(...input) {
      const { token, jwt } = await mint('phantom', ...input)
      if (jwt === undefined) throw new TypeError('unreachable: a phantom token has a JWT')
      return { token, jwt }
    },
    async splitToken(...input) {
      const { token, published } = await mint('split', ...input)
      if (published === undefined) throw new TypeError('unreachable: a split token has a published part')
      return { token, published }
    },
    splitTokens: { find: splitTokenStore.find, settled: splitTokenPublisher.settled },
  }
}
