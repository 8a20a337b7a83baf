import {
  accepted,
  authorization,
  type BadInput,
  cases,
  invalidRequest,
  invalidToken,
  noCredentials,
  presenting,
  refusedByNode,
} from './bad-input-case.js'

/** What can be wrong before a token is looked at (RFC 6750 §2.1, §3.1). */
export const badAuthorization: readonly BadInput[] = [
  ...cases('no header', [
    ['no Authorization header', () => ({ fields: [] }), noCredentials()],
    ['an empty Authorization header', () => ({ fields: [['authorization', '']] }), noCredentials()],
    ['an Authorization header of white space', () => ({ fields: [['authorization', ' \t ']] }), noCredentials()],
    ['a good token in the query', async (forge) => ({ fields: [], query: `?access_token=${await forge.token()}` }), noCredentials()],
    ['a good token in another header', async (forge) => ({ fields: [['x-access-token', await forge.token()]] }), noCredentials()],
    ['a good token in a cookie', async (forge) => ({ fields: [['cookie', `access_token=${await forge.token()}`]] }), noCredentials()],
  ]),
  ...cases('Bearer with nothing', [
    ['Bearer', authorization(() => 'Bearer'), invalidRequest('token_missing')],
    ['Bearer and a space', authorization(() => 'Bearer '), invalidRequest('token_missing')],
    ['Bearer and white space', authorization(() => 'Bearer \t '), invalidRequest('token_missing')],
    ['bearer, in lower case', authorization(() => 'bearer'), invalidRequest('token_missing')],
    ['DPoP', authorization(() => 'DPoP'), invalidRequest('token_missing')],
    ['Bearer joined to its token by a colon', authorization((token) => `Bearer: ${token}`), invalidRequest('header_invalid')],
    ['Bearer and an equals sign', authorization((token) => `Bearer =${token}`), invalidRequest('token_invalid')],
    ['a quoted token', authorization((token) => `Bearer "${token}"`), invalidRequest('token_invalid')],
    ['a token with a byte over ASCII', authorization((token) => `Bearer ${token}\u00e9`), invalidRequest('token_invalid')],
  ]),
  ...cases('two credentials', [
    ['two Authorization headers', twice((token) => [`Bearer ${token}`, 'Bearer other']), invalidRequest('several_tokens')],
    ['the same header twice', twice((token) => [`Bearer ${token}`, `Bearer ${token}`]), invalidRequest('several_tokens')],
    ['Bearer before Basic', twice((token) => [`Bearer ${token}`, 'Basic am9objpzZWNyZXQ=']), invalidRequest('several_tokens')],
    ['Basic before Bearer', twice((token) => ['Basic am9objpzZWNyZXQ=', `Bearer ${token}`]), invalidRequest('several_tokens')],
    ['Bearer before DPoP', twice((token) => [`Bearer ${token}`, `DPoP ${token}`]), invalidRequest('several_tokens')],
    ['two tokens with a comma', authorization((token) => `Bearer ${token}, Bearer ${token}`), invalidRequest('several_tokens')],
    ['two tokens under one scheme', authorization((token) => `Bearer ${token}, ${token}`), invalidRequest('several_tokens')],
    ['two tokens with a space', authorization((token) => `Bearer ${token} ${token}`), invalidRequest('token_invalid')],
    ['Bearer twice', authorization((token) => `Bearer Bearer ${token}`), invalidRequest('token_invalid')],
  ]),
  ...cases('lower-case scheme', [
    ['bearer', authorization((token) => `bearer ${token}`), accepted],
    ['BEARER', authorization((token) => `BEARER ${token}`), accepted],
    ['bEaReR and three spaces', authorization((token) => `bEaReR   ${token}`), accepted],
    ['bearer with a bad token', authorization(() => 'bearer abc'), invalidToken('token_malformed')],
  ]),
  ...cases('other scheme', [
    ['Basic', authorization(() => 'Basic am9objpzZWNyZXQ='), noCredentials()],
    ['Digest', authorization(() => 'Digest username="john", realm="orders", uri="/", response="0"'), noCredentials()],
    ['Negotiate', authorization(() => 'Negotiate YIIC'), noCredentials()],
    ['a good token under Token', authorization((token) => `Token ${token}`), noCredentials()],
    ['a good token under Bearers', authorization((token) => `Bearers ${token}`), noCredentials()],
    ['a good token under DPoP', authorization((token) => `DPoP ${token}`), invalidToken('scheme_unsupported')],
    ['a good token without a scheme', authorization((token) => token), invalidRequest('header_invalid')],
    ['a comma', authorization(() => ','), invalidRequest('header_invalid')],
    ['a scheme in brackets', authorization((token) => `<Bearer> ${token}`), invalidRequest('header_invalid')],
  ]),
  ...cases('64 kB header', [['64 kB', authorization(() => `Bearer ${'a'.repeat(65_536)}`), refusedByNode]]),
  ...cases(
    '64 kB header',
    [
      ['64 kB past the limit of Node', authorization(() => `Bearer ${'a'.repeat(65_536)}`), invalidRequest('token_too_long')],
      ['64 kB of spaces', authorization((token) => `Bearer ${' '.repeat(65_536)}${token}`), invalidRequest('token_too_long')],
      ['64 kB of commas', authorization(() => `Basic ${','.repeat(65_536)}`), invalidRequest('token_too_long')],
      ['64 kB of a signed token', presenting((forge) => forge.token({ padding: 'a'.repeat(49_152) })), invalidRequest('token_too_long')],
      ['one character over 16 kB', authorization(() => `Bearer ${'a'.repeat(16_385)}`), invalidRequest('token_too_long')],
      ['16 kB to the character', authorization(() => `Bearer ${'a'.repeat(16_384)}`), invalidToken('token_malformed')],
      ['a signed token of 12 kB', presenting((forge) => forge.token({ padding: 'a'.repeat(8192) })), accepted],
    ],
    { server: 'wide' },
  ),
]

function twice(values: (token: string) => readonly string[]): BadInput['request'] {
  return async (forge) => ({ fields: values(await forge.token()).map((value) => ['authorization', value] as const) })
}
