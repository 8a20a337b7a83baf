import { createMockIssuer, type MockIssuer, type MockIssuerOptions } from '@bailiwick/mock-issuer'
import { expect, test } from 'vitest'
import { appOptions } from '../../test/app.js'
import { ClientError } from '../client-error.js'
import type { ClientOptions } from '../client-options.js'
import { abortableSleep, type Sleep } from './abortable-sleep.js'
import { readClientOptions } from './client-settings.js'
import { createConnection } from './connection.js'
import { createDeviceGrant } from './device-grant.js'

interface Waited {
  readonly issuer: MockIssuer
  /** How long each wait was, in seconds. */
  readonly waits: number[]
  /** What happens during the wait with this number, from 0 on. */
  readonly during: Map<number, () => unknown>
}

/** A device whose waits move the issuer's clock, and take no time. */
async function createDevice(issuerOptions: MockIssuerOptions = {}, options: Partial<ClientOptions> = {}, sleep?: Sleep) {
  const issuer = await createMockIssuer({ now: () => Date.UTC(2026, 0, 1), ...issuerOptions })
  const { waits, during }: Pick<Waited, 'waits' | 'during'> = { waits: [], during: new Map() }
  const connection = createConnection(readClientOptions({ ...appOptions(issuer), ...options }))
  const grant = createDeviceGrant(
    connection,
    sleep ??
      (async (milliseconds) => {
        await during.get(waits.push(milliseconds / 1000) - 1)?.()
        issuer.clock.advanceSeconds(milliseconds / 1000)
      }),
  )
  return { issuer, waits, during, startDeviceLogin: grant.startDeviceLogin }
}

test('waits as long as the server says, and gives the tokens of the user who allowed it', async () => {
  const { issuer, waits, during, startDeviceLogin } = await createDevice({ pollingIntervalSeconds: 7 })
  const login = await startDeviceLogin({ scope: 'openid orders_read' })
  expect(login).toMatchObject({
    userCode: expect.stringMatching(/^[B-Z]{4}-[B-Z]{4}$/),
    verificationUri: `${issuer.issuer}/device`,
    verificationUriComplete: `${issuer.issuer}/device?user_code=${login.userCode}`,
    expiresAt: Date.UTC(2026, 0, 1) / 1000 + 600,
  })
  during.set(2, () => issuer.device.approve(login.userCode, { sub: 'jane' }))
  const outcome = await login.complete()
  expect(outcome).toMatchObject({ kind: 'logged-in', tokens: { scope: 'openid orders_read', claims: { sub: 'jane' } } })
  expect(waits).toEqual([7, 7, 7])
})

test('binds the tokens to the key of the client, and answers the demand for a nonce', async () => {
  const { issuer, during, startDeviceLogin } = await createDevice({ dpop: { nonce: 'required' } }, { dpop: {} })
  const login = await startDeviceLogin()
  during.set(0, () => issuer.device.approve(login.userCode))
  expect(await login.complete()).toMatchObject({ kind: 'logged-in', tokens: { tokenType: 'DPoP' } })
})

test('slows down by five seconds each time that it is told to', async () => {
  const { issuer, waits, during, startDeviceLogin } = await createDevice()
  const slowDown = { endpoint: 'token', kind: 'status', status: 400, body: { error: 'slow_down' } } as const
  issuer.faults.add({ ...slowDown, times: 2 })
  const login = await startDeviceLogin()
  during.set(3, () => issuer.device.approve(login.userCode))
  expect(await login.complete()).toMatchObject({ kind: 'logged-in' })
  expect(waits).toEqual([5, 10, 15, 15])
})

test('goes on, more seldom, while the server cannot be reached', async () => {
  const { issuer, waits, during, startDeviceLogin } = await createDevice()
  issuer.faults.add({ endpoint: 'token', kind: 'reset', times: 2 })
  issuer.faults.add({ endpoint: 'token', kind: 'status', status: 502, body: '<h1>Bad gateway</h1>', times: 1 })
  issuer.faults.add({ endpoint: 'token', kind: 'status', status: 429, retryAfterSeconds: 90, times: 1 })
  const login = await startDeviceLogin()
  during.set(5, () => issuer.device.approve(login.userCode))
  expect(await login.complete()).toMatchObject({ kind: 'logged-in' })
  expect(waits).toEqual([5, 10, 20, 40, 90, 5])
})

test('goes on while the server says that it is temporarily unavailable', async () => {
  const { issuer, during, startDeviceLogin } = await createDevice()
  issuer.faults.add({ endpoint: 'token', kind: 'status', status: 400, body: { error: 'temporarily_unavailable' }, times: 1 })
  const login = await startDeviceLogin()
  during.set(1, () => issuer.device.approve(login.userCode))
  expect(await login.complete()).toMatchObject({ kind: 'logged-in' })
})

test('says that the user refused', async () => {
  const { issuer, during, startDeviceLogin } = await createDevice()
  const login = await startDeviceLogin()
  during.set(0, () => issuer.device.deny(login.userCode))
  expect(await login.complete()).toEqual({ kind: 'refused' })
})

test('ends when the code does, and not a request later', async () => {
  const { issuer, waits, startDeviceLogin } = await createDevice({ pollingIntervalSeconds: 240 })
  const login = await startDeviceLogin()
  expect(await login.complete()).toEqual({ kind: 'expired' })
  expect(waits).toEqual([240, 240, 120])
  expect(issuer.requests.filter(({ endpoint }) => endpoint === 'token').length).toBe(2)
})

test('ends when the server says so before', async () => {
  const { issuer, startDeviceLogin } = await createDevice()
  issuer.faults.add({ endpoint: 'token', kind: 'status', status: 400, body: { error: 'expired_token' } })
  expect(await (await startDeviceLogin()).complete()).toEqual({ kind: 'expired' })
})

test('ends without a request when the machine has slept past the end', async () => {
  const { issuer, during, startDeviceLogin } = await createDevice()
  const login = await startDeviceLogin()
  during.set(0, () => issuer.clock.advanceSeconds(86_400))
  expect(await login.complete()).toEqual({ kind: 'expired' })
  expect(issuer.requests.filter(({ endpoint }) => endpoint === 'token')).toEqual([])
})

test('rejects with a refusal that waiting does not cure', async () => {
  const { issuer, startDeviceLogin } = await createDevice()
  issuer.faults.add({ endpoint: 'token', kind: 'status', status: 400, body: { error: 'invalid_grant' } })
  await expect((await startDeviceLogin()).complete()).rejects.toMatchObject({
    code: 'request_refused',
    oauthError: { error: 'invalid_grant', status: 400 },
  })
})

test('rejects tokens with an ID token that does not verify', async () => {
  const { issuer, during, startDeviceLogin } = await createDevice()
  const login = await startDeviceLogin()
  const [header, claims] = (await issuer.idToken({ aud: 'app' })).split('.')
  const body = { access_token: 'a', token_type: 'Bearer', id_token: `${header}.${claims}.${'A'.repeat(86)}` }
  during.set(0, () => issuer.faults.add({ endpoint: 'token', kind: 'status', status: 200, body }))
  await expect(login.complete()).rejects.toMatchObject({ code: 'response_invalid' })
})

test('is waited for once', async () => {
  const { issuer, during, startDeviceLogin } = await createDevice()
  const login = await startDeviceLogin()
  during.set(0, () => issuer.device.approve(login.userCode))
  await login.complete()
  await expect(login.complete()).rejects.toMatchObject({ code: 'configuration_invalid' })
})

test('ends the wait when its caller does', async () => {
  const { issuer, startDeviceLogin } = await createDevice({}, {}, abortableSleep)
  const caller = new AbortController()
  const completed = (await startDeviceLogin()).complete({ signal: caller.signal })
  caller.abort()
  await expect(completed).rejects.toMatchObject({ code: 'aborted' })
  await expect(completed).rejects.toBeInstanceOf(ClientError)
  expect(issuer.requests.filter(({ endpoint }) => endpoint === 'token')).toEqual([])
})

test('ends a request that is under way when its caller does', async () => {
  const { issuer, startDeviceLogin } = await createDevice()
  const caller = new AbortController()
  issuer.faults.add({ endpoint: 'token', kind: 'hang' })
  const completed = (await startDeviceLogin()).complete({ signal: caller.signal })
  await issuer.waitForRequest({ endpoint: 'token' })
  caller.abort()
  await expect(completed).rejects.toMatchObject({ code: 'aborted' })
})
