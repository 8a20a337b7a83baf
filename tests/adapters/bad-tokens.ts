import { type BadInput, cases, invalidRequest, invalidToken, presenting } from './bad-input-case.js'
import type { TokenForge } from './token-forge.js'

/** What can be wrong with the form of a token, before its signature is looked at (RFC 7515 §5.2, RFC 7519 §7.2). */
export const badTokens: readonly BadInput[] = [
  ...cases('not three parts', [
    ['one part', presenting(() => 'abc'), invalidToken('token_malformed')],
    ['one dot', presenting(() => '.'), invalidToken('token_malformed')],
    ['two dots', presenting(() => '..'), invalidToken('token_malformed')],
    ['two parts', changed((token) => token.slice(0, token.lastIndexOf('.'))), invalidToken('token_malformed')],
    ['no signature behind the last dot', changed((token) => token.slice(0, token.lastIndexOf('.') + 1)), invalidToken('signature_invalid')],
    ['four parts', changed((token) => `${token}.AAAA`), invalidToken('token_malformed')],
    ['five parts, as an encrypted token has', changed((token) => `${token}.AAAA.AAAA`), invalidToken('token_encrypted')],
    ['six parts', changed((token) => `${token}.AAAA.AAAA.AAAA`), invalidToken('token_malformed')],
    ['8,000 dots', presenting(() => '.'.repeat(8000)), invalidToken('token_malformed')],
  ]),
  ...cases('bad base64url and JSON', [
    ['an empty payload', withPart(1, ''), invalidToken('signature_invalid')],
    ['base64 in place of base64url', withPart(1, 'ab+/'), invalidToken('token_malformed')],
    ['padding at the end', changed((token) => `${token}==`), invalidToken('token_malformed')],
    ['padding within', withPart(1, 'YQ=='), invalidRequest('token_invalid')],
    ['a tilde', withPart(1, 'YW~j'), invalidToken('token_malformed')],
    ['a length that base64 cannot have', withPart(1, 'YWJjZ'), invalidToken('token_malformed')],
    ['bits after the end of the signature', changed(withStrayBits), invalidToken('token_malformed')],
    ['a header that is not JSON', signed({ header: '{"alg":"ES256"' }), invalidToken('header_malformed')],
    ['a header that is a list', signed({ header: '["ES256"]' }), invalidToken('header_malformed')],
    ['a header that is null', signed({ header: 'null' }), invalidToken('header_malformed')],
    ['a header that nests 5,000 deep', signed({ header: '['.repeat(5000) }), invalidToken('header_malformed')],
    ['a header that is not UTF-8', withPart(0, Buffer.of(0x7b, 0xff, 0x7d).toString('base64url')), invalidToken('header_malformed')],
    ['a payload that is not JSON', signed({ payload: 'hello' }), invalidToken('claims_malformed')],
    ['a payload that is cut off', signed({ payload: '{"iss":' }), invalidToken('claims_malformed')],
    ['a payload that is a list', signed({ payload: '[]' }), invalidToken('claims_malformed')],
    ['a payload that is a text', signed({ payload: '"claims"' }), invalidToken('claims_malformed')],
    ['a payload that is null', signed({ payload: 'null' }), invalidToken('claims_malformed')],
    [
      'a payload that nests 1,600 deep',
      signed({ payload: `${'{"a":'.repeat(1600)}1${'}'.repeat(1600)}` }),
      invalidToken('claims_malformed'),
    ],
    ['a payload that is not UTF-8', signed({ payload: Uint8Array.of(0x7b, 0xc3, 0x28, 0x7d) }), invalidToken('claims_malformed')],
    ['a byte order mark', presenting((forge) => forge.signed({ payload: `\uFEFF${text(forge)}` })), invalidToken('claims_malformed')],
    ['a payload that someone else changed', presenting(tamper), invalidToken('signature_invalid')],
  ]),
]

function changed(change: (token: string) => string): BadInput['request'] {
  return presenting(async (forge) => change(await forge.token()))
}

function withPart(index: number, part: string): BadInput['request'] {
  return changed((token) => token.split('.').with(index, part).join('.'))
}

function signed(input: Parameters<TokenForge['signed']>[0]): BadInput['request'] {
  return presenting((forge) => forge.signed(input))
}

/** An ES256 signature has 64 bytes: the last of its 86 characters carries two bits and four that must be zero. */
function withStrayBits(token: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return token.slice(0, -1) + alphabet.charAt(alphabet.indexOf(token.slice(-1)) + 1)
}

function text(forge: TokenForge): string {
  return JSON.stringify(forge.claims())
}

async function tamper(forge: TokenForge): Promise<string> {
  const payload = Buffer.from(JSON.stringify({ ...forge.claims(), sub: 'jane' })).toString('base64url')
  return (await forge.token()).split('.').with(1, payload).join('.')
}
