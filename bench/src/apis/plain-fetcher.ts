import type { Fetcher } from 'aws-jwt-verify/https'

/** The default fetcher of aws-jwt-verify is for https only; the issuer of the bench listens on loopback, over plain http. */
export const plainFetcher: Fetcher = {
  async fetch(uri) {
    const response = await fetch(uri)
    if (!response.ok) throw new Error(`status ${response.status}`)
    return response.arrayBuffer()
  },
}
