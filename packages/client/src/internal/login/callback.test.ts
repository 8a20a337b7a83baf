import { describe, expect, test } from 'vitest'
import { createLoginStage } from '../../../test/login-attempt.js'
import { readCallback } from './callback.js'

describe('the parameters of a callback', () => {
  test.each([
    ['https://app.example.com/callback?code=a&state=b', { code: 'a', state: 'b' }],
    ['https://app.example.com/callback?code=a&state=b#c?d', { code: 'a', state: 'b' }],
    ['com.example.shop:/callback?code=a&state=b', { code: 'a', state: 'b' }],
    ['/callback?code=a&state=b', { code: 'a', state: 'b' }],
    ['?code=a&state=b', { code: 'a', state: 'b' }],
    ['code=a&state=b', { code: 'a', state: 'b' }],
    ['code=a?b&state=c', { code: 'a?b', state: 'c' }],
    ['code=a+b%2Bc&state=d', { code: 'a b+c', state: 'd' }],
    ['error=access_denied&state=b', { error: 'access_denied', state: 'b' }],
    ['/callback?tag=1&tag=2&code=a&state=b', { code: 'a', state: 'b', tag: '2' }],
  ])('of %j are read', (text, expected) => {
    const read = readCallback(text)
    expect('fault' in read ? read.fault : Object.fromEntries(read.parameters)).toEqual(expected)
  })
})

describe('what is no response to a code flow', () => {
  test.each([
    ['nothing', ''],
    ['a URL without query', 'https://app.example.com/callback'],
    ['a code in the fragment', 'https://app.example.com/callback#code=a&state=b'],
    ['neither code nor error', '/callback?state=b'],
    ['both code and error', '/callback?code=a&error=access_denied&state=b'],
    ['an empty code', '/callback?code=&state=b'],
    ['an empty error', '/callback?error=&state=b'],
    ['a line break in the code', '/callback?code=a%0Ab&state=b'],
    ['a NUL in the code', '/callback?code=a%00&state=b'],
    ['a code outside ASCII', '/callback?code=%C3%A4&state=b'],
    ['a line break in the error', '/callback?error=a%0D%0Ab&state=b'],
    ['a token of the implicit flow', '/callback?access_token=a&code=b&state=c'],
    ['an ID token of the hybrid flow', '/callback?code=a&state=b&id_token=c'],
    ['a response in a JWT', '/callback?response=a'],
    ['two codes', '/callback?code=a&code=b&state=c'],
    ['the same code twice', '/callback?code=a&code=a&state=c'],
    ['two states', '/callback?code=a&state=b&state=c'],
    ['two issuers', '/callback?code=a&state=b&iss=c&iss=d'],
    ['two errors', '/callback?error=a&error=b&state=c'],
    ['two descriptions', '/callback?error=a&error_description=b&error_description=c&state=d'],
    ['a name that is encoded for the second time', '/callback?code=a&c%6Fde=b&state=c'],
    ['a megabyte', `/callback?code=${'a'.repeat(1_048_576)}&state=b`],
    ['a little more than can be', `/callback?state=b&code=${'a'.repeat(16_384)}`],
  ])('%s is refused', (_what, text) => {
    const fault = { fault: expect.stringMatching(/^The (callback|code|error) .*\.$/) }
    expect(readCallback(text)).toEqual(fault)
    expect(readCallback(new URLSearchParams(text.includes('?') ? text.slice(text.indexOf('?')) : ''))).toEqual(fault)
  })

  test.each([
    ['/callback?state=b', 'The callback has neither a code nor an error'],
    ['/callback?code=a&error=b', 'The callback has both a code and an error.'],
    ['/callback?code=secret&code=secret', 'The callback has the parameter code more than once.'],
    ['/callback?code=secret&id_token=secret', 'The callback has the parameter id_token, which the code flow does not have.'],
    ['/callback?code=secret%0A', 'The code of the callback is empty, or has characters that it cannot have.'],
    ['/callback?error=%0A', 'The error of the callback is empty, or has characters that it cannot have.'],
  ])('%s is told for what it is, without its values', (text, message) => {
    const read = readCallback(text)
    if (!('fault' in read)) throw new Error('it was read')
    expect(read.fault.startsWith(message)).toBe(true)
    expect(read.fault).not.toContain('secret')
  })

  test('is rejected as malformed, whatever else it says, and nothing is sent', async () => {
    const { client, issuer, logIn } = await createLoginStage()
    const { started, callback } = await logIn()
    callback.searchParams.append('state', started.state)
    const sent = issuer.requests.length
    expect(await client.completeLogin({ callback, transaction: started.transaction })).toEqual({
      kind: 'rejected',
      reason: 'callback_malformed',
      cause: expect.objectContaining({ code: 'response_invalid', message: 'The callback has the parameter state more than once.' }),
    })
    expect(issuer.requests.length).toBe(sent)
  })
})

test('a code may be as long as servers make them', () => {
  const read = readCallback(`/callback?state=b&code=${'a'.repeat(8192)}`)
  expect('fault' in read ? read.fault : read.parameters.get('code')).toHaveLength(8192)
})

test('the form of a POST is a callback too', async () => {
  const { client, issuer } = await createLoginStage()
  const started = await client.startLogin({ responseMode: 'form_post' })
  const page = await (await issuer.fetch(started.url, { headers: { 'mock-user': 'john' } })).text()
  const fields = [...page.matchAll(/<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value])
  const form = new URLSearchParams(fields)
  expect([...form.keys()].sort()).toEqual(['code', 'iss', 'state'])
  expect((await client.completeLogin({ callback: form.toString(), transaction: started.transaction })).kind).toBe('logged-in')
})
