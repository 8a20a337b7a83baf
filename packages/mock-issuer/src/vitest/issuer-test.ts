import { expect, test as base } from 'vitest'
import type { TestAPI } from 'vitest'
import { createMockIssuer } from '../create-mock-issuer.js'
import type { MockIssuerOptions } from '../mock-issuer-options.js'
import type { MockIssuer } from '../mock-issuer.js'
import { matchers } from './matchers.js'

/** What tests are given. */
export interface IssuerFixtures {
  /** The options of `issuer`: give them with `test.extend` for a file, or with `test.override` for a `describe`. Default: none. */
  issuerOptions: MockIssuerOptions
  /** An issuer of the test's own. It is made when the test asks for it, and disposed of when the test is over. */
  issuer: MockIssuer
}

expect.extend(matchers)

/**
 * Vitest's `test`, with an issuer for each test that asks for one. Importing it also adds the matchers to Vitest's `expect`.
 *
 * @example
 * import { test } from '@bailiwick/mock-issuer/vitest'
 * import { expect } from 'vitest'
 *
 * test('mints a token', async ({ issuer }) => {
 *   const token = await issuer.accessToken({ sub: 'john' })
 *   expect(token.split('.')).toHaveLength(3)
 * })
 */
export const test: TestAPI<IssuerFixtures> = base.extend<IssuerFixtures>({
  issuerOptions: {},
  issuer: async ({ issuerOptions }, use) => {
    const issuer = await createMockIssuer(issuerOptions)
    await use(issuer)
    await issuer[Symbol.asyncDispose]()
  },
})
