import type { Fetcher } from 'aws-jwt-verify/https'

/** aws-jwt-verify's own fetcher speaks https only, and the issuer of the bench listens on plain loopback. */
export const plainFetcher: Fetcher = {
  async fetch(uri) {
    const response = await fetch(uri)
    if (!response.ok) throw new Error(`status ${response.status}`)
    return response.arrayBuffer()
  },
}
