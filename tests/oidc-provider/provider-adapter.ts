import type { Adapter, AdapterPayload } from 'oidc-provider'

/** Where the authorization server keeps its tokens and what it has seen: in memory, one map for all kinds. */
export function createAdapterFactory(): (kind: string) => Adapter {
  const entries = new Map<string, { payload: AdapterPayload; until: number }>()

  return (kind) => {
    const key = (id: string) => `${kind}:${id}`

    async function find(id: string): Promise<AdapterPayload | undefined> {
      const entry = entries.get(key(id))
      return entry !== undefined && entry.until > Date.now() ? entry.payload : undefined
    }

    return {
      find,
      async upsert(id, payload, expiresInSeconds) {
        entries.set(key(id), { payload, until: Date.now() + expiresInSeconds * 1000 })
      },
      async consume(id) {
        const payload = await find(id)
        if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1000)
      },
      async destroy(id) {
        entries.delete(key(id))
      },
      // For logins, devices and grants of users, of which there are none here.
      findByUserCode: async () => undefined,
      findByUid: async () => undefined,
      revokeByGrantId: async () => undefined,
    }
  }
}
