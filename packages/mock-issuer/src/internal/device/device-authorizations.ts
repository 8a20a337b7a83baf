import type { IssuerClient } from '../../client.js'
import { createExpiringMap } from '../expiring-map.js'
import { jsonBytes } from '../json-bytes.js'
import { randomToken } from '../random-token.js'
import { createPolledAuthorization, isAnswered } from '../token-endpoint/polled-authorization.js'
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
const maxDevices = 10_000
const maxBytes = 32_000_000

/**
 * Creates the memory of one issuer. Beyond 10,000 devices, or 32 MB of what they ask for, those that were answered are forgotten first,
 * then the oldest of the client that has most; their codes then count as unknown.
 */
export function createDeviceAuthorizations({ now, pollingIntervalSeconds }: DeviceAuthorizationsInput): DeviceAuthorizations {
  const create = () =>
    createExpiringMap<DeviceAuthorization>({
      now,
      maxEntries: maxDevices,
      maxBytes,
      bytesOf: ({ scopes, target }) => jsonBytes([scopes, target]),
      ownerOf: ({ clientId }) => clientId,
      isSpent: (authorization) => isAnswered(authorization, now()),
    })
  const byDeviceCode = create()
  const byUserCode = create()

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
