export { test } from './issuer-test.js'
export type { IssuerFixtures } from './issuer-test.js'
export type { IssuerMatchers } from './matchers.js'
