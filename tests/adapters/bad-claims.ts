import { accepted, type BadInput, cases, invalidToken, presenting } from './bad-input-case.js'
import type { TokenForge } from './token-forge.js'

const year = 31_536_000

/** Claims that are not what the API was promised (RFC 9068 §4, RFC 7519 §4.1). */
export const badClaims: readonly BadInput[] = [
  ...cases('wrong issuer', [
    ['a slash more', claims({ iss: 'https://login.example.com/tenant/' }), invalidToken('issuer_mismatch')],
    ['a path less', claims({ iss: 'https://login.example.com' }), invalidToken('issuer_mismatch')],
    ['another case of the host', claims({ iss: 'https://LOGIN.example.com/tenant' }), invalidToken('issuer_mismatch')],
    ['another case of the path', claims({ iss: 'https://login.example.com/Tenant' }), invalidToken('issuer_mismatch')],
    ['http', claims({ iss: 'http://login.example.com/tenant' }), invalidToken('issuer_mismatch')],
    ['a default port', claims({ iss: 'https://login.example.com:443/tenant' }), invalidToken('issuer_mismatch')],
    ['a name that begins alike', claims({ iss: 'https://login.example.com.attacker.example/tenant' }), invalidToken('issuer_mismatch')],
    ['empty', claims({ iss: '' }), invalidToken('issuer_mismatch')],
    ['a list with the issuer', presenting((forge) => forge.token({ iss: [forge.issuer.issuer] })), invalidToken('claim_invalid')],
    ['none', claims({ iss: undefined }), invalidToken('claim_missing')],
  ]),
  ...cases('audience', [
    ['a list with the API', claims({ aud: ['other-api', 'orders-api'] }), accepted],
    ['a list with the API alone', claims({ aud: ['orders-api'] }), accepted],
    ['a list without the API', claims({ aud: ['other-api', 'third-api'] }), invalidToken('audience_mismatch')],
    ['another API', claims({ aud: 'other-api' }), invalidToken('audience_mismatch')],
    ['another case', claims({ aud: 'Orders-API' }), invalidToken('audience_mismatch')],
    ['a name that begins alike', claims({ aud: 'orders-api-2' }), invalidToken('audience_mismatch')],
    ['several in one text', claims({ aud: 'other-api orders-api' }), invalidToken('audience_mismatch')],
    ['an empty text', claims({ aud: '' }), invalidToken('audience_mismatch')],
    ['an empty list', claims({ aud: [] }), invalidToken('audience_mismatch')],
    ['missing', claims({ aud: undefined }), invalidToken('claim_missing')],
    ['null', claims({ aud: null }), invalidToken('claim_invalid')],
    ['an object', claims({ aud: { 'orders-api': true } }), invalidToken('claim_invalid')],
    ['a list of lists', claims({ aud: [['orders-api']] }), invalidToken('claim_invalid')],
  ]),
  ...cases('exp', [
    ['missing', claims({ exp: undefined }), invalidToken('claim_missing')],
    ['a text', claims({ exp: '4102444800' }), invalidToken('claim_invalid')],
    ['NaN, which is not JSON', claimText((text) => text.replace(/"exp":\d+/, '"exp":NaN')), invalidToken('claims_malformed')],
    ['null, as NaN is written', claims({ exp: Number.NaN }), invalidToken('claim_invalid')],
    ['infinite', claimText((text) => text.replace(/"exp":\d+/, '"exp":1e999')), invalidToken('claim_invalid')],
    ['negative', claims({ exp: -1 }), invalidToken('claim_invalid')],
    ['a list', claims({ exp: [4_102_444_800] }), invalidToken('claim_invalid')],
    ['a second ago', relative((now) => ({ exp: now - 1 })), invalidToken('token_expired')],
    ['a year ago', relative((now) => ({ exp: now - year })), invalidToken('token_expired')],
    ['zero', claims({ exp: 0 }), invalidToken('token_expired')],
    ['a hundred years ahead', relative((now) => ({ exp: now + 100 * year })), accepted],
    ['the last second of the year 9999', claims({ exp: 253_402_300_799 }), accepted],
    ['the first second after it', claims({ exp: 253_402_300_800 }), invalidToken('claim_invalid')],
    ['in milliseconds', relative((now) => ({ exp: (now + 60) * 1000 })), invalidToken('claim_invalid')],
    ['a fraction of a second', relative((now) => ({ exp: now + 60.5 })), accepted],
  ]),
  ...cases('nbf', [
    ['a minute ahead', relative((now) => ({ nbf: now + 60 })), invalidToken('token_not_yet_valid')],
    ['a text', claims({ nbf: '0' }), invalidToken('claim_invalid')],
    ['in milliseconds', relative((now) => ({ nbf: now * 1000 })), invalidToken('claim_invalid')],
    ['past', relative((now) => ({ nbf: now - 60 })), accepted],
  ]),
  ...cases('ID token', [
    ['for its client', presenting((forge) => forge.issuer.idToken()), invalidToken('audience_mismatch')],
    ['with a nonce, and the API among its audiences', idToken({ nonce: 'n-0S6_WzA2Mj' }), invalidToken('token_type_rejected')],
    ['with at_hash, and the API among its audiences', idToken({ at_hash: '77QmUPtjPfzWtF2AnpK9RQ' }), invalidToken('token_type_rejected')],
    ['that calls itself ID, as Keycloak has it', idToken({ typ: 'ID' }), invalidToken('token_type_rejected')],
    ['that calls itself id, as Cognito has it', idToken({ token_use: 'id' }), invalidToken('token_type_rejected')],
    ['a logout token', typed('logout+jwt'), invalidToken('token_type_rejected')],
    ['a DPoP proof', typed('dpop+jwt'), invalidToken('token_type_rejected')],
    ['an introspection response', typed('token-introspection+jwt'), invalidToken('token_type_rejected')],
    ['a security event', typed('application/secevent+jwt'), invalidToken('token_type_rejected')],
    ['a token that is bound to its sender', claims({ cnf: { jkt: 'A'.repeat(43) } }), invalidToken('confirmation_unchecked')],
    ['a token that is bound to something malformed', claims({ cnf: { jkt: 'c2VuZGVy' } }), invalidToken('confirmation_invalid')],
  ]),
  ...cases(
    'ID token',
    [
      ['under the profile of RFC 9068', idToken({}), invalidToken('token_type_rejected')],
      ['typed at+jwt, under the profile of RFC 9068', presenting(idTokenAsAccessToken), invalidToken('claim_missing')],
      ['an access token, under the profile of RFC 9068', claims({}), accepted],
    ],
    { profile: 'rfc9068' },
  ),
  ...cases('duplicate JSON members', [
    ['aud, the last one ours', claimText((text) => `{"aud":"other-api",${text.slice(1)}`), accepted],
    ['aud, the first one ours', claimText((text) => `${text.slice(0, -1)},"aud":"other-api"}`), invalidToken('audience_mismatch')],
    ['exp, the last one past', claimText((text) => `${text.slice(0, -1)},"exp":1}`), invalidToken('token_expired')],
    ['alg, the last one good', headerText((alg) => `"alg":"none",${alg}`), accepted],
    ['alg, the last one none', headerText((alg) => `${alg},"alg":"none"`), invalidToken('algorithm_not_allowed')],
    ['a member named __proto__', claimText((text) => `${text.slice(0, -1)},"__proto__":{"aud":"orders-api"}}`), accepted],
    [
      '__proto__ in place of aud',
      claimText((text) => text.replace('"aud":"orders-api"', '"__proto__":{"aud":"orders-api"}')),
      invalidToken('claim_missing'),
    ],
  ]),
]

function claims(changes: Record<string, unknown>): BadInput['request'] {
  return presenting((forge) => forge.token(changes))
}

function relative(changes: (nowSeconds: number) => Record<string, unknown>): BadInput['request'] {
  return presenting((forge) => forge.token(changes(Math.floor(forge.issuer.clock.now() / 1000))))
}

function typed(typ: string): BadInput['request'] {
  return presenting((forge) => forge.token({}, { typ }))
}

/** Acceptable claims as JSON text, changed in a way that no serialiser would. */
function claimText(change: (text: string) => string): BadInput['request'] {
  return presenting((forge) => forge.signed({ payload: change(JSON.stringify(forge.claims())) }))
}

function headerText(alg: (member: string) => string): BadInput['request'] {
  return presenting(async (forge) => {
    const { kid } = await forge.publicKey('ES256')
    return forge.signed({ header: `{"typ":"at+jwt","kid":${JSON.stringify(kid)},${alg('"alg":"ES256"')}}` })
  })
}

/** An ID token that has all that the API asks of an access token, and the mark by which it can be told. */
function idToken(mark: Record<string, unknown>): BadInput['request'] {
  return presenting((forge) => forge.issuer.idToken({ aud: ['app', 'orders-api'], scope: 'orders_read', account_nr: '42', ...mark }))
}

function idTokenAsAccessToken(forge: TokenForge): Promise<string> {
  return forge.issuer.idToken({ aud: ['app', 'orders-api'], scope: 'orders_read', account_nr: '42' }, { header: { typ: 'at+jwt' } })
}
