import { expect, test } from 'vitest'
import { createMockIssuer } from '../../create-mock-issuer.js'
import { warningsSection } from './warnings-section.js'

test('lists what cannot work, escaped', async () => {
  expect((await warningsSection(['<b>'])).toString()).toContain('<li>&lt;b&gt;</li>')
  expect((await warningsSection([])).toString()).toBe('')
})

test('is on the dashboard until it is mended there', async () => {
  const contract = { audience: 'orders-api', scopes: { orders_read: { claims: ['account_nr'] } } }
  const issuer = await createMockIssuer({ contract, users: [{ sub: 'john' }], dashboard: true })
  const show = async () => (await issuer.fetch(`${issuer.issuer}/dashboard`)).text()
  expect(await show()).toContain('No user has the claim &quot;account_nr&quot;')
  issuer.users.update('john', { claims: { account_nr: '42' } })

  expect(await show()).not.toContain('Cannot work as it is set up')
})
