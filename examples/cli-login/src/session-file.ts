import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Client, formatTokenSet, type IdTokenClaims, type TokenSet } from '@bailiwick/client'

/** The session of the user between two runs: a file that only they can read. */
export interface SessionFile {
  /** `undefined` if nobody is logged in. */
  load(): Promise<TokenSet<IdTokenClaims> | undefined>
  save(tokens: TokenSet<IdTokenClaims>): Promise<void>
  remove(): Promise<void>
}

export function createSessionFile(path: string, client: Client): SessionFile {
  return {
    async load() {
      const text = await readFile(path, 'utf8').catch(() => undefined)
      return text === undefined ? undefined : client.parseTokenSet(text)
    },
    async save(tokens) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      // In one step: half a file would be a lost session, since the refresh token before was used up.
      await writeFile(`${path}.new`, formatTokenSet(tokens), { mode: 0o600 })
      await rename(`${path}.new`, path)
    },
    remove: () => rm(path, { force: true }),
  }
}
