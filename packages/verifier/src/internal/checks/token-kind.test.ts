import { describe, expect, it } from 'vitest'
import { verdict } from '../../../test/verdict.js'
import { checkTokenKind } from './token-kind.js'

const logout = { 'http://schemas.openid.net/event/backchannel-logout': {} }

describe('checkTokenKind', () => {
  it.each([
    ['nothing that tells', {}, 'accepted'],
    ['the nonce of an ID token', { nonce: 'n-0S6_WzA2Mj' }, 'token_type_rejected'],
    ['a nonce of null', { nonce: null }, 'token_type_rejected'],
    ['an at_hash', { at_hash: 'MTIzNDU2Nzg5MDEyMzQ1Ng' }, 'token_type_rejected'],
    ['a c_hash', { c_hash: 'LDktKdoQak3Pk0cnXxCltA' }, 'token_type_rejected'],
    ['an s_hash', { s_hash: 'LDktKdoQak3Pk0cnXxCltA' }, 'token_type_rejected'],
    ['the events of a logout token', { events: logout }, 'token_type_rejected'],
    ['a purpose of id', { purpose: 'id' }, 'token_type_rejected'],
    ['a purpose of access_token', { purpose: 'access_token' }, 'accepted'],
    ['a purpose of its own', { purpose: 'billing' }, 'accepted'],
    ['a token_use of id', { token_use: 'id' }, 'token_type_rejected'],
    ['a token_use of refresh', { token_use: 'refresh' }, 'token_type_rejected'],
    ['a token_use of access', { token_use: 'access' }, 'accepted'],
    ['a typ claim of ID', { typ: 'ID' }, 'token_type_rejected'],
    ['a typ claim of Refresh', { typ: 'Refresh' }, 'token_type_rejected'],
    ['a typ claim of Offline', { typ: 'Offline' }, 'token_type_rejected'],
    ['a typ claim of Logout', { typ: 'Logout' }, 'token_type_rejected'],
    ['a typ claim of Bearer', { typ: 'Bearer' }, 'accepted'],
    ['a typ claim of its own', { typ: 'orders' }, 'accepted'],
    ['a typ claim of its own and a nonce', { typ: 'orders', nonce: 'n-0S6_WzA2Mj' }, 'token_type_rejected'],
    ['a token_use of null and a nonce', { token_use: null, nonce: 'n-0S6_WzA2Mj' }, 'token_type_rejected'],
  ])('with %s', (_, claims, expected) => {
    expect(verdict(() => checkTokenKind({ typ: 'JWT' }, claims))).toBe(expected)
  })

  it.each(['events', 'purpose', 'token_use', 'typ', 'nonce'])('looks for %s in no prototype', (name) => {
    expect(verdict(() => checkTokenKind({ typ: 'JWT' }, Object.create({ [name]: name === 'typ' ? 'ID' : 'id' })))).toBe('accepted')
  })

  it('is not told that it is an access token by what the claims inherit', () => {
    const inherited = Object.assign(Object.create({ typ: 'Bearer' }), { nonce: 'n-0S6_WzA2Mj' })
    expect(verdict(() => checkTokenKind({ typ: 'JWT' }, inherited))).toBe('token_type_rejected')
  })

  it.each([
    ['typ: at+jwt', { typ: 'at+jwt' }, { nonce: 'n-0S6_WzA2Mj' }, 'accepted'],
    ['a typ claim of Bearer', {}, { typ: 'Bearer', nonce: 'n-0S6_WzA2Mj' }, 'accepted'],
    ['a token_use of access', {}, { token_use: 'access', at_hash: 'MTIzNDU2Nzg5MDEyMzQ1Ng' }, 'accepted'],
    ['typ: at+jwt, and events', { typ: 'at+jwt' }, { events: logout }, 'token_type_rejected'],
    ['typ: at+jwt, and a typ claim of ID', { typ: 'at+jwt' }, { typ: 'ID' }, 'token_type_rejected'],
    ['a typ claim of Bearer, and a token_use of id', {}, { typ: 'Bearer', token_use: 'id' }, 'token_type_rejected'],
  ])('of a token that says that it is an access token, by %s', (_, header, claims, expected) => {
    expect(verdict(() => checkTokenKind(header, claims))).toBe(expected)
  })
})
