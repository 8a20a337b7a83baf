import { ConfigurationError } from '@bailiwick/protocol'
import type { DpopProofRequest } from '../client.js'
import type { Connection } from './connection.js'

/** The key of the client's tokens, and proofs with it for requests to APIs. @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-7.1 RFC 9449 §7.1} */
export function createProofs({ senderKey }: Connection<unknown>) {
  return {
    keyThumbprint: async (): Promise<string | undefined> => senderKey?.thumbprint(),
    async dpopProof(request: DpopProofRequest): Promise<string> {
      if (senderKey === undefined) throw new ConfigurationError('dpopProof needs a client with the option dpop.')
      return senderKey.prove(request)
    },
  }
}
