import { createHmac } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createServerNonces } from './server-nonces.js'

const secret = new Uint8Array(32).fill(7)
const start = 1_800_000_000

afterEach(() => void vi.restoreAllMocks())

function create(options: { secrets?: readonly Uint8Array[]; lifetimeSeconds?: number } = {}) {
  const clock = { seconds: start }
  const nonces = createServerNonces({
    secrets: [secret],
    lifetimeSeconds: 300,
    clockToleranceSeconds: 5,
    now: () => clock.seconds * 1000,
    ...options,
  })
  return { clock, ...nonces }
}

/** A nonce by its definition, with any part of it replaced. */
function forge({
  key = secret,
  purpose = 'DPoP nonce\0',
  second = start,
}: { key?: Uint8Array; purpose?: string; second?: number } = {}): string {
  const time = Buffer.alloc(8)
  time.writeDoubleBE(second)
  const mac = createHmac('sha256', key).update(purpose).update(time).digest()
  return Buffer.concat([time, mac]).toString('base64url')
}

describe('a nonce', () => {
  it('has 54 characters, all of them allowed in one', async () => {
    expect(await create().current()).toMatch(/^[\w-]{54}$/)
    expect(await create().current()).toBe(forge())
  })

  it('is accepted by every instance with the same secret', async () => {
    expect(await create().isCurrent(await create().current())).toBe(true)
  })

  it('is the same for a second, and another one in the next', async () => {
    const { clock, current } = create()
    const first = await current()
    clock.seconds += 0.999
    expect(await current()).toBe(first)
    clock.seconds += 0.001
    expect(await current()).not.toBe(first)
  })

  it('is made once in a second for all who come one after the other', async () => {
    const sign = vi.spyOn(crypto.subtle, 'sign')
    const { current } = create()
    expect([await current(), await current(), await current()]).toEqual([forge(), forge(), forge()])
    expect(sign).toHaveBeenCalledTimes(1)
  })

  it('is made for whoever asks while another request makes it, which a platform may end before it has', async () => {
    vi.spyOn(crypto.subtle, 'sign').mockReturnValueOnce(new Promise(() => {}))
    const { current } = create()
    void current()
    expect(await current()).toBe(forge())
  })

  it('is accepted for its lifetime, more than once, and not longer', async () => {
    const { clock, current, isCurrent } = create()
    const nonce = await current()
    clock.seconds = start + 299.999
    expect(await isCurrent(nonce)).toBe(true)
    expect(await isCurrent(nonce)).toBe(true)
    clock.seconds = start + 300
    expect(await isCurrent(nonce)).toBe(false)
  })

  it('of an instance whose clock is ahead is accepted up to the tolerance, and no further', async () => {
    const { isCurrent } = create()
    expect(await isCurrent(forge({ second: start + 5 }))).toBe(true)
    expect(await isCurrent(forge({ second: start + 6 }))).toBe(false)
  })

  it.each([
    ['made with another secret', forge({ key: new Uint8Array(32).fill(8) })],
    ['made for another purpose', forge({ purpose: 'session\0' })],
    ['made for no purpose', forge({ purpose: '' })],
    ['with no number for its time', forge({ second: Number.NaN })],
    ['of the end of time', forge({ second: Infinity })],
    ['with another time', Buffer.concat([Buffer.alloc(8, 0x41), Buffer.from(forge(), 'base64url').subarray(8)]).toString('base64url')],
    ['with a shorter MAC', forge().slice(0, 32)],
    ['with something after it', `${forge()}AA`],
    ['with another character at its end', forge().slice(0, -1) + (forge().endsWith('A') ? 'E' : 'A')],
    ['in another spelling', `${forge().slice(0, -1)}${String.fromCharCode(forge().charCodeAt(53) + 1)}`],
    ['with padding', `${forge()}==`],
    ['that is empty', ''],
    ['that is not ours', 'eyJ7S_zG.eyJH0-Z.HX4w-7v'],
    ['of 54 other characters', '.'.repeat(54)],
    ['that is huge', 'A'.repeat(1_000_000)],
  ])('%s is not accepted', async (_, nonce) => {
    expect(await create().isCurrent(nonce)).toBe(false)
  })

  it('does not change with the array that the secret came in', async () => {
    const bytes = new Uint8Array(secret)
    const { current } = create({ secrets: [bytes] })
    bytes.fill(0)
    expect(await current()).toBe(forge())
  })

  it('is made with the first of several secrets, and accepted of any of them', async () => {
    const next = new Uint8Array(32).fill(8)
    const { current, isCurrent } = create({ secrets: [next, secret] })
    expect(await current()).toBe(forge({ key: next }))
    for (let times = 0; times < 2; times += 1) {
      expect(await isCurrent(forge({ key: next }))).toBe(true)
      expect(await isCurrent(forge())).toBe(true)
      expect(await isCurrent(forge({ key: new Uint8Array(32).fill(9) }))).toBe(false)
    }
  })

  it('is accepted everywhere while instances are given another secret one by one, and not of the old one after that', async () => {
    const next = new Uint8Array(32).fill(8)
    const steps = [[secret], [secret, next], [next, secret], [next]].map((secrets) => create({ secrets }))
    for (const [at, one] of steps.entries()) {
      const nonce = await one.current()
      const taken = await Promise.all(steps.map((other) => other.isCurrent(nonce)))
      expect(taken.slice(Math.max(0, at - 1), at + 2)).toEqual(Array(at === 0 || at === 3 ? 2 : 3).fill(true))
    }
    expect(await steps[3]?.isCurrent(forge())).toBe(false)
  })

  it('is not accepted by a clock that gives no number', async () => {
    const { clock, isCurrent } = create()
    clock.seconds = Number.NaN
    expect(await isCurrent(forge())).toBe(false)
  })
})
