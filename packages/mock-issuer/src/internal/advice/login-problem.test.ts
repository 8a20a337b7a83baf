import { expect, test } from 'vitest'
import { findContractBreach } from '../contract-check.js'
import { describeLoginProblem } from './login-problem.js'

const contract = {
  audience: 'orders-api',
  scopes: {
    orders_read: { claims: ['account_nr'] },
    orders_write: { claims: ['account_nr', 'region'] },
    'payment:*': { claims: ['debtor'] },
  },
}

async function problem(scope: string, claims: Readonly<Record<string, unknown>> = {}, isConfigured = true) {
  const breach = await findContractBreach(contract, { scope, ...claims })
  return breach && describeLoginProblem(breach, { sub: 'mary', isConfigured })
}

test('says which claim a user lacks, which scope requires it, and what to do', async () => {
  expect(await problem('orders_read')).toEqual({
    reason: 'mary lacks the claim account_nr, which orders_read requires.',
    untick: 'Untick orders_read, or give mary the claim account_nr.',
    give: 'Give mary the claim account_nr.',
  })
})

test('names all claims and scopes at once, and no scope that is content', async () => {
  expect(await problem('orders_read orders_write payment:1', { region: 'eu' })).toEqual({
    reason: 'mary lacks the claims account_nr and debtor, which orders_read, orders_write and payment:1 require.',
    untick: 'Untick orders_read, orders_write and payment:1, or give mary the claims account_nr and debtor.',
    give: 'Give mary the claims account_nr and debtor.',
  })
  expect((await problem('orders_read orders_write', { account_nr: '42' }))?.untick).toBe(
    'Untick orders_write, or give mary the claim region.',
  )
})

test('says of a user who is not configured that they can be', async () => {
  expect(await problem('orders_read', {}, false)).toEqual({
    reason: 'mary is none of the configured users, so lacks the claim account_nr, which orders_read requires.',
    untick: 'Untick orders_read, or add mary to the users with the claim account_nr.',
    give: 'Add mary to the users with the claim account_nr.',
  })
})

test('leaves it to the schema to say what else is wrong', async () => {
  const claims = { '~standard': { validate: () => ({ issues: [{ message: 'must be digits', path: ['account_nr'] }] }) } }
  const breach = await findContractBreach({ audience: 'orders-api', scopes: {}, claims }, { account_nr: 'x' })

  expect(breach && describeLoginProblem(breach, { sub: 'mary', isConfigured: true })).toEqual({
    reason: 'mary cannot log in here. The claims do not satisfy the schema of the contract for "orders-api": "account_nr": must be digits.',
    untick: 'Correct the claims of mary.',
    give: 'Correct the claims of mary.',
  })
})
