import { createMockIssuer } from '@bailiwick/mock-issuer'
import { AccessTokenError, createJwtVerifier } from '@bailiwick/verifier'

/** An issuer that nobody reaches but this process: its tokens, its endpoints, its clock and its faults. */
export async function useIssuerInProcess() {
  const issuer = await createMockIssuer({ audience: 'orders-api' })
  const verifier = createJwtVerifier({ ...issuer.verifierOptions() })
  const verdict = (token: string) =>
    verifier.verify(token).then(
      ({ claims }) => claims['sub'],
      (error: unknown) => (error instanceof AccessTokenError ? error.code : String(error)),
    )
  const askForToken = () =>
    issuer.fetch(`${issuer.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('service:service-secret')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    })
  const issued = await accessTokenOf(await askForToken())
  issuer.faults.add({ endpoint: 'token', kind: 'clock-skew', skewSeconds: -3600, times: 1 })
  const skewed = await accessTokenOf(await askForToken())
  const token = await issuer.accessToken({ sub: 'john' })
  const found = {
    minted: await verdict(token),
    issued: await verdict(issued),
    skewed: await verdict(skewed),
    forged: await verdict(await issuer.forge.algNone()),
    log: issuer.requests.map(({ endpoint, status }) => `${endpoint} ${status}`),
  }
  issuer.clock.advanceSeconds(301)
  return { ...found, afterItsTime: await verdict(token) }
}

/** An issuer on a socket of this runtime. */
export async function useIssuerOnSocket() {
  const issuer = await createMockIssuer()
  const server = await issuer.listen()
  const metadata = await fetch(`${server.url}/.well-known/openid-configuration`)
  const { issuer: name } = (await metadata.json()) as { issuer: string }
  await server.close()
  const isClosed = await fetch(server.url).then(
    () => false,
    () => true,
  )
  return { status: metadata.status, isNamedAfterSocket: name === server.url, isClosed }
}

async function accessTokenOf(response: Response): Promise<string> {
  const { access_token: token } = (await response.json()) as { access_token: string }
  return token
}
