import { describe, expectTypeOf, test } from 'vitest'
import type { IssuerClient, IssuerUser, MockIssuerOptions } from '../src/index.js'
import type { Config } from '../src/internal/config/config-schema.js'
import type { MountOptions } from '../src/internal/hub/hub-configuration.js'

type Listed<List> = NonNullable<List> extends readonly (infer Item)[] ? Item : never
type Issuer = NonNullable<Config['issuers']>[string]

describe('a configuration file', () => {
  test('has every option of an issuer, and no other but its faults', () => {
    expectTypeOf<keyof Issuer>().toEqualTypeOf<keyof MockIssuerOptions | 'faults'>()
    expectTypeOf<Issuer>().toExtend<MountOptions>()
  })

  test('has every member of a client and of a user', () => {
    expectTypeOf<keyof Listed<Issuer['clients']>>().toEqualTypeOf<keyof IssuerClient>()
    expectTypeOf<keyof Listed<Issuer['users']>>().toEqualTypeOf<keyof IssuerUser>()
  })
})
