import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { hosts } from './hosts.js'

interface Answers {
  readonly garbage: readonly number[]
  readonly forgery: readonly number[]
  readonly entered: readonly string[]
  readonly first: readonly number[]
  readonly again: readonly number[]
  readonly shut: number
}

const everywhere = (status: number): number[] => Array.from({ length: 6 }, () => status)

describe('in an application that has replaced the global Promise', () => {
  let answers: Readonly<Record<string, Answers>> = {}
  let isInstance: boolean | undefined

  beforeAll(async () => {
    const script = fileURLToPath(new URL('replaced-promise-api.ts', import.meta.url))
    // From the sources, so that it needs no build; in a process of its own, since it is for good.
    const run = await promisify(execFile)(process.execPath, ['--conditions=@bailiwick/source', '--import', 'tsx', script])
    ;({ answers, isInstance } = JSON.parse(run.stdout) as { answers: Record<string, Answers>; isInstance: boolean })
  }, 60_000)

  test('what an async function gives is no instance of it', () => {
    expect(isInstance).toBe(false)
  })

  test.each(hosts.map(({ name }) => name))('%s lets nobody in with a token that is none, or is not signed, and a good one pass', (name) => {
    expect(answers[name]).toEqual({
      garbage: everywhere(401),
      forgery: everywhere(401),
      entered: [],
      first: everywhere(200),
      again: everywhere(200),
      shut: 403,
    })
  })
})
