import { describe, expect, test } from 'vitest'
import { createBrowser } from '../../../test/browser.js'
import { authorize, logInWith, redeem, redirectOf } from '../../../test/session-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'

const pwd = 'urn:example:pwd'
const mfa = 'urn:example:mfa'
const users = [{ sub: 'john' }, { sub: 'jane', acr: mfa }]

async function start(options: MockIssuerOptions = {}) {
  const issuer = await createMockIssuer({ users, ...options })
  return { issuer, browser: createBrowser(issuer.fetch) }
}

describe('the tokens', () => {
  test('say when and how the user logged in', async () => {
    const { issuer, browser } = await start({ now: () => 1_800_000_000_500 })
    const { accessToken, idToken } = await logInWith(browser, issuer)

    for (const token of [accessToken, idToken]) {
      expect(token).toMatchObject({ acr: pwd, amr: ['pwd'], auth_time: 1_800_000_000 })
    }
  })

  test('have the level that the application asks for first', async () => {
    const { issuer, browser } = await start()
    const { accessToken } = await logInWith(browser, issuer, { acr_values: `unknown ${mfa} ${pwd}` })

    expect(accessToken).toMatchObject({ acr: mfa, amr: ['pwd', 'otp', 'mfa'] })
  })

  test('have the level that was chosen on the page, even if it is not enough', async () => {
    const { issuer, browser } = await start()
    const { idToken } = await logInWith(browser, issuer, { acr_values: mfa }, { user: 'john', acr: pwd })

    expect(idToken['acr']).toBe(pwd)
  })

  test('have the level of the user when none is asked for', async () => {
    const { issuer, browser } = await start()

    expect((await logInWith(browser, issuer, {}, { user: 'jane' })).idToken['acr']).toBe(mfa)
  })

  test('name the weaker level that was asked for when the session is stronger', async () => {
    const { issuer, browser } = await start()
    await logInWith(browser, issuer, {}, { user: 'jane' })
    const answer = redirectOf(await authorize(browser, issuer, { prompt: 'none', acr_values: pwd }))

    expect((await redeem(issuer, answer['code'])).idToken).toMatchObject({ acr: pwd, amr: ['pwd', 'otp', 'mfa'] })
  })

  test('cannot be given another level or time by the user’s claims', async () => {
    const { issuer, browser } = await start({ users: [{ sub: 'john', claims: { acr: 'root', amr: ['root'], auth_time: 1 } }] })
    const { accessToken } = await logInWith(browser, issuer)

    expect(accessToken).toMatchObject({ acr: pwd, amr: ['pwd'] })
    expect(accessToken['auth_time']).toBeGreaterThan(1)
  })
})

test('offers the levels when one is asked for, and not otherwise', async () => {
  const { issuer, browser } = await start()
  const asked = await authorize(browser, issuer, { acr_values: mfa })
  const plain = await authorize(browser, issuer)

  expect(asked.html).toMatch(/name="acr" value="urn:example:mfa" checked/)
  expect(asked.html).toMatch(/name="acr" value="urn:example:pwd"\s+\/>/)
  expect(plain.html).not.toContain('name="acr"')
})

test('steps a session up: the level changes, the session stays', async () => {
  const { issuer, browser } = await start({ now: () => 1_800_000_000_000 })
  const before = await logInWith(browser, issuer)
  issuer.clock.advanceSeconds(60)
  const after = await logInWith(browser, issuer, { acr_values: mfa })

  expect(after.idToken).toMatchObject({ acr: mfa, sid: before.idToken['sid'], auth_time: Number(before.idToken['auth_time']) + 60 })
  const silent = redirectOf(await authorize(browser, issuer, { prompt: 'none', acr_values: mfa }))
  expect((await redeem(issuer, silent['code'])).idToken['acr']).toBe(mfa)
})

test('tells the application that no level which it asks for exists, before anyone logs in', async () => {
  const { issuer, browser } = await start()

  expect(redirectOf(await authorize(browser, issuer, { acr_values: 'a b' }))['error']).toBe('unmet_authentication_requirements')
})

test('takes no level that it does not know from the page', async () => {
  const { issuer, browser } = await start()
  const page = await authorize(browser, issuer, { acr_values: mfa })

  expect((await page.submit({ user: 'john', acr: 'root' })).response.status).toBe(400)
})

test('has the levels of the option, in their order, and publishes them', async () => {
  const { issuer, browser } = await start({ acrValues: ['1', { acr: '2', amr: ['hwk'] }], users: [{ sub: 'john' }] })
  const metadata = await (await issuer.fetch(`${issuer.issuer}/.well-known/openid-configuration`)).json()
  const { idToken } = await logInWith(browser, issuer)

  expect(metadata.acr_values_supported).toEqual(['1', '2'])
  expect(idToken['acr']).toBe('1')
  expect(idToken).not.toHaveProperty('amr')
})

test.each([
  [{ acrValues: [] }, 'acrValues'],
  [{ acrValues: ['a', 'a'] }, 'acrValues'],
  [{ acrValues: ['a b'] }, 'acrValues'],
  [{ users: [{ sub: 'john', acr: 'unknown' }] }, 'users[0].acr'],
  [{ autoLogin: '' }, 'autoLogin'],
  [{ sessionTtlSeconds: 0 }, 'sessionTtlSeconds'],
])('refuses the options %j', async (options, name) => {
  await expect(createMockIssuer(options)).rejects.toMatchObject({
    code: 'invalid_option',
    message: expect.stringContaining(`"${name}"`),
  })
})
