import { expect, test } from 'vitest'
import { createLoginStage, redirectUri } from '../../../test/login-attempt.js'
import { explainNoTransaction, findForeignTransaction } from './transaction-fault.js'
import type { LoginTransaction } from './transaction.js'

const transaction: LoginTransaction = {
  issuer: 'https://login.example.com',
  clientId: 'shop',
  redirectUri,
  state: 's'.repeat(43),
  codeVerifier: 'v'.repeat(43),
  scope: 'openid',
  returnTo: '/',
  expiresAt: 1_800_000_000,
}
const text = JSON.stringify(transaction)

test.each([
  ['', 'an empty text: give undefined'],
  [encodeURIComponent(text), 'no JSON: still URL-encoded?'],
  [text.slice(0, 90), 'no JSON: cut, or still sealed?'],
  [text.slice(1), 'no JSON: cut, or still sealed?'],
  ['eyJhbGciOiJkaXIifQ..abc.def.ghi', 'no JSON: cut, or still sealed?'],
  ['{}', 'not as startLogin made it'],
  [JSON.stringify({ ...transaction, codeVerifier: 'short' }), 'not as startLogin made it'],
])('says of %s why it is none, and repeats nothing of it', (kept, reason) => {
  const message = explainNoTransaction(kept)
  expect(message).toContain(`The transaction is ${reason}`)
  expect(message).not.toContain('vvv')
  expect(message).not.toContain('sss')
})

test.each([
  [{}, undefined],
  [{ issuer: 'https://other.example.com' }, 'issuer "https://other.example.com", the client has "https://login.example.com".'],
  [{ clientId: 'oth\ner' }, 'clientId "oth?er", the client has "shop".'],
  [{ redirectUri: 'https://b.example.com/callback' }, `redirectUri "https://b.example.com/callback", the client has "${redirectUri}".`],
])('says whose it is: %j', (changes, whose) => {
  const settings = { issuer: 'https://login.example.com', clientId: 'shop', redirectUri }
  expect(findForeignTransaction(settings, { ...transaction, ...changes })).toBe(whose && `The transaction is of the ${whose}`)
})

test('a login tells it in the cause of its outcome', async () => {
  const { client, logIn } = await createLoginStage()
  const { started, callback } = await logIn()
  const outcome = await client.completeLogin({ callback, transaction: encodeURIComponent(started.transaction) })
  if (outcome.kind !== 'rejected') throw new Error(outcome.kind)
  expect(outcome.cause.message).toContain('still URL-encoded?')
})
