import type { IssuerClient } from '../../client.js'
import { createExpiringMap } from '../expiring-map.js'
import { randomToken } from '../random-token.js'
import { createPolledAuthorization } from '../token-endpoint/polled-authorization.js'
import type { PolledAuthorization } from '../token-endpoint/polled-authorization.js'
import { createUserCode, normalizeUserCode } from './user-code.js'

/** A device that waits for a person. */
export interface DeviceAuthorization extends PolledAuthorization {
  readonly deviceCode: string
  /** As it is shown, with a dash. */
  readonly userCode: string
}

/** The devices that wait, or did until a while ago. */
export interface DeviceAuthorizations {
  open(client: IssuerClient, wanted: Pick<DeviceAuthorization, 'scopes' | 'target'>): DeviceAuthorization
  findByDeviceCode(deviceCode: string): DeviceAuthorization | undefined
  /** Found by what a person typed, whoever is asking: what guesses has to be counted by a `GuessLimit`. */
  findByUserCode(text: string): DeviceAuthorization | undefined
}

export interface DeviceAuthorizationsInput {
  readonly pollingIntervalSeconds: number
  now(): number
}

/** How long a person has to decide. */
export const deviceCodeTtlSeconds = 600
// A device that polls on is told for a while that its time is over, rather than that its code is unknown.
const rememberedSeconds = 600
const maxDevices = 1_000

/** Creates the memory of one issuer; beyond 1,000 devices the oldest are forgotten, and their codes then count as unknown. */
export function createDeviceAuthorizations({ now, pollingIntervalSeconds }: DeviceAuthorizationsInput): DeviceAuthorizations {
  const byDeviceCode = createExpiringMap<DeviceAuthorization>({ now, maxEntries: maxDevices })
  const byUserCode = createExpiringMap<DeviceAuthorization>({ now, maxEntries: maxDevices })

  function newUserCode(): string {
    for (;;) {
      const userCode = createUserCode()
      if (byUserCode.get(normalizeUserCode(userCode)) === undefined) return userCode
    }
  }

  return {
    open(client, wanted) {
      const expiresAtMs = now() + deviceCodeTtlSeconds * 1000
      const terms = { ...wanted, expiresAtMs, intervalSeconds: pollingIntervalSeconds }
      const authorization = {
        ...createPolledAuthorization(client, terms),
        deviceCode: randomToken(),
        userCode: newUserCode(),
      }
      byDeviceCode.set(authorization.deviceCode, authorization, expiresAtMs + rememberedSeconds * 1000)
      byUserCode.set(normalizeUserCode(authorization.userCode), authorization, expiresAtMs)
      return authorization
    },
    findByDeviceCode: (deviceCode) => byDeviceCode.get(deviceCode),
    findByUserCode: (text) => byUserCode.get(normalizeUserCode(text)),
  }
}
