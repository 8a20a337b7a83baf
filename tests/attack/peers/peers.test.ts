import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { attackPeers, type PeerFindings } from './attack-peers.js'
import { peers } from './peers.js'
import { formatPeers } from './peers-table.js'

const recorded = JSON.parse(readFileSync(new URL('../results/peers.json', import.meta.url), 'utf8')) as readonly PeerFindings[]
let found: readonly PeerFindings[]

beforeAll(async () => {
  // Express and Koa write down what they refuse, which is nearly everything.
  vi.spyOn(console, 'error').mockImplementation(() => {})
  found = await attackPeers()
}, 120_000)
afterAll(() => void vi.restoreAllMocks())

describe.each(peers.map(({ name }) => name))('%s', (name) => {
  test('is what the record says that it is, in these versions and with these options', () => {
    const { versions, options } = found.find((peer) => peer.name === name) ?? {}
    const record = recorded.find((peer) => peer.name === name)
    expect({ versions, options }).toEqual({ versions: record?.versions, options: record?.options })
  })

  test('lets in what the record says, and nothing else', () => {
    const letIn = (all: readonly PeerFindings[]) => all.find((peer) => peer.name === name)?.findings.let_in
    expect(letIn(found)).toEqual(letIn(recorded))
  })

  test('ends in the faults of the record, goes nowhere where a token points, and is there afterwards', () => {
    const rest = (all: readonly PeerFindings[]) => {
      const peer = all.find((each) => each.name === name)
      return [peer?.findings.fault, peer?.findings.lured, peer?.isThereAfterwards]
    }
    expect(rest(found)).toEqual(rest(recorded))
    expect(rest(found).slice(1)).toEqual([[], true])
  })
})

test('Bailiwick lets nothing in, and answers all as the RFCs have it', () => {
  const [own] = found
  expect(own).toMatchObject({ name: 'Bailiwick on Express', findings: { let_in: [], lured: [], fault: [] }, refusedOtherwise: 0 })
})

describe('the documentation of the mock issuer', () => {
  const read = (path: string) => readFileSync(new URL(`../../../packages/mock-issuer/${path}`, import.meta.url), 'utf8')

  test('has a page that shows what was recorded', () => {
    expect(read('docs/other-libraries.md')).toBe(formatPeers(recorded))
  })

  test('begins with the sums of it', () => {
    const [sums = ''] = /^\|.*?(?=\n\n)/ms.exec(formatPeers(recorded)) ?? []
    expect(sums).toContain('| let in: serious')
    expect(read('README.md')).toContain(`\n${sums}\n`)
  })
})
