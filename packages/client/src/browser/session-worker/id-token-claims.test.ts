import { base64url } from 'jose'
import { type Client, clockTolerance, processGenericTokenEndpointResponse } from 'oauth4webapi'
import { expect, test } from 'vitest'
import { type IdTokenParties, isOfThisTime, readIdTokenClaims } from './id-token-claims.js'

const issuer = 'https://login.example.com'
const now = Math.floor(Date.now() / 1000)
const good = { iss: issuer, sub: 'john', aud: 'app', exp: now + 60, iat: now }

const jwt = (header: unknown, claims: unknown) => [header, claims].map((part) => base64url.encode(JSON.stringify(part))).join('.') + '.c2ln'

const read = (idToken: string, parties: Partial<IdTokenParties> = {}) => readIdTokenClaims(idToken, { issuer, clientId: 'app', ...parties })

test('gives the claims', () => {
  expect(read(jwt({ alg: 'RS256' }, { ...good, name: 'John' }))).toEqual({ ...good, name: 'John' })
})

test.each([
  ['alg', { alg: 'none' }, good],
  ['alg', { alg: 'HS256' }, good],
  ['alg', {}, good],
  ['crit', { alg: 'RS256', crit: ['exp'] }, good],
  ['iss', { alg: 'RS256' }, { ...good, iss: `${issuer}/` }],
  ['sub', { alg: 'RS256' }, { ...good, sub: 5 }],
  ['aud', { alg: 'RS256' }, { ...good, aud: ['other'] }],
  ['azp', { alg: 'RS256' }, { ...good, aud: ['app', 'other'] }],
  ['exp', { alg: 'RS256' }, { ...good, exp: '1e99' }],
  ['iat', { alg: 'RS256' }, { ...good, iat: undefined }],
  ['nbf', { alg: 'RS256' }, { ...good, nbf: null }],
  ['auth_time', { alg: 'RS256' }, { ...good, auth_time: '0' }],
])('names what is wrong, and not its value: %s of %j and %j', (name, header, claims) => {
  expect(() => read(jwt(header, claims))).toThrow(new Error(`The ID token has not the ${name} that it must have.`))
})

test('takes a clock that is less than 15 minutes off', () => {
  expect(isOfThisTime(read(jwt({ alg: 'RS256' }, { ...good, exp: now - 840, nbf: now + 840 })))).toBe(true)
})

test.each([{ exp: now - 901 }, { nbf: now + 960 }])('reads those of another time too, and says so: %j', (dates) => {
  expect(isOfThisTime(read(jwt({ alg: 'RS256' }, { ...good, ...dates })))).toBe(false)
})

test('takes the algorithms that the server says, and no other', () => {
  expect(read(jwt({ alg: 'ES256' }, good), { algorithms: ['ES256'] })).toMatchObject({ sub: 'john' })
  expect(() => read(jwt({ alg: 'RS256' }, good), { algorithms: ['ES256'] })).toThrow('alg')
})

test.each(['', 'a', 'a.b', 'a.b.c', '..', `${jwt({ alg: 'RS256' }, good)}.d`, `${jwt({ alg: 'RS256' }, good)}.d.e`])(
  '%o is none',
  (text) => {
    expect(() => read(text)).toThrow('The ID token has not the')
  },
)

const values = [undefined, null, '', 'app', 'john', issuer, 0, 1, -1, now, now - 899, now - 901, now + 890, now + 910, true, {}, []]
const audiences = [['app'], ['app', 'other'], ['other'], [['app']]]
const headers = [
  null,
  [],
  'x',
  {},
  { alg: 'none' },
  { alg: 'ES256' },
  { alg: ['RS256'] },
  { alg: 'RS256', crit: [] },
  { alg: 'RS256', crit: null },
]

test.each([
  ['headers', headers.map((header) => jwt(header, good))],
  ['claims that are no object', [null, [], 'x', 5, {}].map((claims) => jwt({ alg: 'RS256' }, claims))],
  ...['iss', 'sub', 'aud', 'azp', 'exp', 'iat', 'nbf', 'auth_time'].map((name): [string, string[]] => [
    `an ${name}`,
    [good, { ...good, aud: ['app', 'other'] }].flatMap((claims) =>
      [...values, ...audiences].map((value) => jwt({ alg: 'RS256' }, { ...claims, [name]: value })),
    ),
  ]),
])('takes and refuses what oauth4webapi does: %s', async (_title, idTokens) => {
  const client: Client = { client_id: 'app', [clockTolerance]: 900 }
  const verdicts = idTokens.map(async (idToken) => {
    const response = Response.json({ access_token: 'access', token_type: 'Bearer', id_token: idToken })
    const [theirs, ours] = await Promise.allSettled([
      processGenericTokenEndpointResponse({ issuer }, client, response),
      (async () => isOfThisTime(read(idToken)) || Promise.reject(new Error()))(),
    ])
    return { parts: idToken.split('.').map((part) => Buffer.from(part, 'base64url').toString()), isAgreed: theirs.status === ours.status }
  })
  expect((await Promise.all(verdicts)).filter(({ isAgreed }) => !isAgreed)).toEqual([])
})
